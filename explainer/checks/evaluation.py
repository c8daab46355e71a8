"""Evaluation: what a film brings for its scenes to be checked against, written by a second hand.

A film's evaluators module has ``EVALUATORS``, a function by segment id; ``MARKERS``, discs that must be found in the
picture; and, if it likes, ``COURSES``, again a function by segment id. An evaluator states in its own arithmetic what
the numbers that a scene reports should be, frame by frame; a course is given those of all frames of the segment, in
order, and states what holds of them together: that counts never leap, that flips are as frequent as they should be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from explainer.stage.look import Theme
from explainer.tasks.loading import imported

__all__ = ["Course", "Evaluation", "Evaluator", "Marker", "Rgb", "Values", "differences", "evaluation_of"]

Values = Mapping[str, Any]
Evaluator = Callable[[Values], Iterable[str]]
Course = Callable[[Sequence[Values]], Iterable[str]]
Rgb = Sequence[float]

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Marker:
    """A disc that must be found in the picture at its reported place, from one moment to another.

    `radius` is in scene units; `colour` gives its sRGB colour (0..1) from reported values
    in a theme.
    """

    segment_id: str
    place: str
    since: str
    until: str
    radius: float
    colour: Callable[[Values, Theme], Rgb]


@dataclass(frozen=True)
class Evaluation:
    """A film's evaluators by segment id, its markers, and what it states of whole courses, by segment id."""

    evaluators: Mapping[str, Evaluator] = field(default_factory=dict)
    markers: Sequence[Marker] = ()
    courses: Mapping[str, Course] = field(default_factory=dict)


def evaluation_of(module: str) -> Evaluation:
    """What an evaluators module brings; nothing if there is none.

    Raises:
        ExplainerError: it cannot be imported.
    """
    if not module:
        return Evaluation()
    loaded = imported(module)
    return Evaluation(getattr(loaded, "EVALUATORS", {}), getattr(loaded, "MARKERS", ()), getattr(loaded, "COURSES", {}))


def differences(values: Values, expected: Mapping[str, float], tolerance: float = TOLERANCE) -> Iterator[str]:
    """What a scene shows otherwise than expected, within a relative tolerance; infinity must be infinity."""
    for name, wanted in expected.items():
        shown = values[name]
        same = shown == wanted if math.isinf(wanted) else math.isclose(shown, wanted, rel_tol=tolerance, abs_tol=1e-9)
        if not same:
            yield f"shows {name} = {shown:.9g}, the physics gives {wanted:.9g}"
