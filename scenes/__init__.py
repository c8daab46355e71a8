"""The pictures of this repository's films, one module a segment."""
