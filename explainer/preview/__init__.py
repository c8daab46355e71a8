"""Preview: a page on this machine that shows a film while it is edited, and redraws what has changed."""

__all__ = ["server"]
