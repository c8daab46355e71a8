"""Clips: moving pictures and stills of a film's segments, in many formats and within a byte budget."""

__all__ = ["budget", "clip", "formats", "frame_range", "gif", "moving", "still_job", "stills", "tasks"]
