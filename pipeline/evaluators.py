"""An independent evaluation of what each scene reports, by segment. A new segment adds a function and a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Evaluator = Callable[[Mapping[str, Any]], tuple[str, ...]]
Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Marker:
    """A disc that must be found in the picture at its reported place, from one moment to another.

    `radius_share` is its radius over the frame's height; `colour` gives its sRGB colour (0..1) from reported values.
    """

    segment_id: str
    place: str
    since: str
    until: str
    radius_share: float
    colour: Callable[[Mapping[str, Any]], Rgb]


EVALUATORS: dict[str, Evaluator] = {}
MARKERS: tuple[Marker, ...] = ()
