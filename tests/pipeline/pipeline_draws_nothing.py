"""A renderer whose scenes are empty."""

from collections.abc import Callable
from typing import Any

from pipeline_stand_in import Shot, still, stills

__all__ = ["Shot", "render", "still", "stills"]


def render(shot: Shot, write: Callable[[Any, int, Any], None]) -> None:
    """Draw no frame."""
