"""The pictures of a gas and of spins: curves of entropy over energy, and the three conditions side by side."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import k as K_B

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, corners, fill_shape, line, paint, rectangle
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from physics.coldness import beta_from_temperature
from physics.examples import DELTA_E_J, PARTICLES
from physics.examples_tour import BOX_OF_GAS, ROOM_K
from physics.two_level import beta_from_upper_fraction, entropy_J_per_K
from scenes.axes import Point
from scenes.protons import is_dark
from scenes.tour.settling import PAIRS, Plates

_STEPS = 241
_COLDEST_K = 100.0  # from where the curve of the gas is drawn
_ACROSS = 7.0  # energies of the gas at room temperature, that the picture has room for
_DARKENED = 0.2


def gas_gain(T_K: ArrayLike) -> NDArray[np.float64]:
    """Return the entropy per atom over k that the gas has gained since room temperature."""
    here, room = (BOX_OF_GAS.entropy_J_per_K(beta_from_temperature(T)) for T in (T_K, ROOM_K))
    return np.asarray((here - room) / (BOX_OF_GAS.N * K_B))


def gas_energy(T_K: ArrayLike) -> NDArray[np.float64]:
    """Return the energy of the gas, in that at room temperature."""
    here, room = (BOX_OF_GAS.energy_J(beta_from_temperature(T)) for T in (T_K, ROOM_K))
    return np.asarray(here / room)


def spin_entropy(n: ArrayLike) -> NDArray[np.float64]:
    """Return the entropy per spin over k with n of the hundred above."""
    beta = beta_from_upper_fraction(np.asarray(n, dtype=float) / PARTICLES, DELTA_E_J)
    return np.asarray(entropy_J_per_K(beta, DELTA_E_J)) / K_B


class Hill:
    """A filled curve of entropy over energy with a point on it, in the colours of its own temperatures."""

    def __init__(self, stage: Stage[Any], vertices: NDArray[np.float64], hotness: NDArray[np.float64], floor: float):
        self._vertices, self._stage = vertices, stage
        left, right = float(vertices[0, 0]), float(vertices[-1, 0])
        under = [[right, floor, 0], [left, floor, 0], vertices[0]]
        shades = stage.hotness_rgb(hotness)
        self.ground: mn.VMobject = stage.put(fill_shape(corners(np.vstack([vertices, under]))), bleeds=True)
        self.ground.sheen_direction = mn.RIGHT
        self.ground.fill_rgbas = np.column_stack([shades, np.full(len(shades), _DARKENED)])
        self.axis: mn.VMobject = stage.put(
            fill_shape(arrow([left - 0.1, floor, 0], [right + 0.2, floor, 0], 0.06, 0.3)),
            hex_rgb(stage.theme.muted),
            bleeds=True,
        )
        self._trace = stage.put(Trace(vertices[:, 0], vertices, 11.0), bleeds=True)
        self._shades, self._rest = (
            shades,
            stage.put(line(corners(vertices), 4.0), hex_rgb(stage.theme.faint), bleeds=True),
        )
        self._point = Point(stage, 0.24, bleeds=True)

    def lay(self, x: float, hotness: float, reached: float, opacity: float) -> None:
        """Show the curve as far as it has been reached, with the point at an abscissa."""
        self.ground.fill_rgbas[:, 3] = _DARKENED * opacity
        self.axis.fill_rgbas[:, 3] = opacity
        self._rest.stroke_rgbas[:, 3] = 0.5 * opacity
        self._trace.draw_to(reached if opacity > 0 else -np.inf)
        share = (reached - self._vertices[0, 0]) / (self._vertices[-1, 0] - self._vertices[0, 0])
        shown = self._shades[: max(2, round(share * len(self._shades)))]
        self._trace.stroke_rgbas = np.column_stack([shown, np.full(len(shown), opacity)])
        self._point.lay(self.at(x), hotness, opacity)

    def at(self, x: float) -> NDArray[np.float64]:
        """Return where the curve is at an abscissa, as (x, y, 0)."""
        return np.array([np.interp(x, self._vertices[:, 0], column) for column in self._vertices.T])


class GasCurve:
    """The entropy of a gas over its energy, which leaves the picture at its corner."""

    def __init__(self, stage: Stage[Any], box: Box, hotness: Any) -> None:
        T = np.geomspace(_COLDEST_K, ROOM_K * 2 * _ACROSS, _STEPS)
        self._box, gain = box, gas_gain(T)
        top = float(gas_gain(ROOM_K * _ACROSS))
        self._low, self._scale = float(gain[0]), box.height / (top - float(gain[0]))
        x, y = self._x(gas_energy(T)), box.bottom + self._scale * (gain - self._low)
        self.hill = Hill(stage, np.stack([x, y, 0 * x], axis=1), np.array([hotness(each) for each in T]), box.bottom)

    def _x(self, energy: ArrayLike) -> NDArray[np.float64]:
        return np.asarray(self._box.left + self._box.width * np.asarray(energy) / _ACROSS)

    def lay(self, energy: float, hotness: float, opacity: float) -> None:
        """Show it up to an energy, in that at room temperature."""
        x = float(self._x(energy))
        self.hill.lay(x, hotness, x, opacity)


class Dome:
    """The entropy of a hundred spins over their energy, which ends where all are up."""

    def __init__(self, stage: Stage[Any], box: Box) -> None:
        n = np.linspace(0, PARTICLES, _STEPS)
        self._box = box
        x = box.left + box.width * n / PARTICLES
        y = box.bottom + box.height * spin_entropy(n) / np.log(2)
        self.hill = Hill(stage, np.stack([x, y, 0 * x], axis=1), n / PARTICLES, box.bottom)
        ends = corners([[box.right, box.bottom - 0.15, 0], [box.right, box.top + 0.2, 0]])
        self.end: mn.VMobject = stage.put(line(ends, 8.0), stage.hotness_rgb(1.0), bleeds=True)

    def lay(self, n: float, reached: float, opacity: float) -> None:
        """Show it up to where the point has been, and the point at n spins above."""
        x, farthest = (self._box.left + self._box.width * each / PARTICLES for each in (n, reached))
        self.hill.lay(x, n / PARTICLES, farthest, opacity)
        self.end.stroke_rgbas[:, 3] = 0.75 * opacity


class PairReadings:
    """What each pair of three levels tells: a bracket from level to level with its temperature."""

    def __init__(self, stage: Stage[Any], plates: Plates, left: float, column: float, size: float) -> None:
        self._stage, floors = stage, plates.floors
        self._brackets, self._readings = [], []
        for (low, high), name in zip(PAIRS, ("01", "12", "02"), strict=True):
            x = left + (column if high - low > 1 else 0.0)
            gap = 0.12
            bottom, top = floors[low] + gap, floors[high] - gap
            points = corners([[x - 0.2, bottom, 0], [x, bottom, 0], [x, top, 0], [x - 0.2, top, 0]])
            self._brackets.append(stage.put(line(points, 7.0)))
            at = [x + 0.22, (bottom + top) / 2 - 0.15, 0]
            self._readings.append(stage.readout(f"T of levels {name}", at, size, largest=size))
        self.parts = (*self._brackets, *self._readings)

    def lay(self, T_mK: ArrayLike, hotness: NDArray[np.float64]) -> None:
        """Show the temperature of each pair, in the colour of its coldness."""
        rows = zip(self._brackets, self._readings, np.asarray(T_mK).tolist(), hotness.tolist(), strict=True)
        for bracket, reading, T, hot in rows:
            rgb = self._stage.hotness_rgb(hot)
            paint(bracket, rgb)
            paint(reading, rgb)
            reading.write(self._stage.quantity("spin_temperature", T * 1e-3))


class Wall:
    """A closed wall round something that is left alone."""

    def __init__(self, stage: Stage[Any], box: Box, width: float = 9.0) -> None:
        self.outline: mn.VMobject = stage.put(
            line(rectangle(box.left, box.right, box.bottom, box.top), width), hex_rgb(stage.theme.ink)
        )


def seats(box: Box, columns: int, number: int) -> tuple[NDArray[np.float64], float]:
    """Return seats in rows from the top of a box, shape (n, 2), and the radius of who sits there."""
    rows = -(-number // columns)
    pitch = min(box.width / columns, box.height / rows)
    column, row = np.arange(number) % columns, np.arange(number) // columns
    middle = np.array([(box.left + box.right) / 2, (box.bottom + box.top) / 2])
    local = np.stack([column - (columns - 1) / 2, (rows - 1) / 2 - row], axis=1)
    return middle + pitch * local, 0.47 * pitch


class Drained:
    """Quanta on their way from spins to atoms of a gas."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._stage = stage
        self._sparks: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)

    def lay(
        self,
        quanta: tuple[tuple[int, int, float], ...],
        spins: NDArray[np.float64],
        atoms: NDArray[np.float64],
        size: float,
        opacity: float,
    ) -> None:
        """Show quanta between spins, and from a spin to an atom where the taker is outside."""
        places, sizes = [], []
        for giver, taker, way in quanta:
            here = spins[giver]
            there = spins[taker] if taker >= 0 else atoms[giver % len(atoms)]
            share = way * way * (3 - 2 * way)
            places.append(here + share * (there - here) + [0, 0.5 * way * (1 - way) * abs(there[0] - here[0])])
            sizes.append((0.8 if taker >= 0 else 1.15) * size * np.sqrt(np.sin(np.pi * way)))
        at = np.array(places).reshape(-1, 2)
        self._sparks.lay(at, sizes or 0.0, self._stage.hotness_rgb(0.93), opacity)
