"""What the scenes show, against the physics evaluated anew; and the markers, found in the pixels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from explainer.checks.evaluation import Evaluation, Marker
from explainer.checks.finding import Finding
from explainer.checks.inspection import Inspection
from explainer.stage.layout import frame_size
from explainer.stage.look import Theme

KIND = "states"
COLOUR_TOLERANCE = 0.12
WINDOW_RADII = 6.0
CORE_SHARE = 0.6
PLACE_TOLERANCE_SHARE = 0.004  # of the frame's height


def check_states(seen: Sequence[Inspection], evaluation: Evaluation, theme: Theme) -> tuple[Finding, ...]:
    """Where the reports or the pixels differ from the physics."""
    findings = []
    for segment_id in dict.fromkeys(each.segment_id for each in seen):
        if segment_id not in evaluation.evaluators:
            what = "no independent evaluation; add one to EVALUATORS in the film's evaluators module"
            findings.append(Finding(KIND, segment_id, what, "warning"))
    for each in seen:
        if each.segment_id in evaluation.evaluators:
            try:
                wrong = [*evaluation.evaluators[each.segment_id](each.values)]
            except KeyError as missing:
                wrong = [f"the scene reports no {missing}, which its evaluator reads"]
            findings += [Finding(KIND, each.moment.name, what) for what in wrong]
    for marker in evaluation.markers:
        findings += _missing(marker, [each for each in seen if each.segment_id == marker.segment_id], theme)
    return tuple(findings)


def _missing(marker: Marker, seen: Sequence[Inspection], theme: Theme) -> list[Finding]:
    frames = {each.moment.name: each.moment.frame for each in seen}
    absent = [name for name in (marker.since, marker.until) if name not in frames]
    if absent and seen:
        return [Finding(KIND, marker.segment_id, f"no moment {absent[0]!r} to look for {marker.place!r} at")]
    findings = []
    for each in seen:
        if frames[marker.since] <= each.moment.frame <= frames[marker.until]:
            what = _fault(marker, each, theme)
            findings += [Finding(KIND, each.moment.name, what)] if what else []
    return findings


def _fault(marker: Marker, each: Inspection, theme: Theme) -> str:
    if marker.place not in each.places_px:
        return f"the scene reports no place {marker.place!r}"
    picture = read_picture(each.picture)
    height, width = picture.shape[:2]
    place = each.places_px[marker.place]
    unit = height / frame_size(width, height)[1]
    found = find_disc(picture, place, marker.colour(each.values, theme), marker.radius * unit)
    if found is None:
        return f"{marker.place!r} is not in the picture near ({place[0]:.0f}, {place[1]:.0f})"
    off = float(np.hypot(found[0] - place[0], found[1] - place[1]))
    if off > PLACE_TOLERANCE_SHARE * height:
        return f"{marker.place!r} is {off:.1f} pixels from where the physics puts it"
    return ""


def read_picture(path: Path) -> NDArray[np.uint8]:
    """A stored picture as an array of shape (height, width, 3)."""
    from PIL import Image

    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), np.uint8)


def find_disc(
    picture: NDArray[np.uint8], near: tuple[float, float], rgb: Sequence[float], radius_px: float
) -> tuple[float, float] | None:
    """Centre (x, y) in pixels of the blob of a colour, large enough, that is nearest to a place; None if there is none.

    It is sought within some radii. Lines of the same colour that run into the disc are thinner than its core and are
    left out. Two discs of a colour may be near; a blob counts that has half the size of the largest.
    """
    reach = WINDOW_RADII * radius_px
    top, left = max(int(near[1] - reach), 0), max(int(near[0] - reach), 0)
    window = picture[top : int(near[1] + reach) + 1, left : int(near[0] + reach) + 1] / 255.0
    if window.size == 0:
        return None
    alike = np.linalg.norm(window - np.asarray(rgb), axis=-1) < COLOUR_TOLERANCE
    core = max(int(radius_px * CORE_SHARE), 1)
    y, x = np.ogrid[-core : core + 1, -core : core + 1]
    blobs, count = ndimage.label(ndimage.binary_opening(alike, x**2 + y**2 <= core**2))
    if not count:
        return None
    numbers = np.arange(1, count + 1)
    sizes = ndimage.sum_labels(alike, blobs, numbers)
    # Pixel (0, 0) has its centre at (0.5, 0.5).
    centres = np.array(ndimage.center_of_mass(alike, blobs, numbers))[:, ::-1] + [left + 0.5, top + 0.5]
    off = np.hypot(*(centres - near).T)
    found = centres[np.argmin(np.where(2 * sizes >= sizes.max(), off, np.inf))]
    return float(found[0]), float(found[1])
