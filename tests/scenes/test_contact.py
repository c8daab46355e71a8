"""The two bodies in contact in every shape of frame: the arrow of heat stays whole, and no curve runs through words."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scene_shots import shot_of

from explainer.media.frames import still, texts
from explainer.media.shot import Shot
from explainer.stage.layout import frame_size
from explainer.stage.palette import hex_rgb

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
