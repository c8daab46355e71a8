"""What a renderer is asked to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenes.show import Show


@dataclass(frozen=True)
class Shot:
    """Frames of one segment to draw: of the segment as `show` has it, `start_frame` to `stop_frame` (exclusive)."""

    scene: str
    """Module and class, `scenes.dome:Dome`."""
    show: Show
    width: int
    height: int
    start_frame: int
    stop_frame: int
    transparent: bool = False
    whole: bool = False
    """Each frame is drawn anew by Manim's camera alone; the pictures are the same."""

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.stop_frame - self.start_frame
