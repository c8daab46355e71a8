"""The pictures of this repository's films: a package a film, a module a segment; what films share is here."""
