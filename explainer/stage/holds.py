"""Holds: the frames at which a segment stands, one a cue and mark, found by asking its scene; no pixel is drawn.

A hold is the latest frame of a span at which nothing fades, all that comes in it is there, and nothing of what follows
has begun. Where there is none, it is the one at which what fades does so least.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from explainer.stage.stage import Stage
from explainer.timing.spans import Span, spans, steps_of

_STEP_S = 1 / 15  # between samples: a sixth of a usual fade, a third of a short one
_LEAD_S = 0.6  # what begins so late before the next cue, and has not ended when that comes, is of the next
_TAIL_S = (
    0.3  # what goes, beginning so late in the speech or after it, makes room for the next; at a segment's end, all
)
_COME_S = 0.1  # after a cue or mark, in which it has just come
_TOLD = 1 / 255  # the least change of opacity that can be seen


@dataclass(frozen=True)
class _Sample:
    """A frame's opacities by mobject, and its numbers by name."""

    frame: int
    opacities: Mapping[Hashable, float]
    numbers: Mapping[Hashable, float]


@dataclass(frozen=True)
class _Change:
    """What differs between two samples, by name: what fades, what of that comes, how much, which numbers change."""

    before: int
    after: int
    faded: frozenset[Hashable]
    came: frozenset[Hashable]
    fading: float
    moved: frozenset[Hashable]

    @property
    def all(self) -> frozenset[Hashable]:
        return self.faded | self.moved


def holds(scene: Stage[Any]) -> dict[str, int]:
    """Return the holds of a built scene's segment by place, in frames from its first: of steps, of cues, of itself.

    A cue stands at the hold of its last mark, a segment at that of its last cue.
    """
    taken: dict[int, _Sample] = {}

    def at(frame: int) -> _Sample:
        if frame not in taken:
            taken[frame] = _sample(scene, frame)
        return taken[frame]

    segment = scene.show.segment
    found = {span.place: _hold(at, span, scene.show.fps) for span in spans(segment)}
    cues = {cue.id: found[steps_of(cue)[-1][0]] for cue in segment.cues}
    return {**found, **cues, segment.id: cues[segment.cues[-1].id]}


def _hold(at: Callable[[int], _Sample], span: Span, fps: int) -> int:
    step, last = max(1, round(_STEP_S * fps)), span.stop_frame - 1
    # A span's first half is where its own things come: what is at rest there may not show them yet.
    middle = (span.start_frame + span.stop_frame) // 2
    if span.closes:
        middle = min(middle, max(span.told_frame - round(2 * _TAIL_S * fps), span.start_frame))

    def changes(newest: int, oldest: int) -> list[_Change]:
        samples = [at(frame) for frame in range(newest, max(oldest - step, 0) - 1, -step)]
        return [_change(before, after) for after, before in pairwise(samples)]

    late = changes(last, middle)
    limit = max(_limit(late, span, middle, fps), _come(late, span))
    wanted = [each for each in late if each.after <= limit]
    calm = next((each for each in wanted if not each.faded), None)
    if calm is None:
        wanted += changes(late[-1].before if late else middle, span.start_frame + round(_COME_S * fps))
        calm = next((each for each in wanted if not each.faded), None)
    if calm is None and step > 1:
        # A rest may be shorter than a step.
        frames = range(min(limit, last), span.start_frame + round(_COME_S * fps), -1)
        close = (_change(at(frame - 1), at(frame)) for frame in frames)
        calm = next((each for each in close if not each.faded), None)
    if calm is None and wanted:
        calm = min(wanted, key=lambda each: each.fading)
    return calm.after if calm else limit


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
    more = {name: after.opacities.get(name, 0.0) - before.opacities.get(name, 0.0) for name in names}
    return _Change(
        before.frame,
        after.frame,
        frozenset(name for name, change in more.items() if abs(change) > _TOLD),
        frozenset(name for name, change in more.items() if change > _TOLD),
        sum(map(abs, more.values())),
        frozenset(name for name, value in after.numbers.items() if value != before.numbers.get(name)),
    )


def _sample(scene: Stage[Any], frame: int) -> _Sample:
    scene.draw_frame(frame)
    opacities: dict[Hashable, float] = {
        id(each): _opacity(each) for each in scene.actors.submobjects if len(each.points)
    }
    return _Sample(frame, opacities, dict(_numbers("", scene.report(frame)[0])))


def _opacity(mobject: Any) -> float:
    """How strong a mobject is on the whole: light that runs along it does not count."""
    return float(np.mean(mobject.fill_rgbas[:, 3]) + np.mean(mobject.stroke_rgbas[:, 3]))


def _numbers(name: str, value: Any) -> Iterator[tuple[Hashable, float]]:
    """The numbers of a state that vary smoothly, by name; those of crowds are left out."""
    if isinstance(value, float):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _numbers(f"{name}.{key}", part)
