"""Timing: when each word is said and each caption is shown, in whole frames, and the rules for captions."""

__all__ = ["captions", "dubbing", "formats", "lint", "moments", "planning", "spans", "status", "timeline"]
