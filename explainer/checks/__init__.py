"""Checks: what a film says and shows, held against its rules, its layout and its physics; `explainer.checks.run` has all."""

__all__ = ["evaluation", "finding", "physics", "run"]
