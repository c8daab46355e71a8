"""What the end of a segment and the beginning of the next both show, and where things stand in all of them."""

from __future__ import annotations

from typing import Any

from explainer.stage.layout import Box
from explainer.stage.stage import Stage
from scenes.confinement.plot import Limits

CLOSE = Limits(-0.105, 0.04, 0.0, 0.145)
"""Energy and temperature in hartree, about the escape."""

FAR = Limits(-0.12, 0.6, 0.0, 1.4)
"""The same, far above the well."""

KINETIC = Limits(-0.105, 0.012, 0.0, 0.075)
"""Energy and kinetic energy in hartree, of bound levels and the first free one."""

TOP_LEVEL = 5
"""The highest bound level, whose wave is seen where the first two segments meet."""

COLD, WARM, BATH = 0.08, 0.3, 0.5
"""Shades of the curves, between coldest and hottest: all temperatures of this film are positive."""


def parts(stage: Stage[Any]) -> tuple[Box, Box]:
    """Return the boxes of the landscape, which goes down to the frame's edge, and of the plot beside it."""
    if stage.is_wide:
        left, right = stage.area.split(0.58, 0.7)
        return left.inset(left=-1.1, right=-0.2, bottom=-1.1, top=-0.4), right.inset(left=0.3, bottom=0.55, top=0.75)
    upper, lower = stage.area.inset(top=0.5 * stage.area.height), stage.area.inset(bottom=0.55 * stage.area.height)
    return upper.inset(left=-0.4, right=-0.4, bottom=-1.6), lower.inset(left=0.3, bottom=0.5, top=0.75)


def whole(stage: Stage[Any]) -> Box:
    """Return the box of a plot that fills the picture."""
    return stage.area.inset(left=0.05, right=0.0, bottom=0.55, top=0.75)
