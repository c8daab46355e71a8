import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.stage.layout import Box, frame_size, safe_area, stage_area

lengths = st.floats(2, 20)


@given(lengths, lengths, st.floats(0.2, 0.8), st.floats(0, 0.3))
def test_a_split_keeps_both_parts_inside_and_apart(width: float, height: float, share: float, gap: float) -> None:
    box = Box(0, width, 0, height)
    first, second = box.split(share, gap)
    for part in (first, second):
        assert part.left >= -1e-9 and part.right <= width + 1e-9
        assert part.bottom >= -1e-9 and part.top <= height + 1e-9
    if width >= height:
        assert second.left - first.right == pytest.approx(gap)
    else:
        assert first.bottom - second.top == pytest.approx(gap)


@pytest.mark.parametrize(
    ("width", "height", "side"), [(1920, 1080, 8), (1080, 1920, 8), (1080, 1080, 9.6), (854, 480, 8)]
)
def test_the_shorter_side_sets_the_scale(width: int, height: int, side: float) -> None:
    frame_width, frame_height = frame_size(width, height)
    assert min(frame_width, frame_height) == pytest.approx(side)
    assert frame_width / frame_height == pytest.approx(width / height)


def test_the_stage_leaves_the_margins_and_the_caption_band_free() -> None:
    safe, stage = safe_area(16, 9), stage_area(16, 9)
    assert (safe.left, safe.right, safe.top) == pytest.approx((-7.2, 7.2, 4.05))
    assert stage.bottom == pytest.approx(-4.5 + 0.14 * 9)


def test_without_captions_the_stage_reaches_down_to_the_margin() -> None:
    assert stage_area(16, 9, captioned=False) == safe_area(16, 9)
