"""Segment 1 of the paper's film: one particle, a well in a box ten times as wide, and its bound levels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explainer.stage.motion import Track
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, TITLE
from physics.examples_confinement import bound_levels, box_over_well
from physics.quantum_well import PAPER_WELL
from scenes.confinement.picture import WellPicture, WellState, amplitudes, well_state
from scenes.confinement.seams import CLOSE

_STEP_S = 0.34


@dataclass(frozen=True)
class WellLevelsState:
    """What a frame shows."""

    well: WellState
    tiles: float
    """Widths of the well that lie beside one another across the box: how far apart they are, 0..1."""
    found: int
    """Levels that were found."""


class WellLevels(Stage[WellLevelsState]):
    """The potential as a landscape, the waves of its bound levels, and their kinetic energies."""

    def build(self) -> None:
        self._picture = WellPicture(self)
        count = round(box_over_well())
        self._tiles = [self.put(line(np.zeros((0, 3)), 9.0), hex_rgb(self.theme.ink), True) for _ in range(count)]
        away = self.at("well.box:end", 0.35)
        self.appear(*self._tiles, at="well.box:well", until=away)
        edge, area = self._picture.landscape.edge_y, self.area
        middle = float(self._picture.landscape.across(0, 0))
        self._count = self.readout("levels", np.array([middle, edge + 0.75, 0.0]), TITLE, centred=True)
        right = [area.right, edge + 0.55, 0]
        name = self.text("confinement.kinetic", right, BODY, "ink", np.array([1.0, 0, 0]), widest=0.45 * area.width)
        self.appear(self._count, name, at=self.at("well.levels:bound", -0.2))
        self._whole = self.track(("well.box:end", -0.3, 1.0), ("well.levels:bound", -0.1, 0.0))
        self._apart = self.track(("well.box:well", 0.35, 0.0), ("well.box:end", -0.5, 1.0))
        begin, end = self.at("well.levels:bound", 0.5), self.at("well.levels:end", 0.0)
        steps = np.linspace(begin, end, bound_levels())[1:]
        keys = [(begin, 0.0)]
        for n, frame in enumerate(steps.tolist(), start=1):
            keys += [(frame - _STEP_S * self.show.fps, n - 1.0), (frame, float(n))]
        self._level = Track(tuple(keys))
        self._bars = self.track(("well.levels:bound", -0.3, 0.0), ("well.levels:bound", 0.2, 1.0))

    def state(self, frame: int) -> WellLevelsState:
        left_s = (frame - self.show.frame_count) / self.show.fps
        level = self._level(frame)
        well = well_state(left_s, level, self._whole(frame), amplitudes(level), bars=self._bars(frame))
        return WellLevelsState(well, self._apart(frame), 1 + int(level + 0.5))

    def draw(self, state: WellLevelsState) -> None:
        self._picture.lay(state.well, CLOSE)
        self._count.write(self.quantity("count", state.found))
        landscape = self._picture.landscape
        width, y = 2 * PAPER_WELL.a_bohr, landscape.edge_y + 0.32 * self.area.height
        for index, tile in enumerate(self._tiles):
            middle = state.tiles * (index - (len(self._tiles) - 1) / 2) * width
            x = landscape.across([middle - 0.44 * width, middle + 0.44 * width], state.well.whole)
            tile.points = corners([[x[0], y, 0], [x[1], y, 0]])
