"""Where scenes stand: at every cue and mark, nothing is on its way in or out, and the picture is the cue's own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import manim as mn
import pytest
from export_bench import MINUTE

from explainer.media.frames import stage
from explainer.media.shot import Shot
from explainer.stage.draft import show_of_segment
from explainer.stage.holds import holds
from explainer.stage.motion import Track
from explainer.stage.stage import Stage
from explainer.timing.spans import spans
from explainer.timing.timeline import CueTime, SegmentTime
from explainer.words.film import film_ids, open_film

FPS = 30
CUES = (
    CueTime("a.first", 10, 80, {"late": 50}),
    CueTime("a.second", 100, 160, {}),
    CueTime("a.third", 190, 230, {}),
)
FILMS = [(name, "en") for name in film_ids(MINUTE.root)] + [("minute", "de"), ("minute", "ja")]


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


@pytest.mark.parametrize(("name", "tag"), FILMS)
def test_at_every_hold_of_the_films_nothing_is_half_there(name: str, tag: str) -> None:
    film = open_film(MINUTE.root, name)
    half: list[str] = []
    for segment in film.script.segments:
        show = show_of_segment(film, segment.id, FPS, tag)
        with stage(Shot(segment.scene, show, 160, 90, 0, show.frame_count)) as scene:
            found = holds(scene)
            for span in spans(show.segment):
                frame = found[span.place]
                assert span.start_frame <= frame < span.stop_frame, span
                opacities = [fade(frame) for fade in scene._fades.values()]
                half += [span.place] * any(0.1 < opacity < 0.9 for opacity in opacities)
    assert half == []
