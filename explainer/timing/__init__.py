"""Timing: when each word is said and each caption is shown, in whole frames, and the rules that captions are held to."""

__all__ = ["captions", "formats", "lint", "planning", "status", "timeline"]
