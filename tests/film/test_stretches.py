"""Stretches of a segment, drawn and coded apart and joined, are frame by frame the segment drawn in one go."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from film_project import SEGMENTS
from hypothesis import given
from hypothesis import strategies as st

from explainer.film import plan as planning
from explainer.film import work
from explainer.film.plan import LONGEST_STRETCH_S, LocalizedFilm, stretches
from explainer.film.request import Quality, Request
from explainer.media.encode_settings import LOSSLESS
from explainer.media.mux import join_pictures
from explainer.media.shot import Shot
from explainer.timing.timeline import plan
from explainer.voices import draft
from explainer.words.script import load_script

SMALL = Quality(160, 90, 15)


@given(st.integers(1, 10**6), st.integers(1, 120))
def test_stretches_abut_are_alike_and_none_is_too_long(frames: int, fps: int) -> None:
    cut = stretches(frames, fps)
    assert (cut[0][0], cut[-1][1]) == (0, frames)
    assert all(before[1] == after[0] for before, after in pairwise(cut))
    lengths = [stop - start for start, stop in cut]
    assert max(lengths) - min(lengths) <= 1
    assert 0 < max(lengths) <= LONGEST_STRETCH_S * fps
    assert len(cut) == 1 or frames > LONGEST_STRETCH_S * fps


@pytest.fixture(scope="module")
def version() -> LocalizedFilm:
    """The English film in the draft voice's pace."""
    request = Request(quality=SMALL)
    narration = planning.words(request)
    clips = {cue.id: draft.speak(cue.speech, narration.language) for cue in narration.cues}
    spoken = {cue_id: (len(clip.samples) / clip.rate_hz, clip.marks_s) for cue_id, clip in clips.items()}
    master = plan(narration, spoken)
    return LocalizedFilm(request, narration, master, master.resampled(SMALL.fps))


def frame_hashes(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [hashlib.sha256(frame.to_ndarray().tobytes()).hexdigest() for frame in container.decode(video=0)]


def frame_numbers(path: Path) -> list[Fraction]:
    """The frames' times, in frames."""
    with av.open(str(path)) as container:
        return [frame.pts * frame.time_base * SMALL.fps for frame in container.decode(video=0)]


@pytest.mark.slow
@pytest.mark.parametrize("segment_id", SEGMENTS)
def test_stretches_joined_are_the_serial_frames(version: LocalizedFilm, segment_id: str, tmp_path: Path) -> None:
    scene = next(each.scene for each in load_script().segments if each.id == segment_id)
    show = planning.show_of(version, segment_id)
    # Shorter than a build's, so that every segment is cut, at odd places.
    bounds = [show.frame_count * number // 5 for number in range(6)]

    def drawn(start_frame: int, stop_frame: int) -> Path:
        folder = tmp_path / f"{start_frame}-{stop_frame}"
        folder.mkdir()
        shot = Shot(scene, show, SMALL.width, SMALL.height, start_frame, stop_frame)
        work.render(work.RenderJob("explainer.media.frames", shot, LOSSLESS), {}, folder, lambda steps: None)
        return folder / work.PICTURE

    whole = drawn(0, show.frame_count)
    parts = [drawn(start, stop) for start, stop in pairwise(bounds)]
    joined = tmp_path / "joined.mp4"
    join_pictures(parts, [stop - start for start, stop in pairwise(bounds)], SMALL.fps, joined)
    hashes = frame_hashes(joined)
    assert len(hashes) == show.frame_count
    assert hashes == frame_hashes(whole)
    assert len(set(hashes)) > show.frame_count / 10
    assert frame_numbers(joined) == list(range(show.frame_count))
