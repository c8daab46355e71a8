"""Two bodies of protons in contact: how heat and entropy go, where the protons sit, and what is read of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import k as K_B

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, fill_shape
from explainer.stage.sprites import Sprites, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, SMALL
from explainer.stage.view import View
from physics.contact import relax
from physics.examples import COLD_BODY, COLD_X, CONTACT_WATCHED, DELTA_E_J, HOT_BODY, HOT_X, PARTICLES
from scenes.axes import hotness
from scenes.minute import seams
from scenes.minute.bodies import HOT
from scenes.protons import is_dark

_STEPS = 361
_GAP = 0.45  # that either body is away at first
_BORDER_LIGHTS = 4


@dataclass(frozen=True)
class Warmth:
    """The bodies at a moment: coldness beta dE of each, protons above, heat still to flow (1 to 0), entropy gained."""

    x_hot: float
    x_cold: float
    above_hot: float
    heat: float
    entropy_gain_over_k: float


class Heat:
    """The course of the contact, from touch to equilibrium, by the share of the heat that has flowed."""

    def __init__(self) -> None:
        self.moved: NDArray[np.float64] = np.linspace(0.0, 1.0, _STEPS)
        elapsed = -np.log1p(self.moved * np.expm1(-CONTACT_WATCHED))
        run = relax(HOT_BODY, COLD_BODY, HOT_X / DELTA_E_J, COLD_X / DELTA_E_J, tau_s=1.0, t_s=elapsed)
        energy = run.energy_a_J
        self.gain_over_k: NDArray[np.float64] = (run.entropy_total_J_per_K - run.entropy_total_J_per_K[0]) / K_B
        self._columns = (
            run.beta_a_per_J * DELTA_E_J,
            run.beta_b_per_J * DELTA_E_J,
            energy / DELTA_E_J,
            (energy - energy[-1]) / (energy[0] - energy[-1]),
            self.gain_over_k,
        )

    def at(self, moved: float) -> Warmth:
        """Return the bodies after a share of the heat, 0..1, has flowed."""
        return Warmth(*(float(np.interp(moved, self.moved, column)) for column in self._columns))


class ContactPicture:
    """Where the two bodies are, their temperatures, the heat between them, and the curve of their total entropy.

    Args:
        stage: that it is put on.
        axis_y: height of the axis of coldness, which it lies under.
        flow: frame from which heat flows.
        even: frame at which both are equally hot.
        quiet: frame by which the words are gone.
    """

    def __init__(self, stage: Stage[Any], axis_y: float, flow: float, even: float, quiet: float) -> None:
        self._stage = stage
        self._seats, self._radius = seams.atom_seats(stage)
        (left, low), (right, high) = self._seats.min(axis=0), self._seats.max(axis=0)
        rows = len(np.unique(self._seats[:, 1].round(6)))
        pitch = (high - low) / (rows - 1)
        width, height = right - left + pitch, high - low + pitch
        room = self._room()
        self._zoom = min(room.width / width, room.height / height)
        self._middle = (float(room.at(0.5, 0)[0]), room.top - self._zoom * height / 2)
        self._sides = tuple(self._middle[0] + side * self._zoom * width / 2 for side in (-1, 1))
        self._centre = ((left + right) / 2, (low + high) / 2)
        border = left - pitch / 2 + width * HOT / PARTICLES
        self._border = np.array([[border, y] for y in np.linspace(low, high, _BORDER_LIGHTS)])
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        seen = float(self._view(0.0)([border, room.top])[0])
        if seams.is_square(stage):
            self._build_beside(seen, room, flow, even, quiet)
        else:
            self._build_above(seen, room.top, axis_y, flow, even, quiet)

    def _room(self) -> Box:
        """Return where the bodies lie: above the captions where the picture has them, else down to the frame's edge."""
        stage, area = self._stage, self._stage.area
        captioned = stage.show.composed.captioned
        bottom = area.bottom if captioned else -mn.config.frame_height / 2 + 0.12
        if seams.is_square(stage):
            return Box(area.left + 0.2, area.at(0.58, 0)[0], bottom, 0.6 if captioned else 0.15)
        wide, tall = (-0.3, 1.4) if captioned else (-0.5, 0.2)
        return Box(area.left + 0.05, area.right - 0.05, bottom, wide if stage.is_wide else tall)

    def _build_above(self, border: float, top: float, axis_y: float, flow: float, even: float, quiet: float) -> None:
        """Set the temperatures with the arrow between them over the bodies, and the curve over those."""
        area, wide = self._stage.area, self._stage.is_wide
        left, right = self._sides
        hot_x = (left + border) / 2 if wide else area.left + 1.25
        cold_x = (right + border) / 2 if wide else area.right - 1.25
        y = top + 0.38
        between = float(np.clip(border, hot_x + 2.25, max(cold_x - 2.25, hot_x + 2.25)))
        middle = between if wide else (hot_x + cold_x) / 2
        self._build_temperatures(hot_x, cold_x, y, 48.0 if wide else 42.0, quiet)
        self._build_arrow(middle, y + 0.12, flow, even)
        box = Box(area.left + 0.2, area.right - 0.2, top + 1.3, axis_y - 0.65)
        self._build_curve(box, [box.right, box.bottom - 0.05, 0], mn.DR, 0.6 * box.width, flow, quiet)

    def _build_beside(self, border: float, room: Box, flow: float, even: float, quiet: float) -> None:
        """Set the arrow over the temperatures over the bodies, and the curve beside them."""
        area, y = self._stage.area, room.top + 0.38
        self._build_temperatures(area.left + 1.2, room.right - 1.0, y, 38.0, quiet)
        self._build_arrow(border, y + 0.9, flow, even)
        box = Box(room.right + 0.65, area.right - 0.2, area.bottom + 0.85, y + 0.9)
        self._build_curve(box, [box.right, area.bottom + 0.08, 0], mn.DR, box.width + 0.2, flow, quiet)

    def _build_temperatures(self, hot_x: float, cold_x: float, y: float, size: float, quiet: float) -> None:
        stage = self._stage
        self._temperatures = [
            stage.readout(f"T of body {name}", [x, y, 0], size, centred=True, largest=52.0 if stage.is_wide else size)
            for name, x in (("hot", hot_x), ("cold", cold_x))
        ]
        stage.appear(*self._temperatures, at=stage.at("ordering.contact", 0.35), until=quiet)

    def _build_arrow(self, middle: float, y: float, flow: float, even: float) -> None:
        stage = self._stage
        tail, tip = ([middle + side, y, 0] for side in (-0.8, 0.8))
        shaft = stage.put(fill_shape(arrow(tail, tip, 0.12, 0.36)), hex_rgb(stage.theme.ink))
        name = stage.text("ordering.heat", [middle, y + 0.43, 0], SMALL * 1.15, widest=1.7)
        stage.appear(shaft, name, at=flow - 0.1 * stage.show.fps, until=even)

    def _build_curve(
        self, box: Box, corner: list[float], edge: NDArray[np.float64], widest: float, flow: float, quiet: float
    ) -> None:
        stage, heat = self._stage, Heat()
        up = box.bottom + box.height * heat.gain_over_k / heat.gain_over_k[-1]
        self._moved, across = heat.moved, box.left + box.width * heat.moved
        self._points = np.stack([across, up, np.zeros_like(up)], axis=1)
        self._curve: Trace = stage.put(Trace(self._moved, self._points, 10.0), hex_rgb(stage.theme.ink))
        self._tip: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)))
        name = stage.text("ordering.total_entropy", corner, BODY, "muted", edge, widest=widest)
        stage.appear(self._curve, self._tip, name, at=flow, until=quiet)

    def seats(self, apart: float, settled: float) -> NDArray[np.float64]:
        """Return where the protons are, shape (N, 2).

        Args:
            apart: share of the first distance between the bodies, 0..1.
            settled: share of the way to the seats of the laser's atoms, 0..1.
        """
        seats = self._view(settled)(self._seats)
        seats[:, 0] += apart * _GAP * np.where(np.arange(PARTICLES) < HOT, -1.0, 1.0)
        return seats

    def boxes(self, apart: float, settled: float) -> dict[str, Box]:
        """Return the box of either body, arguments as for `seats`."""
        seats, radius = self.seats(apart, settled), self.radius(settled)
        boxes = {}
        for name, own in (("hotter body", seats[:HOT]), ("colder body", seats[HOT:])):
            (left, low), (right, high) = own.min(axis=0) - radius, own.max(axis=0) + radius
            boxes[name] = Box(float(left), float(right), float(low), float(high))
        return boxes

    def radius(self, settled: float) -> float:
        """Return how large a proton is."""
        return self._view(settled).zoom * self._radius

    def lay(self, T_mK: tuple[float, float], x: tuple[float, float], heat: float, settled: float, told: float) -> None:
        """Show temperature and coldness of the hotter and the colder body, and the heat that is still to flow."""
        stage = self._stage
        for readout, T in zip(self._temperatures, T_mK, strict=True):
            readout.write(stage.quantity("body_temperature", T * 1e-3))
        self._curve.draw_to(1 - heat)
        at = [np.interp(1 - heat, self._moved, column) for column in self._points.T]
        rgb = stage.hotness_rgb(float(np.mean(hotness(x))))
        self._tip.lay([at], 0.45, rgb, told)
        flowing = float(np.clip(10 * min(heat, 1 - heat), 0.0, 1.0))
        self._light.lay(self._view(settled)(self._border), 1.1, rgb, 0.22 * flowing)

    def _view(self, settled: float) -> View:
        x, y = (float(there + (here - there) * settled) for there, here in zip(self._middle, self._centre, strict=True))
        return View(self._zoom ** (1 - settled), self._centre, (x, y))


class Quanta:
    """Quanta on their way from proton to proton, those that cross the border larger."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._sparks: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)

    def lay(
        self,
        quanta: Iterable[tuple[int, int, float]],
        seats: NDArray[np.float64],
        radius: float,
        rgb: NDArray[np.float64],
        opacity: float,
    ) -> None:
        """Show quanta, (giver, taker, share of the way), between protons of a size at seats, in the giver's colour."""
        table = np.array(quanta, dtype=float).reshape(-1, 3)
        giver, taker, way = table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2]
        places = between(seats[giver], seats[taker], way)
        places[:, 1] += 0.5 * way * (1 - way) * np.abs(seats[taker, 0] - seats[giver, 0])
        across = (giver < HOT) != (taker < HOT)
        size = np.where(across, 1.35, 0.7) * radius * np.sqrt(np.sin(np.pi * way))
        self._sparks.lay(places, size, rgb[giver], opacity)


def between(here: Any, there: ArrayLike, way: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points, shape (n, 2), or sizes, shape (n,), each a share of its own, 0..1, on the way."""
    share = way[:, None] if np.ndim(here) == 2 else way
    result: NDArray[np.float64] = here + (np.asarray(there) - np.asarray(here)) * share
    return result
