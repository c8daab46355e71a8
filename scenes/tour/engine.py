"""A three-level maser between a hot and a cold bath: who hops when, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.motion import ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, dashed, line, paint
from explainer.stage.sprites import Sprites, ball, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from physics.examples import PARTICLES
from physics.examples_tour import BATHS_K, carnot_ratio
from scenes.protons import BALL_SHARE, Crowd, is_dark

HOP_S = 0.36
"""Time in which an atom is shown to hop."""

STEPS_PER_S = 30
"""Steps of the hopping in a second of the film."""

RATE_PER_S = 0.45
"""Hops of an atom a second, either way, before what the bath's temperature does to them."""

SIGNAL_PER_S = 0.04
"""Rate of an upper atom's stimulated hop, while the pair amplifies."""

_SEED = 1959
_FLIGHT_S = 0.7
_QUIET = 1.75  # at the top of either bath, where its temperature stands
_HOT = 0.97


def bath_coldness() -> tuple[float, float]:
    """Return the coldness of the hot and the cold bath, times the pump's quantum, which is k times the hot one's."""
    hot, cold = BATHS_K
    return 1.0, hot / cold


def equilibrium_shares(ratio: float) -> NDArray[np.float64]:
    """Return the shares of atoms on the levels 1, 2, 3, each bath having settled its pair."""
    hot, cold = bath_coldness()
    weights = np.array([1.0, np.exp(-hot + cold * (1 - ratio)), np.exp(-hot)])
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


@dataclass(frozen=True)
class Hop:
    """A hop under way: the atom, the levels (0 to 2) that it goes from and to, and its age in s."""

    atom: int
    origin: int
    target: int
    age_s: float


class Hops:
    """Hops of a hundred atoms, each lifted or dropped by its bath as detailed balance has it."""

    def __init__(self, ratio: Callable[[float], float], fps: float, start_s: float, stop_s: float) -> None:
        rng = np.random.default_rng(_SEED)
        shares = equilibrium_shares(ratio(start_s * fps))
        level = rng.permutation(np.searchsorted(np.cumsum(shares), (np.arange(PARTICLES) + 0.5) / PARTICLES))
        self._start, self._start_s = level.copy(), start_s
        events: list[tuple[float, int, int, int]] = []
        rest = np.zeros(PARTICLES)
        hot, cold = bath_coldness()
        for now in np.arange(start_s, stop_s, 1 / STEPS_PER_S):
            share = ratio(now * fps)
            gap = cold * (1 - share)
            rates = np.zeros((3, 3))
            rates[0, 2], rates[2, 0] = np.exp(-hot / 2), np.exp(hot / 2)
            rates[1, 2], rates[2, 1] = np.exp(-gap / 2), np.exp(gap / 2)
            rates *= RATE_PER_S
            rates[1, 0] = SIGNAL_PER_S if share < carnot_ratio() else 0.0
            drawn = rng.random((PARTICLES, 2))
            for atom in np.flatnonzero(now > rest).tolist():
                odds = np.cumsum(rates[level[atom]]) / STEPS_PER_S
                if drawn[atom, 0] < odds[-1]:
                    target = int(np.searchsorted(odds, drawn[atom, 0], side="right"))
                    events.append((float(now), atom, int(level[atom]), target))
                    level[atom], rest[atom] = target, now + HOP_S
        self._events = events
        self._times = np.array([event[0] for event in events])

    def levels(self, clock: float) -> NDArray[np.int_]:
        """Return the level of each atom, 0 to 2, shape (N,); one that hops is where it goes to."""
        level = self._start.copy()
        for _, atom, _, target in self._events[: int(np.searchsorted(self._times, clock, side="right"))]:
            level[atom] = target
        return level

    def under_way(self, clock: float) -> tuple[Hop, ...]:
        """Return the hops that began a moment ago, quanta that still fly included."""
        first, last = np.searchsorted(self._times, [clock - HOP_S - _FLIGHT_S, clock], side="right")
        return tuple(Hop(atom, a, b, clock - at) for at, atom, a, b in self._events[first:last])


class Engine:
    """Three levels as wide lines, the atoms on them, a hot bath to the left and a cold one to the right.

    Args:
        stage: that it is put on.
        start: frame at which it comes.
        until: frame at which its words leave.
    """

    def __init__(self, stage: Stage[Any], start: float, until: float) -> None:
        self._stage, frame, wide = stage, stage.frame, stage.is_wide
        side, self._room = (2.9, 2.75) if wide else (0.95, 2.15)
        self._left, self._right = frame.left + side, frame.right - side - self._room
        self._low, self._high = frame.bottom + (0.3 if wide else 2.2), frame.top - (1.6 if wide else 3.4)
        self._seats, self._radius = self._seated()
        dark = is_dark(stage.theme)
        rng = np.random.default_rng(_SEED)
        number = 90
        self._bath = np.stack([rng.random(2 * number), rng.random(2 * number), rng.random(2 * number)], axis=1)
        self._glow: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._motes: Sprites = stage.put(Sprites(ball), bleeds=True)
        self._lines = [stage.put(line(np.zeros((0, 3)), 6.0), hex_rgb(stage.theme.muted)) for _ in range(3)]
        y = self.height(carnot_ratio())
        carnot = stage.put(
            dashed([self._left - 0.3, y, 0], [self._right + 0.3, y, 0], width=4.0), hex_rgb(stage.theme.ink)
        )
        self._crowd = Crowd(stage, ball, bleeds=True)
        self._sparks: Sprites = stage.put(Sprites(spark, additive=dark), bleeds=True)
        stage.appear(*self._lines, at=start, until=until)
        self._bracket = stage.put(line(np.zeros((0, 3)), 4.0), hex_rgb(stage.theme.ink))
        self._build_words(start, until, carnot)

    def height(self, share: ArrayLike) -> Any:
        """Return the height of a share, 0..1, of the pump's quantum over the lowest level."""
        return self._low + np.asarray(share, dtype=float) * (self._high - self._low)

    def lay(
        self,
        ratio: float,
        T_K: float,
        levels: NDArray[np.int_],
        hops: tuple[Hop, ...],
        clock: float,
        there: float,
        into: NDArray[np.float64],
        gone: float,
    ) -> None:
        """Show the maser as far as it is there; as it goes, its atoms gather at a place, shape (2,)."""
        stage, upper = self._stage, self._upper(T_K, ratio)
        if not len(levels):
            self._hide()
            return
        shares = np.array([0.0, ratio, 1.0])
        for shape, share in zip(self._lines, shares, strict=True):
            y = float(self.height(share))
            shape.points = corners([[self._left, y, 0], [self._right, y, 0]])
        for shape in self._lines[:2]:
            paint(shape, stage.hotness_rgb(upper))
        at = np.stack([self._seats[:, 0], self.height(shares[levels]) + self._seats[:, 1]], axis=1)
        for hop in hops:
            if hop.age_s < HOP_S:
                ends = self.height(shares[[hop.origin, hop.target]])
                way = float(ease_array(np.array(hop.age_s / HOP_S)))
                at[hop.atom, 1] = ends[0] + way * (ends[1] - ends[0]) + self._seats[hop.atom, 1]
        rgb = stage.hotness_rgb(np.array([1 - upper, upper, 0.3])[levels] * 0.9 + 0.05)
        places = at + gone * (into - at)
        size = self._radius / BALL_SHARE * (1 - 0.85 * gone)
        self._crowd.lay(places, size, np.array([0.35, 0.9, 1.0])[levels], rgb, opacity=there)
        self._lay_quanta(hops, at, shares, there * (1 - gone))
        self._lay_baths(clock, there * (1 - gone))
        self._T.write(stage.quantity("engine_pair", T_K))
        x, low, high = self._right + 0.12, float(self.height(0)) + 0.08, float(self.height(ratio)) - 0.08
        self._bracket.points = corners([[x, low, 0], [x + 0.2, low, 0], [x + 0.2, high, 0], [x, high, 0]])

    def _hide(self) -> None:
        for sprites in (self._glow, self._motes, self._crowd.light, self._crowd.bodies, self._sparks):
            sprites.lay(np.zeros((0, 2)), 0.1, (0.0, 0.0, 0.0))

    def _lay_quanta(
        self, hops: tuple[Hop, ...], at: NDArray[np.float64], shares: NDArray[np.float64], there: float
    ) -> None:
        """Quanta between the baths and the atoms, and those of the signal, which fly out to the front."""
        stage, (hot, cold) = self._stage, bath_coldness()
        spots, colours, sizes, seen = [], [], [], []
        for hop in hops:
            x = self._seats[hop.atom, 0]
            y = float(self.height(shares[[hop.origin, hop.target]]).mean()) + self._seats[hop.atom, 1]
            way = float(np.clip(hop.age_s / (HOP_S + _FLIGHT_S), 0.0, 1.0))
            if {hop.origin, hop.target} == {0, 1}:
                spots.append([x + (way - 0.0) * 2.2 * np.sin(hop.atom), y + 5.0 * way**1.5 * np.cos(3.0 * hop.atom)])
                colours.append(stage.hotness_rgb(_HOT))
                sizes.append(0.5 + 0.8 * way)
                seen.append(1 - way**2)
                continue
            is_hot = {hop.origin, hop.target} == {0, 2}
            edge = self._left - 0.5 if is_hot else self._right + self._room + 0.5
            depth, up = np.mod(hop.atom * np.array([0.618, 0.382]), 1.0)
            bath = np.array([edge + (-1.2 if is_hot else 1.2) * depth, self.height(0.1 + 0.9 * up)])
            share = 1 - way if hop.target == 2 else way
            spots.append((np.array([x, y]) + share * (bath - [x, y])).tolist())
            colours.append(stage.hotness_rgb(1 / (1 + np.exp(hot if is_hot else cold))))
            sizes.append(0.34)
            seen.append(np.sin(np.pi * way) ** 0.5)
        rgb = np.array(colours).reshape(-1, 3)
        self._sparks.lay(np.array(spots).reshape(-1, 2), np.array(sizes), rgb, there * np.array(seen))

    def _lay_baths(self, clock: float, there: float) -> None:
        """Either bath: motes that jostle, the faster the hotter, in their glow."""
        stage, frame = self._stage, self._stage.frame
        number = len(self._bath) // 2
        width = self._left - frame.left - 0.3
        places, colours, lights = [], [], []
        for side, coldness in zip((-1, 1), bath_coldness(), strict=True):
            rgb = stage.hotness_rgb(1 / (1 + np.exp(coldness)))
            a, b, c = self._bath[:number].T if side < 0 else self._bath[number:].T
            pace = 6.0 / np.sqrt(coldness)
            edge = frame.left if side < 0 else frame.right
            x = edge - side * (width * a + 0.22 * np.sin(pace * (1 + c) * clock + 9 * b))
            y = frame.bottom + (frame.height - _QUIET) * b + 0.22 * np.cos(pace * (1.3 + a) * clock + 9 * c)
            places.append(np.stack([x, y], axis=1))
            colours.append(np.tile(rgb, (number, 1)))
            lights.append((edge, rgb))
        self._motes.lay(np.concatenate(places), 0.12, np.concatenate(colours), 0.9 * there)
        spots = [[edge, y] for edge, _ in lights for y in np.linspace(frame.bottom, frame.top, 5)]
        rgb = np.repeat([each for _, each in lights], 5, axis=0)
        self._glow.lay(np.array(spots), 1.5 * width, rgb, np.repeat([0.42, 0.3], 5) * there)

    @staticmethod
    def _upper(T_K: float, ratio: float) -> float:
        """Share of the pair's atoms that are on its upper level, which is its place between coldest and hottest."""
        return float(1 / (1 + np.exp(ratio * BATHS_K[0] / T_K)))

    def _seated(self) -> tuple[NDArray[np.float64], float]:
        """Seat every atom over any level, in rows as large as may be."""
        width, height = self._right - self._left, 0.26 * (self._high - self._low)
        tall, rows = max((min(width / -(-PARTICLES // rows), height / rows), rows) for rows in range(1, 26))
        columns = -(-PARTICLES // rows)
        index = np.arange(PARTICLES)
        step = width / columns
        x = self._left + step * (index % columns + 0.5)
        return np.stack([x, tall * (index // columns + 0.6)], axis=1), 0.42 * tall

    def _build_words(self, start: float, until: float, carnot: Any) -> None:
        stage, area, frame, wide = self._stage, self._stage.area, self._stage.frame, self._stage.is_wide
        size, top = 56.0 if wide else 44.0, area.top - 0.65
        inset = 1.55 if wide else 1.05
        for name, x, T_K in (("hot", frame.left + inset, BATHS_K[0]), ("cold", frame.right - inset, BATHS_K[1])):
            readout = stage.readout(f"T of the {name} bath", [x, top, 0], size, centred=True)
            readout.write(stage.quantity("bath", T_K))
            stage.appear(
                readout,
                at="fourlevel.engine:hot" if name == "hot" else stage.at("fourlevel.engine:hot", 0.5),
                until=until,
            )
        y = float(self.height(carnot_ratio()))
        words = stage.text(
            "fourlevel.carnot", [self._right + 0.5, y, 0], BODY, "ink", [-1, 0, 0], widest=self._room - 0.45
        )
        stage.appear(carnot, words, at=stage.at("fourlevel.engine:hot", 1.4), until=until)
        low = max(float(self.height(0.08)), area.bottom + 0.2)  # room for a comma
        size = 50.0 if wide else 36.0
        self._T = stage.readout("T of the signal pair", [self._right + 0.45, low, 0], size, largest=size)
        stage.appear(self._T, self._bracket, at=stage.at("fourlevel.engine:hot", 0.8), until=until)
