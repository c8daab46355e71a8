"""A renderer whose scenes wait for a cue that no script has."""

from collections.abc import Callable
from typing import Any

from explainer.media.shot import Shot
from stand_ins.bar import holds, still, stills

__all__ = ["holds", "render", "still", "stills"]


def render(shot: Shot, write: Callable[[Any, int, Any], None]) -> None:
    """Wait in vain."""
    shot.show.at("dome.nosuch")
