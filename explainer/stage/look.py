"""Looks that a film may have: shapes, themes and purposes. Plain data, so that naming one loads nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any

from explainer.errors import ExplainerError, quoted

_COLOUR = re.compile(r"#[0-9a-f]{6}")

ASPECTS = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1)}


@dataclass(frozen=True)
class Purpose:
    """What a picture is composed for.

    Args:
        captioned: whether its lower edge is kept free for captions.
        type_scale: how large small type is set beside that of the film; see `typography.set_size`.
    """

    captioned: bool
    type_scale: float


# A picture on a slide is often a third of the slide, and read from the back of a room.
PURPOSES = {"film": Purpose(True, 1.0), "slide": Purpose(False, 1.3)}


@dataclass(frozen=True)
class Theme:
    """Colours of one look; `path` holds (lightness, chroma, hue in degrees) in OKLCH from cold to hot."""

    background: str
    ink: str
    muted: str
    faint: str
    path: tuple[tuple[float, float, float], ...]

    def __post_init__(self) -> None:
        for name in ("background", "ink", "muted", "faint"):
            value = getattr(self, name)
            if not isinstance(value, str) or not _COLOUR.fullmatch(value):
                raise ExplainerError(f"{name} = {quoted(value)} is no colour", "theme", 'write it as "#0a0f1e"')
        if len(self.path) < 2 or not all(len(stop) == 3 and all(map(math.isfinite, stop)) for stop in self.path):
            problem = "a path through colours needs two stops or more of lightness, chroma and hue"
            raise ExplainerError(problem, "theme", "write path = [[0.6, 0.16, 262], [0.93, 0.14, 100]]")
        if not all(colder[0] < hotter[0] for colder, hotter in pairwise(self.path)):
            raise ExplainerError("hotter is not always brighter on the path", "theme", "let its lightness rise")


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


def theme_of(name: str, themes: Mapping[str, Mapping[str, Any]]) -> Theme:
    """A theme by name: the engine's, with the colours that a film puts in place of them.

    Args:
        name: of a theme of the engine's or of the film's.
        themes: colours by name, by theme.

    Raises:
        ExplainerError: there is no such theme, or a colour in it is none.
    """
    known = tuple(dict.fromkeys((*THEMES, *themes)))
    if name not in known:
        raise ExplainerError(f"no theme {name!r}", "--theme", f"use one of {', '.join(known)}")
    own, place = themes.get(name, {}), f"theme {name}"
    if not isinstance(own, Mapping):
        raise ExplainerError("not a table of colours", place, f"write them under [film.themes.{name}]")
    for key in own.keys() - {each.name for each in fields(Theme)}:
        raise ExplainerError(f"unknown colour {quoted(key)}", place, "use background, ink, muted, faint, path")
    colours = {**asdict(THEMES.get(name, THEMES["dark"])), **own}
    try:
        return Theme(**{**colours, "path": _stops(colours["path"])})
    except ExplainerError as error:
        raise ExplainerError(error.problem, place, error.remedy) from None


def matte_of(name: str, themes: Mapping[str, Mapping[str, Any]]) -> str:
    """A ground's colour: as it is written, `#f4f1ea`, or that of a theme.

    Args:
        name: the colour, or a theme of the engine's or of the film's.
        themes: colours by name, by theme.

    Raises:
        ExplainerError: it is neither.
    """
    if _COLOUR.fullmatch(name.lower()):
        return name.lower()
    try:
        return theme_of(name, themes).background
    except ExplainerError as error:
        raise ExplainerError(f"no colour {quoted(name)}", "--matte", f"write #f4f1ea, or {error.remedy}") from None


def _stops(path: Any) -> tuple[Any, ...]:
    """A path as numbers; none of it, which no theme takes, where it is something else."""
    try:
        return tuple(tuple(float(number) for number in stop) for stop in path)
    except (TypeError, ValueError):
        return ()
