"""Where scenes stand: at every cue and mark, nothing is on its way in or out, and the picture is the cue's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import manim as mn
import pytest
from export_bench import MINUTE, changed

from explainer.media.frames import stage
from explainer.media.shot import Shot
from explainer.stage.draft import show_of_segment
from explainer.stage.holds import Frames, holds, stands
from explainer.stage.motion import Track
from explainer.stage.stage import Stage
from explainer.timing.planning import SpokenTime
from explainer.timing.spans import spans
from explainer.timing.timeline import PLANNING_FPS, CueTime, SegmentTime
from explainer.voices.kept import read
from explainer.words.film import Film, film_ids, open_film

FPS = 30
SHARES = 4
MOVING = 0.95  # scene units a step: where heat flows or light runs, that it does is the picture
# There the voice comes to the mark as its picture goes.
TOO_LATE = {("ja", "worked.few:meet"), ("es", "fourlevel.threshold:more"), ("ar", "lattice.band:start")}
CUES = (
    CueTime("a.first", 10, 80, {"late": 50}),
    CueTime("a.second", 100, 160, {}),
    CueTime("a.third", 190, 230, {}),
)


def spoken(film: Film, tag: str) -> dict[str, SpokenTime]:
    """How long the film's own takes last, where it has any."""
    kept = read(film.takes(tag))
    return {id: SpokenTime(take.duration_s, dict(take.marks_s)) for id, take in kept.takes.items()} if kept else {}


def unbounded(film: Film) -> Film:
    """A film that may last as short as the draft voice takes."""
    return changed(film, minimum_s=0.0)


@dataclass(frozen=True)
class Moved:
    """Where a dot is, and how a clock runs that never rests."""

    x: float
    clock: float


class Steps(Stage[Moved]):
    """A square comes with each cue and mark; a dot sets out for the next cue before it begins."""

    def build(self) -> None:
        first, late, second, third, leaves = (self.put(mn.Square(), [1, 1, 1]) for _ in range(5))
        self.appear(first, at="a.first")
        self.appear(late, at="a.first:late")
        self.appear(second, at="a.second", until=175.0)  # makes room in the pause
        self.appear(third, at="a.third")
        self.appear(leaves, at=-99.0, until=260.0)  # after the speech: leads to the next segment
        self._dot = Track(((20.0, 0.0), (40.0, 1.0), (91.0, 1.0), (120.0, 2.0)))

    def state(self, frame: int) -> Moved:
        return Moved(self._dot(frame), frame / FPS)

    def draw(self, state: Moved) -> None:
        """The dot is not seen."""


def test_holds_are_the_last_frames_before_what_follows_begins() -> None:
    show = replace(show_of_segment(MINUTE, "hook", FPS), segment=SegmentTime("a", 0, 300, CUES))
    with stage(Shot(f"{__name__}:Steps", show, 160, 90, 0, 300)) as scene:
        found = holds(scene)
    near = {
        "a.first:start": 43,  # the second square comes from 44 on
        "a.first:late": 91,  # the dot sets out
        "a.second": 163,  # the third square has gone at 175
        "a.third": 248,
    }
    assert set(found) == {*near, "a", "a.first", "a.third"}
    for place, frame in near.items():
        assert frame - 3 <= found[place] <= frame + 1, place
    assert (found["a.first"], found["a"]) == (found["a.first:late"], found["a.third"])


@pytest.mark.parametrize("name", film_ids(MINUTE.root))
@pytest.mark.parametrize("tag", MINUTE.tags)
def test_every_cue_and_mark_of_the_films_stands(name: str, tag: str) -> None:
    film = open_film(MINUTE.root, name)
    times = spoken(film, tag)
    film = film if times else unbounded(film)
    faults: list[str] = []
    # All of a film in the language of its script; of the others a share each, so that all of them have each segment.
    language = film.tags.index(tag)
    share = film.script.segments[language % SHARES :: SHARES] if tag != film.source.tag else film.script.segments
    for segment in share:
        show = show_of_segment(film, segment.id, PLANNING_FPS, tag, times)
        with stage(Shot(segment.scene, show, 160, 90, 0, show.frame_count)) as scene:
            faults += faults_of(scene, Frames(scene))
    assert [fault for fault in faults if (tag, fault.partition(" ")[0]) not in TOO_LATE] == []


def faults_of(scene: Stage[Any], frames: Frames) -> list[str]:
    """What fades or moves where a scene is found to stand, by cue and mark."""
    found, faults = stands(scene), []
    steps = spans(scene.show.segment)
    for span, after in zip(steps, (*steps[1:], None), strict=True):
        stand = found[span.place]
        if after and stand == found[after.place] and span.place.endswith(":start"):
            continue  # its words are too few for a picture of their own
        if not span.start_frame <= stand.frame < span.stop_frame:
            faults.append(f"{span.place} stands at {stand.frame}, outside of it")
        opacities = [fade(stand.frame) for fade in scene._fades.values()]
        if any(0.1 < opacity < 0.9 for opacity in opacities):
            faults.append(f"{span.place} half there")
        inside = [(span.start_frame * (3 - k) + span.stop_frame * k) // 3 for k in (1, 2)]
        usual = max(frames.stand(frame).moving for frame in inside)
        if stand.moving > max(MOVING, 1.8 * usual + 0.2):
            faults.append(f"{span.place} moves: {stand.moving:.2f} units, {usual:.2f} as a rule")
    return faults
