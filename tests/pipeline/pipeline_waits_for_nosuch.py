"""A renderer whose scenes wait for a cue that no script has."""

from collections.abc import Callable
from typing import Any

from pipeline_stand_in import Shot, still, stills

__all__ = ["Shot", "render", "still", "stills"]


def render(shot: Shot, write: Callable[[Any, int, Any], None]) -> None:
    """Wait in vain."""
    shot.show.at("dome.nosuch")
