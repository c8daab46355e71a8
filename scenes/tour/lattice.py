"""Segment of the tour: atoms in a crystal of light, whose motion itself is brought to a negative temperature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Chebyshev

from explainer.stage.layout import Box
from explainer.stage.motion import Track
from explainer.stage.shapes import line
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, em
from physics.coldness import temperature_from_beta
from physics.examples_tour import LATTICE_DEPTH_RECOIL, LATTICE_T_IN_J, hopping_J
from physics.lattice import hopping_recoil
from physics.two_level import upper_fraction
from scenes.tour.band import DOTS, Band, momenta
from scenes.tour.hopping import hops, trades
from scenes.tour.lightwave import ATOMS, COLUMNS, DEEPEST_RECOIL, ROWS, LightLattice
from scenes.tour.signs import SIGNS, STABLE, SignPictures
from scenes.tour.thermometer import LongThermometer, ThermometerState

COLDNESS = 1 / abs(LATTICE_T_IN_J)
"""J/(kT) before the signs are turned; afterwards it is minus this."""

_HOPS_PER_S, _TRADES_PER_S = 1500.0, 30.0
_TRADE_REACH = 13
_READING = 76.0  # points
_SEED = 17
_DEGREE = 16  # of the polynomial that stands for the logarithm of the hopping, good to 1e-9


@dataclass(frozen=True)
class LatticeState:
    """What a frame shows: the lattice and its atoms, the band and the momenta, the signs."""

    clock: float
    """Time in s since the segment began."""
    depth_recoil: float
    """Depth of the light's valleys, in recoil energies."""
    hopping: float
    """J, as a share of that of the shallow lattice."""
    coldness: float
    """J/(kT)."""
    T_nK: float
    hotness: float
    """Between coldest and hottest: of the two edges of the band, the upper one's share of their atoms."""
    atoms: tuple[tuple[float, float], ...]
    """Column and ridge of each atom in the lattice."""
    ranks: tuple[float, ...]
    """Rank of each dot by its momentum; between two whole numbers while it trades with another."""
    qd: tuple[float, ...]
    """Momentum of each dot, times the lattice constant."""
    U: float
    V: float
    """Interaction and trap, as they are turned from 1 to -1."""
    forces: float
    """0..1 of the arrows of the interaction."""
    lattice: float
    far: float
    """0..1 of the lattice, and how far it has gone to the lower edge."""
    tall: float
    """1 while the band has the frame for itself, 0 while the momenta stand over it."""
    band: float
    drawn: float
    dotted: float
    told: float
    """0..1 of the band, of its line, of its dots, and of the distribution of momenta."""
    signs: tuple[tuple[int, int, int], ...]
    stable: tuple[bool, ...]
    """Signs of U, V and T of each picture of the end, and whether it is stable."""
    pictures: float
    risen: float
    opened: float
    fallen: float
    lit: float
    """0..1 of those pictures, of coming up, of standing side by side, of what falls, of the light round what stays."""
    thermometer: ThermometerState


class Lattice(Stage[LatticeState]):
    """Atoms hop in light; dots gather at the bottom of their band, and with the signs turned at its top."""

    def build(self) -> None:
        self._rgb = {sign: self.hotness_rgb(float(upper_fraction(sign * COLDNESS, 4.0))) for sign in (1, -1)}
        area = self.area
        band = Box(area.left + 0.2, area.right - 0.2, area.at(0, 0.16)[1], area.at(0, 0.56)[1])
        above = Box(band.left, band.right, area.at(0, 0.665)[1], area.at(0, 0.97)[1])
        # Each hopping is a differential equation solved: as many as a polynomial needs, not two a frame.
        depths = (LATTICE_DEPTH_RECOIL, DEEPEST_RECOIL)
        self._log_hopping = Chebyshev.interpolate(lambda depth: np.log(hopping_recoil(depth)), _DEGREE, depths)
        self._shallow_J = hopping_J()
        self._lattice = LightLattice(self)
        self._band = Band(self, band, above)
        before = self.put(line(self._band.distribution(COLDNESS), 5.0), self._rgb[1])
        self.appear(before, at=self.at("lattice.out:out", 0.0), until=self.at("lattice.negative:negative", -0.6))
        self._pictures = SignPictures(self, self._rgb)
        self.thermometer = LongThermometer(self, "lattice")
        self._goal = self.thermometer.head("lattice")
        self._build_motion()
        self._build_words(band, above)
        fps = self.show.fps
        seconds = self.show.frame_count / fps + 1
        self._hops = hops(
            COLUMNS, ROWS, ATOMS, lambda time_s: _HOPS_PER_S * self._hopping(time_s * fps) ** 2, seconds, _SEED
        )
        self._trades = trades(
            DOTS, lambda time_s: _TRADES_PER_S * self._hopping(time_s * fps), _TRADE_REACH, seconds, _SEED
        )

    def _build_words(self, band: Box, above: Box) -> None:
        area, wide = self.area, self.is_wide
        turned, out = self.at("lattice.turned", -0.1), self.at("lattice.out:out")
        last = self.at("lattice.stable", -0.3)
        high = Box(band.left, band.right, band.bottom, above.top)
        top = self.text("lattice.top", high.at(0.5, 1) - [0, 0.1, 0], BODY, "ink", np.array([0, 1, 0]), widest=4.0)
        bottom = self.text(
            "lattice.bottom", band.at(0.98, 0) + [0, 0.12, 0], BODY, "ink", np.array([1, -1, 0]), widest=2.6
        )
        law = self.formula("E = -2 J cos(q d)", high.at(0.5, 0.55), HEADING if wide else BODY)
        self.appear(law, at=self.at("lattice.band:top", -1.9), until=self.at("lattice.cold", 0.5))
        self.appear(top, at=self.at("lattice.band:top", -0.2), until=self.at("lattice.cold:momentum", -1.5))
        self.appear(bottom, at=self.at("lattice.band:top", -0.7), until=turned)
        again = self.text("lattice.top", band.at(0.5, 1) - [0, 0.1, 0], BODY, "ink", np.array([0, 1, 0]), widest=4.0)
        self.appear(again, at=out - 0.4 * self.show.fps, until=out + 0.9 * self.show.fps)
        told = self.at("lattice.negative:negative", -0.6)
        for shown, gone in ((self.at("lattice.cold:momentum", -0.3), turned), (out + self.show.fps, told)):
            under = above.at(0.5, 0) - [0, 0.32, 0]
            self.appear(self.text("lattice.momentum", under, BODY, "ink", widest=5.0), at=shown, until=gone)
        for x, names, mark in ((0.27, ("push", "pull"), "pull"), (0.73, ("bowl", "hill"), "hill")):
            at, widest = area.at(x, 0.94), 0.4 * area.width
            shown = self.at("lattice.turned", 1.2 if mark == "pull" else 1.5)
            changes = self.at(f"lattice.turned:{mark}")
            gone = self.at("lattice.out", -0.1)
            before, after = (self.text(f"lattice.{name}", at, HEADING, widest=widest) for name in names)
            self.appear(before, at=shown, until=changes - 0.1 * self.show.fps)
            self.appear(after, at=changes - 0.1 * self.show.fps, until=gone)
        size = _READING if wide else 0.62 * _READING
        middle = band.at(0.5, 0.77) if wide else above.at(0.5, 0.66)
        self._T = self.readout("T", middle + [0.75 * em(size), -0.34 * em(size), 0], size, centred=True)
        about = self.formula("T approx", middle - [1.15 * em(size), 0, 0], 0.72 * size, edge=np.array([1, 0, 0]))
        self.appear(self._T, about, at=self.at("lattice.negative:negative", -0.4), until=last)
        opened, end = self.at("lattice.stable:stable", -1.9), self._leaves
        self.appear(*self._pictures.names, at=opened, until=end)
        self.appear(*self._pictures.stable, at=self.at("lattice.stable:stable", -0.4), until=end)

    def _build_motion(self) -> None:
        fps, end = self.show.fps, float(self.show.frame_count)
        self._leaves = end - 1.7 * fps
        band, top, cold, momentum = "lattice.band", "lattice.band:top", "lattice.cold", "lattice.cold:momentum"
        turned, out, stable = "lattice.turned", "lattice.out", "lattice.stable"
        pull, hill, freed, told = (
            "lattice.turned:pull",
            "lattice.turned:hill",
            "lattice.out:out",
            "lattice.stable:stable",
        )
        self._depth = self.track(
            (turned, 0.2, LATTICE_DEPTH_RECOIL), (turned, 1.5, DEEPEST_RECOIL),
            (out, -0.1, DEEPEST_RECOIL), (out, 0.7, LATTICE_DEPTH_RECOIL),
        )  # fmt: skip
        self._coldness = self.track(
            (turned, 0.0, COLDNESS), (turned, 1.4, 0.0), (out, 0.6, 0.0), (freed, 0.15, -COLDNESS)
        )
        self._far = self.track(
            (band, 1.2, 0.0),
            (band, 2.5, 1.0),
            (turned, -0.2, 1.0),
            (turned, 0.8, 0.0),
            (out, -0.3, 0.0),
            (out, 0.7, 1.0),
        )
        self._seen = Track(
            ((0.4 * fps, 0.0), (1.0 * fps, 1.0), (self.at(stable, -0.6), 1.0), (self.at(stable, 0.1), 0.0))
        )
        self._banded = self.track(
            (turned, -0.3, 1.0),
            (turned, 0.3, 0.0),
            (out, 0.25, 0.0),
            (out, 0.75, 1.0),
            (stable, -0.6, 1.0),
            (stable, -0.1, 0.0),
        )
        self._drawn = self.track((band, 1.3, 0.0), (top, -0.2, 1.0))
        whole = min(self.at(cold, 1.5), self.at(momentum, -1.05))
        self._dotted = Track(((self.at(cold, -0.3), 0.0), (whole, 1.0)))
        self._tall = self.track((momentum, -1.7, 1.0), (momentum, -0.7, 0.0))
        self._told = self.track((momentum, -1.0, 0.0), (momentum, 0.15, 1.0))
        self._U = self.track((pull, -0.7, 1.0), (pull, 0.15, -1.0))
        self._V = self.track((hill, -1.0, 1.0), (hill, 0.15, -1.0))
        self._forces = self.track((turned, 0.9, 0.0), (turned, 1.5, 1.0), (out, -0.2, 1.0), (out, 0.2, 0.0))
        self._pictured = Track(((self._leaves, 1.0), (end - 0.85 * fps, 0.0)))
        self._risen = self.track((stable, -0.5, 0.0), (stable, 0.5, 1.0))
        self._opened = self.track((told, -2.9, 0.0), (told, -1.5, 1.0))
        self._fallen = self.track((told, -1.45, 0.0), (told, 0.0, 1.0))
        self._lit = Track(
            ((self.at(told, -0.5), 0.0), (self.at(told, 0.0), 1.0), (self._leaves, 1.0), (end - 1.2 * fps, 0.0))
        )

    def _hopping(self, frame: float) -> float:
        deep, shallow = self._log_hopping(np.array([self._depth(frame), LATTICE_DEPTH_RECOIL]))
        return float(np.exp(deep - shallow))

    def state(self, frame: int) -> LatticeState:
        clock, coldness, hopping = frame / self.show.fps, self._coldness(frame), self._hopping(frame)
        ranks = self._trades.at(clock)[:, 0]
        beta = coldness / (hopping * self._shallow_J)
        return LatticeState(
            clock=clock,
            depth_recoil=self._depth(frame),
            hopping=hopping,
            coldness=coldness,
            T_nK=1e9 * float(temperature_from_beta(beta)),
            hotness=float(upper_fraction(coldness, 4.0)),
            atoms=tuple((column, row) for column, row in self._hops.at(clock).tolist()),
            ranks=tuple(ranks.tolist()),
            qd=tuple(momenta(ranks, coldness).tolist()),
            U=self._U(frame),
            V=self._V(frame),
            forces=self._forces(frame),
            lattice=self._seen(frame),
            far=self._far(frame),
            tall=self._tall(frame),
            band=self._banded(frame),
            drawn=self._drawn(frame),
            dotted=self._dotted(frame),
            told=self._told(frame),
            signs=SIGNS,
            stable=STABLE,
            pictures=self._pictured(frame),
            risen=self._risen(frame),
            opened=self._opened(frame),
            fallen=self._fallen(frame),
            lit=self._lit(frame),
            thermometer=self.thermometer.at_frame(frame),
        )

    def draw(self, state: LatticeState) -> None:
        rgb = self.hotness_rgb(state.hotness)
        self._lattice.lay(
            state.atoms, state.clock, state.depth_recoil, state.V, state.U * state.forces, state.far, state.lattice, rgb
        )
        self._band.lay(
            state.tall,
            state.ranks,
            state.qd,
            state.coldness,
            state.hopping,
            state.drawn,
            state.dotted,
            state.told,
            state.band,
            rgb,
        )
        self._T.write(self.quantity("lattice_temperature", state.T_nK * 1e-9))
        self._pictures.lay(state.clock, state.risen, state.opened, state.fallen, state.lit, state.pictures, self._goal)
        self.thermometer.lay(state.thermometer)
