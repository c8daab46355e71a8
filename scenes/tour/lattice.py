"""Segment 7 of the tour: atoms in motion, in a band with a top; signs are turned, and momentum turns inside out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import Track
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, dashed, fill_shape, line, paint
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics import bose, lattice
from physics.coldness import temperature_from_beta
from physics.examples_tour import LATTICE_T_IN_J, hopping_J
from physics.two_level import upper_fraction
from scenes.protons import is_dark
from scenes.tour.light import LightCrystal, hops
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState

DOTS = 72
_SWING = 1.6 / DOTS  # of a dot about its share of the distribution
_GRID = 721
_SEED = 5
_BEYOND = (-4.0, 14.0)  # sites outside the frame, where those go that slide down the hill
_COLD = 1 / abs(LATTICE_T_IN_J)  # beta J


@dataclass(frozen=True)
class LatticeState:
    """What a frame shows."""

    beta_J: float
    """Coldness times the hopping J."""
    qd: tuple[float, ...]
    """Quasimomentum times lattice constant of each dot, -pi to pi."""
    energy_over_J: tuple[float, ...]
    T_nK: float
    sites: tuple[float, ...]
    """Where the atoms are in the light, counted in sites."""
    trap: float
    force: float
    crystal: float
    """How much of the light and its atoms is seen."""
    band: float
    """How much of the band is seen."""
    told: float
    """How much of the temperature is seen."""
    signs: float
    """How much of the two pictures of stability is seen."""
    stable: tuple[bool, bool]
    """Whether attracting atoms on a hill are stable at positive and at negative temperature."""
    slid: float
    """How far those that are not have run together, 0..1."""
    swing: float
    thermometer: ThermometerState


@cache
def _quantiles(beta_J: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (share below, qd) of the distribution of quasimomentum over the band."""
    qd = np.linspace(-np.pi, np.pi, _GRID)
    density = lattice.quasimomentum_density(qd, beta_J, 1.0)
    below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return below / below[-1], qd


class Lattice(Stage[LatticeState]):
    """The crystal of light across the frame, and the band with atoms along it."""

    def build(self) -> None:
        self._plan()
        area = self.area
        half = mn.config.frame_width / 2
        self._crystal = LightCrystal(self, -half - 0.3, half + 0.3, area.at(0, 0.42)[1], 0.5 * area.height)
        middle, gap = area.at(0.5, 0)[0], 0.5
        y, height = area.at(0, 0.38)[1], 0.4 * area.height
        wide = self.is_wide
        parts = (
            ((area.left, middle - gap / 2, y), (middle + gap / 2, area.right, y))
            if wide
            else ((area.left, area.right, area.at(0, 0.7)[1]), (area.left, area.right, area.at(0, 0.22)[1]))
        )
        height = height if wide else 0.26 * area.height
        self._pair = [LightCrystal(self, left, right, low, height) for left, right, low in parts]
        self._names = []
        for part, notation in zip(parts, ("T > 0", "T < 0"), strict=True):
            top = part[2] + (0.52 * area.height if wide else 0.24 * area.height)
            name = self.formula(notation, [(part[0] + part[1]) / 2, top, 0], HEADING)
            self.appear(name, at="lattice.stable", until=self._closing)
            self._names.append(name)
        self._build_band()
        self.thermometer = LongThermometer(self, "lattice")
        rng = np.random.default_rng(_SEED)
        self._pace, self._phase = rng.uniform(1.5, 4.0, DOTS), rng.uniform(0, 2 * np.pi, DOTS)

    def _plan(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        self._closing = end - (CLOSING_S + 0.15) * fps
        top, turned, out, stable = at("lattice.band:top"), at("lattice.turned"), at("lattice.out"), at("lattice.stable")
        fade = 0.35 * fps
        self._seen = Track(
            (
                (0.35 * fps, 0.0),
                (0.35 * fps + fade, 1.0),
                (top - 1.3 * fps, 1.0),
                (top - 1.3 * fps + fade, 0.0),
                (turned - fade, 0.0),
                (turned, 1.0),
                (out + 0.3 * fps, 1.0),
                (out + 0.3 * fps + fade, 0.0),
            )
        )
        self._banded = Track(
            (
                (top - 1.2 * fps, 0.0),
                (top - 1.2 * fps + fade, 1.0),
                (turned - fade, 1.0),
                (turned - 0.1 * fps, 0.0),
                (out + 0.4 * fps, 0.0),
                (out + 0.4 * fps + fade, 1.0),
                (stable - 0.45 * fps, 1.0),
                (stable - 0.1 * fps, 0.0),
            )
        )
        cold = at("lattice.cold", 0.0)
        # Deep in the valleys every momentum is as likely; set free again, they go to the other end.
        self._beta = Track(
            (
                (cold - 0.4 * fps, 0.0),
                (at("lattice.cold:momentum"), _COLD),
                (turned, _COLD),
                (turned + 0.2 * fps, 0.0),
                (at("lattice.out:out", -0.9), 0.0),
                (at("lattice.out:out", 0.7), -_COLD),
            )
        )
        self._force = Track(
            (
                (turned - 0.1 * fps, 0.0),
                (turned + 0.4 * fps, 1.0),
                (at("lattice.turned:pull", 0.3), -1.0),
                (out, -1.0),
                (out + fade, 0.0),
            )
        )
        self._trap = Track(
            (
                (turned - fade, 0.0),
                (turned + fade, 1.0),
                (at("lattice.turned:pull"), 1.0),
                (at("lattice.turned:hill", 0.3), -1.0),
            )
        )
        self._told = Track(((at("lattice.negative:negative", -0.5), 0.0), (at("lattice.negative:negative"), 1.0)))
        self._signs = Track(
            (
                (stable - 0.2 * fps, 0.0),
                (stable + 0.2 * fps, 1.0),
                (self._closing - fade, 1.0),
                (self._closing, 0.0),
            )
        )
        self._slid = Track(((stable + 0.8 * fps, 0.0), (at("lattice.stable:stable"), 1.0)))
        frozen = ((turned - fade) / fps, (out + fade) / fps)
        self._hops = hops(end / fps, (frozen,))

    def _build_band(self) -> None:
        area = self.area
        self._band_box = area.inset(left=0.2, right=0.2, bottom=0.36 * area.height, top=0.55)
        self._spread_box = area.inset(left=0.2, right=0.2, bottom=-0.9, top=0.72 * area.height)
        muted, faint = hex_rgb(self.theme.muted), hex_rgb(self.theme.faint)
        qd = np.linspace(-np.pi, np.pi, 121)
        self._limits = [
            self.put(dashed(*(self._on_band(np.array([q]), np.array([e]))[0] for q in (-np.pi, np.pi))), faint)
            for e in (-2.0, 2.0)
        ]
        self._spread: mn.VMobject = self.put(fill_shape(np.zeros((0, 3))))
        self._curve: mn.VMobject = self.put(
            line(corners(self._on_band(qd, lattice.band_energy_J(qd, 1.0))), 7.0), muted
        )
        self._light: Sprites = self.put(Sprites(glow, additive=is_dark(self.theme)), bleeds=True)
        self._dots: Sprites = self.put(Sprites(ball), bleeds=True)
        box = self._band_box
        self._words = [
            self.text("lattice.top", [0, box.top + 0.02, 0], BODY, "muted", mn.DOWN),
            self.text("lattice.bottom", [0, box.bottom - 0.3, 0], BODY, "muted", mn.UP),
            self.text("lattice.momentum", [area.right, self._spread_box.top + 0.02, 0], BODY, "muted", mn.UR),
        ]
        at = [0, self._band_box.at(0, 0.5)[1] + (0.1 if self.is_wide else 1.0), 0]
        self._reading = self.readout("T", at, 1.3 * TITLE if self.is_wide else TITLE, centred=True)

    def _on_band(self, qd: NDArray[np.float64], energy_over_J: NDArray[np.float64]) -> NDArray[np.float64]:
        box = self._band_box
        x = box.left + box.width * (qd / (2 * np.pi) + 0.5)
        y = box.bottom + box.height * (energy_over_J + 2) / 4
        return np.stack([x, y, np.zeros_like(x)], axis=-1)

    # Frames ----------------------------------------------------------------------------------------------------------

    def state(self, frame: int) -> LatticeState:
        time_s = frame / self.show.fps
        beta = round(self._beta(frame), 5) + 0.0
        below, grid = _quantiles(beta)
        share = (np.arange(DOTS) + 0.5) / DOTS + _SWING * np.sin(self._pace * time_s + self._phase)
        qd = np.interp(np.clip(share, 0, 1), below, grid)
        return LatticeState(
            beta_J=beta,
            qd=tuple(qd.tolist()),
            energy_over_J=tuple(lattice.band_energy_J(qd, 1.0).tolist()),
            T_nK=1e9 * float(temperature_from_beta(beta / hopping_J())),
            sites=tuple(self._hops.sites(time_s).tolist()),
            trap=self._trap(frame),
            force=self._force(frame),
            crystal=self._seen(frame),
            band=self._banded(frame),
            told=self._told(frame),
            signs=self._signs(frame),
            stable=(bool(bose.is_stable(-1, -1, 1)), bool(bose.is_stable(-1, -1, -1))),
            slid=self._slid(frame),
            swing=5.0 * time_s,
            thermometer=self.thermometer.at_frame(frame),
        )

    def draw(self, state: LatticeState) -> None:
        self.thermometer.lay(state.thermometer)
        hotness = float(upper_fraction(4 * state.beta_J, 1.0))
        sites = np.array(state.sites)
        depth = 0.75 + 0.25 * abs(state.force)
        self._crystal.lay(sites, depth, state.trap, state.force, hotness, state.crystal, state.swing)
        for picture, stable, sign in zip(self._pair, state.stable, (1, -1), strict=True):
            slid = 0.0 if stable else state.slid
            place = float(upper_fraction(4 * sign * _COLD, 1.0))
            tremble = 0.06 * np.sin(state.swing * (1.1 + 0.2 * np.arange(len(sites))))
            run = np.where(sites < 5, *_BEYOND) - sites
            picture.lay(
                sites + tremble * (1 - slid) + slid * run,
                1.0,
                -1.0,
                -1.0 + slid,
                place,
                state.signs,
                state.swing,
            )
        for name, stable in zip(self._names, state.stable, strict=True):
            paint(name, hex_rgb(self.theme.ink if stable else self.theme.muted))
        self._draw_band(state, hotness)

    def _draw_band(self, state: LatticeState, hotness: float) -> None:
        seen, rgb = state.band, self.hotness_rgb(hotness)
        for mobject in (*self._limits, self._curve):
            mobject.stroke_rgbas[:, 3] = seen
        for word in self._words:
            word.fill_rgbas[:, 3] = seen * (1 - state.told * (word is not self._words[2]))
        qd, energy = np.array(state.qd), np.array(state.energy_over_J)
        places = self._on_band(qd, energy)
        radius = 0.15
        self._light.lay(places, 3.4 * radius, rgb, 0.4 * seen)
        self._dots.lay(places, radius, rgb, seen)
        grid = np.linspace(-np.pi, np.pi, 121)
        density = lattice.quasimomentum_density(grid, state.beta_J, 1.0)
        box = self._spread_box
        x = box.left + box.width * (grid / (2 * np.pi) + 0.5)
        y = box.bottom + box.height * density / 0.46
        outline = np.stack([x, y, np.zeros_like(x)], axis=1)
        foot = np.array([[box.right, box.bottom, 0], [box.left, box.bottom, 0]])
        self._spread.points = corners(np.concatenate([outline, foot, outline[:1]])) if seen > 0 else np.zeros((0, 3))
        paint(self._spread, rgb)
        self._spread.fill_rgbas[:, 3] = 0.75 * seen
        self._reading.write(self.quantity("lattice_temperature", 1e-9 * state.T_nK))
        paint(self._reading, rgb)
        self._reading.fill_rgbas[:, 3] = state.told * seen
