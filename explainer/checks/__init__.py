"""Checks: what a film says and shows, held against its rules, its layout and its physics; `run` has all."""

__all__ = ["captions", "evaluation", "finding", "glyphs", "motion", "physics", "run"]
