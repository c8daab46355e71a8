"""Shot: what a renderer is asked to draw; TextBox: a text in what it drew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explainer.errors import ExplainerError

if TYPE_CHECKING:
    from explainer.stage.show import Show


BoxPx = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shot:
    """Frames of one segment to draw: of the segment as `show` has it, `start_frame` to `stop_frame` (exclusive)."""

    scene: str
    """Module and class, `scenes.swing:Swing`."""
    show: Show
    width: int
    height: int
    start_frame: int
    stop_frame: int
    transparent: bool = False
    whole: bool = False
    """Each frame is drawn anew by Manim's camera alone; the pictures are the same."""

    def __post_init__(self) -> None:
        if not 0 <= self.start_frame < self.stop_frame <= self.show.frame_count or min(self.width, self.height) <= 0:
            frames = f"frames {self.start_frame} to {self.stop_frame} of {self.show.frame_count}"
            problem = f"nothing to draw: {frames} at {self.width}x{self.height}"
            raise ExplainerError(problem, self.scene, "ask for frames that the segment has, and a size")

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.stop_frame - self.start_frame


@dataclass(frozen=True)
class TextBox:
    """A text on screen: its box in pixels from the top left, its colour and the ground behind it (sRGB, 0..1)."""

    id: str
    left: float
    top: float
    right: float
    bottom: float
    ink: tuple[float, float, float]
    ground: tuple[float, float, float]
