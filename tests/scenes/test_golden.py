"""Golden stills: no picture of the film changes unnoticed. `pytest tests/scenes --write-golden` remakes them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scene_shots import shot_of

from explainer.media.frames import still

GOLDEN = Path(__file__).parent.parent / "golden"
MOMENTS = (
    "hook.answer:end",
    "inversion.heat:infinite",
    "inversion.negative:end",
    "dome.count:end",
    "dome.beyond:end",
    "ordering.jump:end",
    "ordering.contact:end",
    "laser.pump:end",
    "laser.end:end",
)
# Font rasterisers differ in the last shade along edges; a moved, missing or recoloured thing goes far beyond this.
MEAN_TOLERANCE = 0.4
CHANGED_TOLERANCE, CHANGED_SHARE = 48, 0.002


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_picture_is_the_golden_one(moment: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    shot = shot_of(moment.partition(".")[0], 480, 270, 60)
    picture = still(shot, min(shot.show.at(moment), shot.show.frame_count - 1))[..., :3]
    path = GOLDEN / f"{moment.replace(':', '-')}.png"
    if request.config.getoption("--write-golden"):
        Image.fromarray(picture).save(path, optimize=True)
        return
    with Image.open(path) as image:
        golden = np.asarray(image.convert("RGB"))
    difference = np.abs(picture.astype(int) - golden)
    if difference.mean() > MEAN_TOLERANCE or (difference.max(axis=-1) > CHANGED_TOLERANCE).mean() > CHANGED_SHARE:
        seen = tmp_path / path.name
        Image.fromarray(np.concatenate([golden, picture, difference.astype(np.uint8)])).save(seen)
        pytest.fail(f"{moment} looks different (golden, now, difference in {seen})")
