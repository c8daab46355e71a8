"""The two bodies in contact in every shape of frame: the arrow of heat stays whole, no curve runs through words, and
captions of two lines that are drawn in cover no proton.
"""

import numpy as np
import pytest
from numpy.typing import NDArray
from scene_shots import shot_of

from explainer.media.frames import reports, still, texts
from explainer.media.shot import Shot
from explainer.stage.layout import frame_size
from explainer.stage.palette import hex_rgb
from explainer.timing.formats import drawn_share

SIZES = ((640, 360), (360, 640), (480, 480))


def ink(shot: Shot, frame: int) -> NDArray[np.bool_]:
    """Where a picture is of the colour of curves and arrows."""
    away = still(shot, frame)[..., :3].astype(float) - 255 * hex_rgb(shot.show.theme.ink)
    return np.asarray(np.abs(away).max(axis=-1) < 24)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_arrow_is_whole_while_it_is_named_and_the_curve_spares_its_name(size: tuple[int, int]) -> None:
    shot = shot_of("ordering", *size)
    flow, end, fps = shot.show.at("ordering.contact:flow"), shot.show.frame_count, shot.show.fps
    frames = tuple(round(frame) for frame in np.linspace(flow + 0.4 * fps, end - 1.9 * fps, 3))
    for frame, boxes in texts(shot, frames).items():
        named = {box.id: box for box in boxes}
        seen, heat, entropy = ink(shot, frame), named["ordering.heat"], named["ordering.total_entropy"]
        unit = size[0] / frame_size(*size)[0]
        middle, below = round((heat.left + heat.right) / 2), round(heat.bottom)
        under = seen[below : below + round(0.6 * unit), middle - round(0.7 * unit) : middle + round(0.7 * unit)]
        assert under.all(axis=1).any(), frame
        clear = 0.2 * unit
        rows = slice(round(entropy.top - clear), round(entropy.bottom + clear))
        words = seen[rows, round(entropy.left - clear) : round(entropy.right + clear)]
        assert not words.any(), frame
        assert seen.any()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_captions_that_are_drawn_in_cover_no_body(size: tuple[int, int]) -> None:
    shot = shot_of("ordering", *size)
    flow, end = shot.show.at("ordering.contact:flow"), shot.show.at("ordering.contact:end") - 1
    free_px = (1 - drawn_share(2, *size)) * size[1]
    for report in reports(shot, (flow, (flow + end) // 2, end)):
        assert set(report.bodies_px) == {"hotter body", "colder body"}
        for left, top, right, bottom in report.bodies_px.values():
            assert 0 < left < right < size[0] and 0 < top < bottom < free_px
    height = free_px - min(top for _, top, _, _ in reports(shot, (flow,))[0].bodies_px.values())
    assert height > 0.25 * size[1]  # there is room for them to be seen in
