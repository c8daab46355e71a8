"""Page: a web page with the finished films, their transcript, and what the film brings to drive."""

__all__ = ["build", "colours", "figures", "shown"]
