"""Temperature over the ratio of two populations: a slider traces the curve, which leaves the picture at equal ones."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line, paint
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics.coldness import temperature_from_beta
from physics.examples import DELTA_E_J
from physics.two_level import ratio_from_beta
from scenes.axes import Point, hotness
from scenes.protons import is_dark

_LOG_END, _T_END_mK = 3.2, 11.0
_PIECES = 60  # of each branch
_UNTRACED = 0.16
_GAP_mK = 1e3 * float(temperature_from_beta(1 / DELTA_E_J))


class RatioCurve:
    """Two branches, a point on them, and under them the slider with the ratio."""

    def __init__(self, stage: Stage[Any], box: Box) -> None:
        self._stage, self._box = (
            stage,
            box.inset(bottom=1.45, top=1.3) if stage.is_wide else box.inset(bottom=1.3, top=0.8),
        )
        faint, plot = hex_rgb(stage.theme.faint), self._box
        self._slider_y = plot.bottom - 0.45
        track = [[plot.left, self._slider_y, 0], [plot.right, self._slider_y, 0]]
        self._cross = [
            stage.put(line(corners(ends), width), faint)
            for ends, width in (
                ([plot.at(0, 0.5), plot.at(1, 0.5)], 3.0),
                ([plot.at(0.5, 0), plot.at(0.5, 1)], 3.0),
                (track, 8.0),
            )
        ]
        self._pieces: list[tuple[mn.VMobject, float]] = []
        for sign in (-1, 1):
            logs = sign * np.linspace(_GAP_mK / _T_END_mK, _LOG_END, _PIECES)
            for (one, other), log in zip(pairwise(self._at(logs)), logs.tolist(), strict=False):
                rgb = stage.hotness_rgb(float(hotness(-log)))
                self._pieces.append((stage.put(line(corners([one, other]), 9.0), rgb), log))
        self._stem: mn.VMobject = stage.put(line(np.zeros((0, 3)), 3.0), hex_rgb(stage.theme.muted))
        self._points = [Point(stage, 0.22, bleeds=True) for _ in range(2)]
        self._knob = Point(stage, 0.2, bleeds=True)

    def words(self) -> list[mn.VMobject]:
        """Add the numbers and their names, and return them."""
        stage, box = self._stage, self._box
        low = self._slider_y - (0.75 if stage.is_wide else 0.62)
        middle = box.at(0.5, 0)[0]
        size = 1.1 * TITLE if stage.is_wide else HEADING
        self._T = stage.readout("T on the curve", [middle, box.top + 0.4, 0], size, centred=True)
        self._ratio = stage.readout("ratio", [middle + 0.3, low, 0], HEADING)
        name = stage.formula('N_"up" \\/ N_"down" =', [middle + 0.15, low + 0.17, 0], HEADING / 1.3, "muted", mn.RIGHT)
        return [self._T, self._ratio, name, stage.formula("T", box.at(0.5, 1) + [0.15, 0, 0], BODY, "muted", mn.UL)]

    def lay(self, ratio: float, T_mK: float, share: float, traced: tuple[float, float], seen: float) -> None:
        """Show it for a ratio, with the curve traced between two ratios."""
        box, rgb = self._box, self._stage.hotness_rgb(share)
        for mobject in self._cross:
            mobject.stroke_rgbas[:, 3] = seen
        low, high = np.log(traced)
        for piece, log in self._pieces:
            piece.stroke_rgbas[:, 3] = seen * (1.0 if low <= log <= high else _UNTRACED)
        beyond = abs(T_mK) >= _T_END_mK
        x = box.left + box.width * (np.log(ratio) / _LOG_END + 1) / 2
        up = float(np.clip(T_mK / _T_END_mK, -1, 1))
        # Where T is infinite the point leaves at one end of the axis and is on its way in at the other.
        for point, side in zip(self._points, (up, -up), strict=True):
            y = box.bottom + box.height * (side + 1) / 2
            point.lay(np.array([x, y, 0.0]), share, seen * float(side == up or beyond))
        y = box.bottom + box.height * (up + 1) / 2
        self._knob.lay(np.array([x, self._slider_y, 0.0]), share, seen)
        self._stem.points = corners([[x, self._slider_y, 0], [x, y, 0]]) if seen > 0 else np.zeros((0, 3))
        self._stem.stroke_rgbas[:, 3] = seen * (0.6 if is_dark(self._stage.theme) else 1.0)
        self._T.write(self._stage.quantity("spin_temperature", 1e-3 * T_mK))
        self._ratio.write(self._stage.quantity("population_ratio", ratio))
        for readout in (self._T, self._ratio):
            paint(readout, rgb)

    def _at(self, log_ratio: NDArray[np.float64]) -> NDArray[np.float64]:
        box = self._box
        beta = -log_ratio / DELTA_E_J
        T_mK = 1e3 * np.asarray(temperature_from_beta(beta))
        ratio = np.asarray(ratio_from_beta(beta, DELTA_E_J))
        x = box.left + box.width * (np.log(ratio) / _LOG_END + 1) / 2
        y = box.bottom + box.height * (np.clip(T_mK / _T_END_mK, -1, 1) + 1) / 2
        return np.stack([x, y, np.zeros_like(x)], axis=-1)
