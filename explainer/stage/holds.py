"""Holds: the frames at which a segment stands, one a cue and mark, found by asking its scene; no pixel is drawn.

A hold is a frame of a span at which nothing fades, all that comes in it is there, nothing of what follows has begun,
and of such frames one at which what is drawn moves least, the latest of those. The first words of a cue, in which there
is none, stand where its first mark does. A scene may say itself where it stands.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.errors import ExplainerError
from explainer.stage.sprites import Sprites
from explainer.stage.stage import Stage
from explainer.timing.spans import Span, spans, steps_of
from explainer.words.markup import CUE_START

_STEP_S = 1 / 15  # between samples: a sixth of a usual fade, a third of a short one
_LEAD_S = 0.6  # what begins so late before the next cue, and has not ended when that comes, is of the next
_TAIL_S = (
    0.3  # what goes, beginning so late in the speech or after it, makes room for the next; at a segment's end, all
)
_COME_S = 0.1  # after a cue or mark, in which it has just come
_TOLD = 1 / 255  # the least change of opacity that can be seen
_FARTHEST = 0.1  # scene units a step; what is faster is no less at rest, as a spark that flies
_AS_STILL, _STILL = 1.25, 0.05  # times the least motion or fading, and so much more: as good as the least
_SHORT_S = 1.0  # of a cue before its first mark: a word or two, for which a picture may have no time to come
_UNSETTLED = 0.45  # scene units a step, of all that moves: a picture on its way to the next


@dataclass(frozen=True)
class _Sample:
    """A frame's opacities and points by mobject, and its numbers by name."""

    frame: int
    opacities: Mapping[Hashable, float]
    points: Mapping[Hashable, NDArray[np.float64]]
    sprites: frozenset[Hashable]
    numbers: Mapping[Hashable, float]


@dataclass(frozen=True)
class _Change:
    """What differs between two samples, by name: what fades, what of that comes, which numbers change; and by how much.

    Args:
        moving: scene units that the mobjects move by, each by the mean of its points.
    """

    before: int
    after: int
    faded: frozenset[Hashable]
    came: frozenset[Hashable]
    fading: float
    moving: float
    moved: frozenset[Hashable]

    @property
    def all(self) -> frozenset[Hashable]:
        return self.faded | self.moved


@dataclass(frozen=True)
class Stand:
    """A frame at which a span may stand, and how far it is from standing: what fades, and moves, before and after.

    Args:
        frame: from the segment's first.
        fading: the sum of changes of opacity in a step.
        moving: scene units in a step that all moves by.
    """

    frame: int
    fading: float
    moving: float

    @property
    def settled(self) -> bool:
        """Whether the picture is no transition."""
        return not self.fading and self.moving < _UNSETTLED


def holds(scene: Stage[Any]) -> dict[str, int]:
    """Return the holds of a built scene's segment by place, in frames from its first: of steps, of cues, of itself.

    A cue stands at the hold of its last mark, a segment at that of its last cue.
    """
    segment = scene.show.segment
    found = {place: stand.frame for place, stand in stands(scene).items()}
    cues = {cue.id: found[steps_of(cue)[-1][0]] for cue in segment.cues}
    return {**found, **cues, segment.id: cues[segment.cues[-1].id]}


def stands(scene: Stage[Any]) -> dict[str, Stand]:
    """Return where the steps of a built scene's segment stand, by place.

    Raises:
        ExplainerError: the scene says where something stands that is no cue or mark.
    """
    film = Frames(scene)
    steps = spans(scene.show.segment)
    if unknown := scene.stands.keys() - {span.place for span in steps}:
        known = ", ".join(span.place for span in steps)
        raise ExplainerError(f"its scene says where {min(unknown)!r} stands", scene.show.segment.id, f"use {known}")
    found: dict[str, Stand] = {}
    for span, following in reversed([*zip(steps, (*steps[1:], steps[-1]), strict=True)]):
        if span.place in scene.stands:
            stand = film.stand(min(max(round(scene.stands[span.place]), span.start_frame), span.stop_frame - 1))
        else:
            stand = _stand(film, span)
            short = span.stop_frame - span.start_frame < _SHORT_S * scene.show.fps
            if short and not stand.settled and span.place.endswith(f":{CUE_START}"):
                stand = found[following.place]
        found[span.place] = stand
    return found


class Frames:
    """What a scene shows at frames, each asked for once."""

    def __init__(self, scene: Stage[Any]) -> None:
        self._scene, self.fps = scene, scene.show.fps
        self.step = max(1, round(_STEP_S * self.fps))
        self._samples: dict[int, _Sample] = {}
        self._changes: dict[int, _Change] = {}

    def change(self, frame: int) -> _Change:
        """What differs between a frame and the one a step before it."""
        if frame not in self._changes:
            self._changes[frame] = _change(self._at(frame - self.step), self._at(frame))
        return self._changes[frame]

    def changes(self, newest: int, oldest: int) -> list[_Change]:
        """The changes of a stretch, step by step backwards."""
        return [self.change(frame) for frame in range(newest, oldest - 1, -self.step)]

    def stand(self, frame: int) -> Stand:
        """What it would be to stand at a frame."""
        sides = [self.change(frame)]
        if frame + self.step < self._scene.show.frame_count:
            sides.append(self.change(frame + self.step))
        return Stand(frame, max(each.fading for each in sides), max(each.moving for each in sides))

    def _at(self, frame: int) -> _Sample:
        if (at := max(frame, 0)) not in self._samples:
            self._samples[at] = _sample(self._scene, at)
        return self._samples[at]


def _stand(film: Frames, span: Span) -> Stand:
    last, fps = span.stop_frame - 1, film.fps
    # A span's first half is where its own things come: what is at rest there may not show them yet.
    middle = (span.start_frame + span.stop_frame) // 2
    if span.closes:
        middle = min(middle, max(span.told_frame - round(2 * _TAIL_S * fps), span.start_frame))
    late = film.changes(last, middle)
    limit = max(_limit(late, span, middle, fps), _come(late, span))
    wanted = [film.stand(each.after) for each in late if each.after <= limit]
    if all(each.fading for each in wanted):
        first = late[-1].before if late else middle
        early = film.changes(min(first, limit), span.start_frame + round(_COME_S * fps))
        wanted += [film.stand(each.after) for each in early]
    calm = [each for each in wanted if not each.fading]
    if not calm:
        calm = [film.stand(min(limit, last)), *wanted]
        least = min(each.fading for each in calm)
        calm = [each for each in calm if each.fading <= _AS_STILL * least + _STILL]
    still = _AS_STILL * min(each.moving for each in calm) + _STILL
    return next(each for each in calm if each.moving <= still)


def _limit(changes: list[_Change], span: Span, middle: int, fps: int) -> int:
    """The last frame before something of what follows begins; `changes` run backwards."""
    tail = span.told_frame - round(_TAIL_S * fps)
    lead = tail if span.closes else min(span.told_frame, span.stop_frame - round(_LEAD_S * fps))
    limit, on = span.stop_frame - 1, None
    for change, earlier in pairwise(changes):
        if change.before < max(middle, min(lead, tail)):
            break
        # What moves until the span's end is of the next cue; all that begins after a segment's speech leads on.
        on = change.all if span.closes or on is None else on & change.all
        begun = on - earlier.all if change.before >= lead else frozenset()
        going = change.faded - change.came - earlier.faded if change.before >= tail else frozenset()
        if begun or going:
            limit = change.before
    return limit


def _come(changes: list[_Change], span: Span) -> int:
    """The first frame at which all is there that comes in while the span is told; 0 if nothing does."""
    coming = [number for number, change in enumerate(changes) if number and change.came - changes[number - 1].faded]
    told = [changes[number - 1].after for number in coming if changes[number].before < span.told_frame]
    return 0 if span.closes else max(told, default=0)


def _change(before: _Sample, after: _Sample) -> _Change:
    names = {*before.opacities, *after.opacities}
    both = before.opacities.keys() & after.opacities.keys()
    more = {
        name: after.opacities.get(name, 0.0) - before.opacities.get(name, 0.0)
        for name in names
        if name in both or name not in before.sprites | after.sprites  # the last of a crowd may have gone by itself
    }
    told = {name: change for name, change in more.items() if abs(change) > _TOLD}
    return _Change(
        before.frame,
        after.frame,
        frozenset(told),
        frozenset(name for name, change in told.items() if change > 0),
        sum(map(abs, told.values())),
        sum(_moved(before.points[name], after.points[name]) for name in both),
        frozenset(name for name, value in after.numbers.items() if value != before.numbers.get(name)),
    )


def _moved(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    """Scene units that points move by in the mean; of others than before, their extent."""
    if before.shape == after.shape:
        far = float(np.abs(after - before).sum(axis=1).mean())
    else:
        far = float(max(np.abs(after.max(0) - before.max(0)).max(), np.abs(after.min(0) - before.min(0)).max()))
    return min(far, _FARTHEST)


def _sample(scene: Stage[Any], frame: int) -> _Sample:
    scene.draw_frame(frame)
    drawn = [each for each in scene.actors.submobjects if len(each.points)]
    return _Sample(
        frame,
        {id(each): _opacity(each) for each in drawn},
        {id(each): each.points[:, :2].copy() for each in drawn},
        frozenset(id(each) for each in drawn if isinstance(each, Sprites)),
        dict(_numbers("", scene.shown_at(frame))),
    )


def _opacity(mobject: Any) -> float:
    """How strong a mobject is on the whole: light that runs along it does not count."""
    return float(np.mean(mobject.fill_rgbas[:, 3]) + np.mean(mobject.stroke_rgbas[:, 3]))


def _numbers(name: str, value: Any) -> Iterator[tuple[Hashable, float]]:
    """The numbers of a state that vary smoothly, by name; those of crowds are left out."""
    if isinstance(value, float):
        yield name, value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _numbers(f"{name}.{each.name}", getattr(value, each.name))
