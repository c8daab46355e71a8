"""The words of this repository's films: a script each, the facts that it names, its translations."""
