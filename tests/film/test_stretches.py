"""Stretches of a segment, drawn and coded apart and joined, are frame by frame the segment drawn in one go."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scene_shots import SEGMENTS, shot_of

from explainer.film.tasks import LONGEST_STRETCH_S, stretches
from explainer.jobs import draw
from explainer.media.encode_settings import LOSSLESS
from explainer.media.mux import join_pictures

FPS = 15


@given(st.integers(1, 10**6), st.integers(1, 120))
def test_stretches_abut_are_alike_and_none_is_too_long(frames: int, fps: int) -> None:
    cut = stretches(frames, fps)
    assert (cut[0][0], cut[-1][1]) == (0, frames)
    assert all(before[1] == after[0] for before, after in pairwise(cut))
    lengths = [stop - start for start, stop in cut]
    assert max(lengths) - min(lengths) <= 1
    assert 0 < max(lengths) <= LONGEST_STRETCH_S * fps
    assert len(cut) == 1 or frames > LONGEST_STRETCH_S * fps


def frame_hashes(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [hashlib.sha256(frame.to_ndarray().tobytes()).hexdigest() for frame in container.decode(video=0)]


def frame_numbers(path: Path) -> list[Fraction]:
    """The frames' times, in frames."""
    with av.open(str(path)) as container:
        return [frame.pts * frame.time_base * FPS for frame in container.decode(video=0)]


@pytest.mark.slow
@pytest.mark.parametrize("segment_id", SEGMENTS)
def test_stretches_joined_are_the_serial_frames(segment_id: str, tmp_path: Path) -> None:
    shot = shot_of(segment_id, 160, 90, FPS)
    # Shorter than a build's, so that every segment is cut, at odd places.
    bounds = [shot.frames * number // 5 for number in range(6)]

    def drawn(start_frame: int, stop_frame: int) -> Path:
        folder = tmp_path / f"{start_frame}-{stop_frame}"
        folder.mkdir()
        part = replace(shot, start_frame=start_frame, stop_frame=stop_frame)
        draw.render(draw.RenderJob("explainer.media.frames", part, LOSSLESS), {}, folder, lambda steps: None)
        return folder / draw.PICTURE

    whole = drawn(0, shot.frames)
    parts = [drawn(start, stop) for start, stop in pairwise(bounds)]
    joined = tmp_path / "joined.mp4"
    join_pictures(parts, [stop - start for start, stop in pairwise(bounds)], FPS, joined)
    hashes = frame_hashes(joined)
    assert len(hashes) == shot.frames
    assert hashes == frame_hashes(whole)
    assert len(set(hashes)) > shot.frames / 10
    assert frame_numbers(joined) == list(range(shot.frames))
