"""A text as the layout check sees it; apart from the frames, so that checking loads no Manim."""

from dataclasses import dataclass


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
