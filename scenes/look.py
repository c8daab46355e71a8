"""The looks a version of the film may have: shapes and themes. Plain data, so that naming one loads nothing."""

from dataclasses import dataclass

ASPECTS = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1)}


@dataclass(frozen=True)
class Theme:
    """Colours of one look; `path` holds (lightness, chroma, hue in degrees) in OKLCH from cold to hot."""

    background: str
    ink: str
    muted: str
    faint: str
    path: tuple[tuple[float, float, float], ...]


THEMES = {
    "dark": Theme(
        background="#0a0f1e",
        ink="#eef2fb",
        muted="#a3aec6",
        faint="#54638a",
        path=((0.60, 0.165, 262), (0.66, 0.18, 300), (0.73, 0.18, 350), (0.81, 0.155, 55), (0.93, 0.14, 100)),
    ),
    "light": Theme(
        background="#ffffff",
        ink="#10162a",
        muted="#4b566e",
        faint="#8791a8",
        path=((0.34, 0.16, 262), (0.40, 0.18, 300), (0.46, 0.17, 350), (0.51, 0.135, 50), (0.56, 0.115, 85)),
    ),
}
