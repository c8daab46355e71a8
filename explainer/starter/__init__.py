"""Starter: a small film to begin one's own with, and what writes it into a folder."""

__all__ = ["create"]
