"""Checks: what a film says and shows, held against its rules, its layout and its physics; all are in `run`."""

__all__ = ["evaluation", "finding", "motion", "physics", "run"]
