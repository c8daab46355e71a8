"""HTML: pages from templates, and what keeps a page of one file safe."""

__all__ = ["pages", "safety"]
