"""What goes in as frames comes out of a real decoder: as many, at their times, in their colours."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.media.encode import PictureFormat, encoder
from explainer.media.encode_settings import FAST, H264, LOSSLESS, STOCK, TICKS_A_FRAME
from explainer.media.mux import join_pictures

WIDTH, HEIGHT, FPS = 64, 36, 60


def grey(level: int) -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 4), level, np.uint8)


def write(path: Path, levels: list[tuple[int, int]], settings: H264 = FAST) -> Path:
    with encoder(path, PictureFormat(WIDTH, HEIGHT, FPS, settings)) as sink:
        for level, repeat in levels:
            sink.write(grey(level), repeat)
    return path


def read(path: Path) -> list[tuple[int, float]]:
    """Time and mean brightness of each decoded frame."""
    with av.open(str(path)) as container:
        return [
            (int(frame.pts or 0), float(frame.to_ndarray(format="rgb24").mean())) for frame in container.decode(video=0)
        ]


@settings(max_examples=10, deadline=None)
@given(levels=st.lists(st.tuples(st.integers(0, 255), st.integers(1, 5)), min_size=1, max_size=30))
def test_every_frame_comes_back_at_its_time(
    levels: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.mktemp("encode") / "a.mp4", levels)
    expected = [level for level, repeat in levels for _ in range(repeat)]
    found = read(path)
    assert [time for time, _ in found] == [number * TICKS_A_FRAME for number in range(len(expected))]
    assert np.allclose([level for _, level in found], expected, atol=6)


@pytest.mark.parametrize("settings", [FAST, STOCK, LOSSLESS])
def test_colours_are_bt709_and_say_so(tmp_path: Path, settings: H264) -> None:
    colours = [(200, 40, 60), (30, 180, 90), (40, 70, 220), (238, 242, 251), (10, 15, 30)]
    for rgb in colours:
        frame = grey(255)
        frame[..., :3] = rgb
        path = tmp_path / "a.mp4"
        with encoder(path, PictureFormat(WIDTH, HEIGHT, FPS, settings)) as sink:
            sink.write(frame)
        with av.open(str(path)) as container:
            context = container.streams.video[0].codec_context
            assert context.pix_fmt == "yuv420p"
            assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
            luma = next(container.decode(video=0)).to_ndarray()[:HEIGHT].mean()
        r, g, b = (c / 255 for c in rgb)
        # ITU-R BT.709, limited range.
        assert luma == pytest.approx(16 + 219 * (0.2126 * r + 0.7152 * g + 0.0722 * b), abs=2)


def test_the_array_may_be_reused_at_once(tmp_path: Path) -> None:
    frame = grey(0)
    with encoder(tmp_path / "a.mp4", PictureFormat(WIDTH, HEIGHT, FPS, LOSSLESS)) as sink:
        for level in range(0, 250, 10):
            frame[:] = level
            sink.write(frame)
    assert np.allclose([level for _, level in read(tmp_path / "a.mp4")], range(0, 250, 10), atol=2)


def test_segments_join_without_losing_or_moving_a_frame(tmp_path: Path) -> None:
    counts = [61, 1, 7, 130]
    level = iter(range(1, 200))
    parts = [write(tmp_path / f"{n}.mp4", [(next(level), 1) for _ in range(n)], LOSSLESS) for n in counts]
    join_pictures(parts, counts, FPS, tmp_path / "film.mp4")
    found = read(tmp_path / "film.mp4")
    assert [time for time, _ in found] == [number * TICKS_A_FRAME for number in range(sum(counts))]
    assert np.allclose([brightness for _, brightness in found], range(1, 200), atol=2)


def test_a_part_with_other_frames_than_planned_is_refused(tmp_path: Path) -> None:
    part = write(tmp_path / "a.mp4", [(1, 3)])
    with pytest.raises(ExplainerError, match="3 frames where the timeline has 4"):
        join_pictures([part], [4], FPS, tmp_path / "film.mp4")


def test_a_frame_of_another_shape_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="expected"),
        encoder(tmp_path / "a.mp4", PictureFormat(WIDTH, HEIGHT, FPS)) as sink,
    ):
        sink.write(np.zeros((2, 2, 4), np.uint8))


def test_an_encoder_that_fails_says_so_and_does_not_hang(tmp_path: Path) -> None:
    with (
        pytest.raises(Exception, match="nosuch"),
        encoder(tmp_path / "a.mp4", PictureFormat(WIDTH, HEIGHT, FPS, H264("nosuch", 23))) as sink,
    ):
        for level in range(100):
            sink.write(grey(level))


@pytest.mark.parametrize(("width", "height", "fps"), [(63, 36, 60), (64, 35, 60), (0, 36, 60), (64, 36, 0)])
def test_impossible_pictures_are_refused(width: int, height: int, fps: int) -> None:
    with pytest.raises(ExplainerError, match="use even, positive sizes"):
        PictureFormat(width, height, fps)
