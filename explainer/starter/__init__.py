"""Starter: a small film to begin one's own with, two segments on a thrown ball, and what writes it into a folder."""

__all__ = ["create"]
