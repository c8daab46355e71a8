"""Deterministic property tests: the same examples on every run and machine."""

from hypothesis import settings

settings.register_profile("physics", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("physics")
