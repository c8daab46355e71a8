"""How the finished film moves and fills its frame: how long it rests, how much is drawn, how alike its seams are.

The figures are signs, not the aim; a film says in `[film.motion]` of its script what it wants to be held to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explainer.checks.finding import Finding
from explainer.film.manifest import read_film
from explainer.film.request import Request
from explainer.media.probe import pictures
from explainer.stage.look import Theme
from explainer.tasks.atomic import sibling
from explainer.timing.moments import moments
from explainer.timing.timeline import SegmentTime, Timeline
from explainer.words.script import MotionLimits

KIND = "motion"
HEADS = ("film", "figure", "measured", "limit", "where")
RATE = 30
AREA_PX = 480 * 270
MOVED, INKED = 12, 24  # of 255, in any of red, green and blue
MOVING_SHARE = 0.0005
REST_S, ENDING_S = 0.5, 2.5
BEFORE, AFTER = 2, 1  # frames before and after a cut: beside it, coding blends the two

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Measured:
    """What was seen in a film's frames, 30 a second, one entry a frame.

    Args:
        moves: whether it differs from the frame before; the first does.
        box: share of the frame inside the box round all ink.
        ink: share of its pixels that are not background.
        likeness: of the pictures on both sides of each cut, by the cut's frame.
    """

    moves: Mask
    box: NDArray[np.float64]
    ink: NDArray[np.float64]
    likeness: Mapping[int, float]


@dataclass(frozen=True)
class Figure:
    """A figure of a film, and what the film is held to, if to anything."""

    film: str
    name: str
    value: float
    where: str
    limit: float | None
    at_most: bool = False
    unit: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is within its limit."""
        return self.limit is None or (self.value <= self.limit if self.at_most else self.value >= self.limit)

    def text(self, value: float) -> str:
        """A value as it is told."""
        return f"{value:.3g}{self.unit}"


def check_motion(request: Request, out: Path) -> tuple[tuple[Figure, ...], tuple[Finding, ...]]:
    """The figures of the film of a request in the output folder, and those that break the film's limits."""
    film = sibling(out / request.language_tag / request.stem, ".mp4")
    if not film.is_file():
        return (), (Finding(KIND, film.name, "is not there; make it: video"),)
    finished = read_film(film)
    timeline = finished.planned.resampled(RATE)
    frames = pictures(film, size_px(finished.width, finished.height), RATE)
    seen = measured(frames, background(request.theme), [segment.start_frame for segment in timeline.segments[1:]])
    if abs(len(seen.moves) - timeline.frames) > 1:
        what = f"{len(seen.moves) / RATE:.1f} s of picture, planned {timeline.duration_s:.1f} s; make it again: video"
        return (), (Finding(KIND, film.name, what),)
    found = figures(seen, timeline, request.film.script.settings.motion, film.name)
    return found, tuple(Finding(KIND, film.name, _fault(each)) for each in found if not each.holds)


def table(found: Iterable[Figure]) -> list[tuple[str, ...]]:
    """The figures as text, in the order of `HEADS`."""
    return [(each.film, each.name, each.text(each.value), _limit(each), each.where) for each in found]


def _limit(each: Figure) -> str:
    return "" if each.limit is None else f"at {'most' if each.at_most else 'least'} {each.text(each.limit)}"


def _fault(each: Figure) -> str:
    return f"{each.name}: {each.text(each.value)}, {_limit(each)}: {each.where}"


def size_px(width: int, height: int) -> tuple[int, int]:
    """Width and height at which a picture of a shape is measured: 480x270, or as many pixels in another shape."""
    scale = sqrt(AREA_PX / (width * height))
    return round(width * scale), round(height * scale)


def background(theme: Theme) -> Picture:
    """A theme's background, as red, green and blue of 255."""
    return np.frombuffer(bytes.fromhex(theme.background.removeprefix("#")), np.uint8)


def measured(frames: Iterable[Picture], ground: Picture, cuts: Collection[int]) -> Measured:
    """Look at a film's frames once, in order, keeping no more than a cut needs.

    Args:
        frames: pictures of shape (height, width, 3).
        ground: the background's red, green and blue.
        cuts: frames with which a segment begins.
    """
    moves, box, ink = [], [], []
    likeness: dict[int, float] = {}
    recent: deque[Picture] = deque(maxlen=BEFORE + AFTER)
    empty: Picture | None = None
    for number, frame in enumerate(frames):
        if empty is None:
            empty = np.broadcast_to(ground, frame.shape).copy()  # broadcast anew it would take thrice as long
        drawn = differs(frame, empty, INKED)
        moves.append(not recent or float(differs(frame, recent[-1], MOVED).mean()) > MOVING_SHARE)
        box.append(_box_share(drawn))
        ink.append(float(drawn.mean()))
        if number - AFTER in cuts and len(recent) == recent.maxlen:
            likeness[number - AFTER] = _likeness(recent[0], frame, differs(recent[0], empty, INKED) | drawn)
        recent.append(frame)
    return Measured(np.array(moves, bool), np.array(box), np.array(ink), likeness)


def differs(first: Picture, second: Picture, over: int) -> Mask:
    """Which pixels of two pictures differ by more than so many levels in any colour."""
    far = np.maximum(first, second) - np.minimum(first, second) > over
    mask: Mask = far[..., 0] | far[..., 1] | far[..., 2]
    return mask


def _box_share(drawn: Mask) -> float:
    rows, columns = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    return float(np.ptp(rows) + 1) * float(np.ptp(columns) + 1) / drawn.size if len(rows) else 0.0


def _likeness(before: Picture, after: Picture, drawn: Mask) -> float:
    """1 - changed pixels over pixels with ink in either; two empty pictures carry nothing over, and count 0."""
    changed, inked = np.count_nonzero(differs(before, after, MOVED)), np.count_nonzero(drawn)
    return max(1 - changed / inked, 0.0) if inked else 0.0


def figures(seen: Measured, timeline: Timeline, limits: MotionLimits, film: str) -> tuple[Figure, ...]:
    """What was seen as figures, each with the place that tells most of it; the timeline has 30 frames a second."""
    found = list(rests(seen.moves[: max(len(seen.moves) - round(ENDING_S * RATE), 0)]))  # an ending may rest
    longest = max(found, key=lambda rest: rest[1] - rest[0], default=(0, 0))
    rested = sum(stop - start for start, stop in found) / len(seen.moves)
    place = f"{_place(timeline, longest[0])}, from {longest[0] / RATE:.1f} s" if found else ""
    rested_in = {each.id: sum(_overlap(each, rest) for rest in found) for each in timeline.segments}
    restful = ", ".join(f"{id} {frames / RATE:.1f} s" for id, frames in rested_in.items() if frames)
    return (
        Figure(film, "share at rest", rested, restful, limits.still_share, at_most=True),
        Figure(film, "longest rest", (longest[1] - longest[0]) / RATE, place, limits.longest_still_s, True, " s"),
        _median(film, "box round what is drawn", seen.box, timeline, limits.box),
        _median(film, "ink", seen.ink, timeline, limits.ink),
        *(
            Figure(
                film,
                "likeness at a seam",
                seen.likeness[after.start_frame],
                f"{before.id} to {after.id}, at {after.start_frame / RATE:.1f} s",
                limits.seam,
            )
            for before, after in pairwise(timeline.segments)
            if after.start_frame in seen.likeness
        ),
    )


def rests(moves: Mask) -> Iterator[tuple[int, int]]:
    """Stretches, start to stop (exclusive), of over half a second of frames none of which moves."""
    edges = np.flatnonzero(np.diff(~moves, prepend=False, append=False))
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if stop - start > REST_S * RATE:
            yield start, stop


def _overlap(segment: SegmentTime, rest: tuple[int, int]) -> int:
    return max(min(segment.stop_frame, rest[1]) - max(segment.start_frame, rest[0]), 0)


def _median(film: str, name: str, shares: NDArray[np.float64], timeline: Timeline, limit: float | None) -> Figure:
    by_segment = {
        segment.id: float(np.median(own))
        for segment in timeline.segments
        if len(own := shares[segment.start_frame : segment.stop_frame])
    }
    least = min(by_segment, key=by_segment.__getitem__)
    return Figure(film, name, float(np.median(shares)), f"least in {least}, {by_segment[least]:.3g}", limit)


def _place(timeline: Timeline, frame: int) -> str:
    """The last cue, mark or cue's end at or before a frame, in its segment; before the first, the segment."""
    segment = next(each for each in reversed(timeline.segments) if each.start_frame <= frame)
    return next((each.name for each in reversed(moments(segment)) if each.frame <= frame), segment.id)
