"""Four large levels across the frame, a hundred atoms that go round them, and the temperature of each pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line, paint
from explainer.stage.sprites import Sprites, ball, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import SMALL
from physics.examples import PARTICLES
from scenes.protons import BALL_SHARE, Crowd, is_dark
from scenes.tour.rounds import LEVELS, PHOTON_S, Photon

_SPEED = 7.5  # of light, scene units a second
_TRAIL, _TRAIL_S = 5, 0.035
_FLASH_S = 0.3
_WARMTH = (0.05, 0.12, 0.96, 0.96)
"""Colour of an atom on each level, between coldest and hottest; the pair that lases is inverted."""


class Levels:
    """The level diagram, drawn to scale.

    Args:
        stage: that it is put on.
        readings: labels of moments: when the temperatures of the pairs 0-1, 1-2, 2-3 appear, as frames.
        lit: frame from which the lasing pair shines.
        until: frame at which the diagram leaves.
    """

    def __init__(self, stage: Stage[Any], readings: Sequence[float], lit: float, until: float) -> None:
        self._stage, area, wide = stage, stage.area, stage.is_wide
        room = 3.5 if wide else 2.7
        self._left, self._right = stage.safe.left, area.right - room
        bottom, top = stage.frame.bottom + 0.3, area.top - (0.15 if wide else 0.2)
        self.y = [bottom + share * (top - bottom) for share in LEVELS]
        self._bottom, self._height = bottom, top - bottom
        self._radius, self._seats = self._seated()
        dark = is_dark(stage.theme)
        self._halo: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._lines = [self._level(y) for y in self.y]
        self._lead: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._atoms = Crowd(stage, ball, bleeds=True)
        self._light: Sprites = stage.put(Sprites(spark, additive=dark), bleeds=True)
        start = 0.4 * stage.show.fps
        for level in self._lines:
            stage.appear(level, at=start, until=until, fade_s=0.5)
        self._read(readings, lit, until)

    @property
    def leader(self) -> int:
        """The atom that the eye is led by: in the middle of the lowest row."""
        return int(np.argmin(np.abs(self._seats - [(self._left + self._right) / 2, -1.0]).sum(axis=1)))

    def at(self, heights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where atoms of these heights are, shape (N, 2)."""
        up = self._bottom + heights * self._height
        raised = self._seats[:, 1] * np.interp(heights, LEVELS, (1.0, 1.0, 1.0, 0.25))
        return np.stack([self._seats[:, 0], up + raised], axis=1)

    def hide(self) -> None:
        """Show none of what moves."""
        for sprites in (self._halo, self._lead, self._atoms.light, self._atoms.bodies, self._light):
            sprites.lay(np.zeros((0, 2)), 0.1, (0.0, 0.0, 0.0))

    def lay(
        self,
        heights: NDArray[np.float64],
        places: NDArray[np.float64],
        photons: Sequence[Photon],
        shining: float,
        lit: float,
        led: float,
        there: float,
        clock: float,
    ) -> None:
        """Show the atoms and their light.

        Args:
            heights: of the atoms, as shares of the highest level, shape (N,).
            places: where they are, shape (N, 2).
            photons: light under way.
            shining: how far light and the lasing pair are seen, 0..1.
            lit: how far the lasing pair is lit.
            led: how far the leader is larger than the others.
            there: how far the atoms are seen.
            clock: time in s.
        """
        warmth = np.interp(heights, LEVELS, _WARMTH)
        upness = np.interp(heights, LEVELS, (0.0, 0.25, 1.0, 1.0))
        sizes = np.full(PARTICLES, self._radius)
        sizes[self.leader] *= 1 + 0.9 * led
        self._atoms.lay(places, sizes / BALL_SHARE, upness, self._stage.hotness_rgb(warmth), opacity=there)
        self._lay_light(photons, shining, lit, led)
        lead = places[[self.leader]]
        self._lead.lay(lead, 6 * self._radius, hex_rgb(self._stage.theme.ink), 0.5 * led * there)
        self._lay_pair(lit * shining, clock)

    def _lay_light(self, photons: Sequence[Photon], there: float, lit: float, led: float) -> None:
        middle = (self.y[1] + self.y[2]) / 2
        far = self._right + (1 - lit) * (self._stage.frame.right + 1 - self._right)  # then numbers stand there
        spots, sizes, shares = [], [], []
        for photon in photons:
            seat, large = self._seats[photon.atom], 1 + led * (photon.atom == self.leader)
            y = middle + 1.6 * seat[1] - 0.6
            for ghost in range(_TRAIL):
                back = photon.age_s - ghost * _TRAIL_S
                if back >= 0:
                    x = seat[0] + photon.side * _SPEED * back
                    fade = (1 - (photon.age_s / PHOTON_S) ** 2) * np.clip((far - x) / 0.8, 0.0, 1.0)
                    spots.append([x, y + 0.1 * np.sin(24 * back)])
                    sizes.append(0.34 * large * (1 - 0.14 * ghost))
                    shares.append(fade * (1 - ghost / _TRAIL))
            if photon.age_s < _FLASH_S:
                spots.append([seat[0], y])
                sizes.append(large * (0.4 + 1.2 * photon.age_s))
                shares.append((1 - photon.age_s / _FLASH_S) ** 2)
        self._light.lay(
            np.array(spots).reshape(-1, 2), np.array(sizes), self._stage.hotness_rgb(0.97), there * np.array(shares)
        )

    def _lay_pair(self, lit: float, clock: float) -> None:
        stage, muted = self._stage, hex_rgb(self._stage.theme.muted)
        for index, hotness in ((1, _WARMTH[1]), (2, _WARMTH[2])):
            paint(self._lines[index], (1 - lit) * muted + lit * stage.hotness_rgb(hotness))
            self._lines[index].stroke_width = 5.0 + 5.0 * lit
        x = np.linspace(self._left, self._right, 9)
        breath = 0.2 + 0.03 * np.sin(2.4 * clock + np.arange(9))
        at = np.stack([x, np.full(9, self.y[2] + 0.3)], axis=1)
        self._halo.lay(at, 1.5, stage.hotness_rgb(_WARMTH[2]), lit * breath)

    def _level(self, y: float) -> mn.VMobject:
        shape: mn.VMobject = self._stage.put(
            line(corners([[self._left, y, 0], [self._right, y, 0]]), 5.0), hex_rgb(self._stage.theme.muted)
        )
        return shape

    def _seated(self) -> tuple[float, NDArray[np.float64]]:
        """Fit the hundred under the next level, in rows as large as may be: radius, and (x, height over the level)."""
        width, height = self._right - self._left, 0.9 * (self.y[1] - self.y[0])
        fits = [(min(width / -(-PARTICLES // rows), height / rows), rows) for rows in range(1, 26)]
        pitch, rows = max(fits)
        columns = -(-PARTICLES // rows)
        index = np.arange(PARTICLES)
        step = width / columns
        x = self._left + step * (index % columns + 0.5)
        return 0.42 * pitch, np.stack([x, pitch * (index // columns + 0.55)], axis=1)

    def _read(self, readings: Sequence[float], lit: float, until: float) -> None:
        """Brackets beside the pairs, with their temperatures, and a word at the levels that are nearly empty."""
        stage, area, wide = self._stage, self._stage.area, self._stage.is_wide
        ink = hex_rgb(stage.theme.ink)
        x = self._right + 0.12
        self.temperatures = []
        for pair, at in enumerate(readings):
            low, high = self.y[pair] + 0.09, self.y[pair + 1] - 0.09
            points = corners([[x, low, 0], [x + 0.2, low, 0], [x + 0.2, high, 0], [x, high, 0]])
            bracket = stage.put(line(points, 4.0), ink)
            size = (56.0 if wide else 40.0) if pair == 1 else (40.0 if wide else 36.0)
            y = max((low + high) / 2 - 0.15, area.bottom + 0.06)
            readout = stage.readout(f"T of pair {pair}", [x + 0.38, y, 0], size, largest=size)
            stage.appear(bracket, at=lit if pair == 1 else at, until=until)
            stage.appear(readout, at=at, until=until)
            self.temperatures.append(readout)
        for level in (1, 3):
            y = self.y[level] + (0.16 if level == 1 else -0.05)
            room = area.right - x - 0.4
            name = stage.text("fourlevel.empty", [x + 0.38, y, 0], SMALL, "muted", mn.LEFT, widest=room, largest=28.0)
            stage.appear(name, at=lit if level == 1 else readings[2], until=until)
