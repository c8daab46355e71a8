"""One shot: where a segment ends the next one begins."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scene_shots import SEGMENTS, shot_of

from explainer.media.frames import still
from explainer.stage.palette import hex_rgb

SIZES = ((480, 270), (270, 480), (320, 320))
INK, CHANGE = 24, 12


def picture(segment_id: str, size: tuple[int, int], frame: int) -> NDArray[np.int_]:
    shot = shot_of(segment_id, *size)
    return still(shot, frame % shot.show.frame_count)[..., :3].astype(int)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("seam", list(pairwise(SEGMENTS)), ids="-".join)
def test_the_last_picture_of_a_segment_is_the_first_of_the_next(seam: tuple[str, str], size: tuple[int, int]) -> None:
    last, first = picture(seam[0], size, -1), picture(seam[1], size, 0)
    ground = 255 * hex_rgb(shot_of(seam[0]).show.theme.background)
    ink = (np.abs(last - ground).max(axis=-1) > INK) | (np.abs(first - ground).max(axis=-1) > INK)
    changed = np.abs(last - first).max(axis=-1) > CHANGE
    assert ink.mean() > 0.01
    assert 1 - changed.sum() / ink.sum() > 0.95
