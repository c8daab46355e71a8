"""Panels: what a reader of the page can drive, a package a film."""
