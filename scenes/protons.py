"""The hundred protons: what one looks like, how they turn over in time, and a crowd of them as mobjects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cairo
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.motion import ease_array
from explainer.stage.palette import Theme, hex_rgb, relative_luminance
from explainer.stage.sprites import Art, Rgb, Sprites, ball, glow
from explainer.stage.stage import Stage
from physics.exchange import OUTSIDE, Exchange

STEPS_PER_S = 30
"""Steps of an exchange in a second of the film, whatever its frame rate."""

HOP_S = 0.41
"""Time in which a proton turns over; half of it is no whole number of frames, so that none is seen exactly half-way."""

REST_STEPS = round(HOP_S * STEPS_PER_S) + 1
"""Steps that a proton stays as it is after its turn: it turns over once at a time."""

BALL_SHARE = 0.6
"""Radius of a proton's ball beside that of the whole, arrow and all."""

GLOW_RADII = 2.2
"""Radius of a proton's light beside its own."""

_DIM = 0.55  # of its colour, the rest being the background's, a proton in the lower level has
_GLOW_DARK, _GLOW_LIGHT = 0.42, 0.2


def spin(context: cairo.Context, rgb: Rgb, angle: float) -> None:  # type: ignore[type-arg]
    """Draw a ball with an arrow through it that points up, turned by an angle anticlockwise."""
    context.save()
    context.rotate(angle)
    context.set_source_rgb(*(0.25 + 0.75 * channel for channel in rgb))
    context.rectangle(-0.12, -0.95, 0.24, 1.5)
    context.move_to(-0.42, 0.42)
    context.line_to(0.42, 0.42)
    context.line_to(0, 1.0)
    context.close_path()
    context.fill()
    context.restore()
    context.save()
    context.scale(BALL_SHARE, BALL_SHARE)
    ball(context, rgb, angle)
    context.restore()


@dataclass(frozen=True)
class Course:
    """Who turns over when: an exchange of quanta, each of which takes `HOP_S` from giver to taker."""

    quanta: Exchange

    def upness(self, time_s: float) -> NDArray[np.float64]:
        """Return how far each proton is up, 0..1, shape (N,), at a time in s."""
        (who, quantum, sign), progress = self._turns, ease_array((time_s - self._start_s) / HOP_S)
        changes = np.bincount(who, weights=sign * progress[quantum], minlength=len(self.quanta.start))
        up: NDArray[np.float64] = np.clip(self.quanta.start + changes, 0.0, 1.0)
        return up

    def under_way(self, time_s: float, flight_s: float = 0.0) -> list[tuple[int, int, float]]:
        """Return (giver, taker, way 0..1) of the quanta in flight at a time.

        Args:
            time_s: time in s.
            flight_s: how much longer those are seen that come from outside, before, or leave for it, after.
        """
        found = []
        spans = zip(self._start_s.tolist(), self.quanta.giver.tolist(), self.quanta.taker.tolist(), strict=True)
        for start, giver, taker in spans:
            begin = start - flight_s if giver == OUTSIDE else start
            end = start + HOP_S + (flight_s if taker == OUTSIDE else 0.0)
            if begin < time_s < end:
                found.append((giver, taker, (time_s - begin) / (end - begin)))
        return found

    @cached_property
    def _start_s(self) -> NDArray[np.float64]:
        return self.quanta.step / STEPS_PER_S

    @cached_property
    def _turns(self) -> tuple[NDArray[np.int_], NDArray[np.int_], NDArray[np.float64]]:
        """Which proton turns over, with which quantum, and up (1) or down (-1)."""
        quanta, index = self.quanta, np.arange(len(self.quanta.step))
        gives, takes = quanta.giver != OUTSIDE, quanta.taker != OUTSIDE
        who = np.concatenate([quanta.giver[gives], quanta.taker[takes]])
        sign = np.repeat([-1.0, 1.0], [gives.sum(), takes.sum()])
        return who, np.concatenate([index[gives], index[takes]]), sign


def is_dark(theme: Theme) -> bool:
    """Return whether light is drawn by adding it to the background."""
    return bool(relative_luminance(hex_rgb(theme.background)) < 0.5)


def shade(theme: Theme, rgb: ArrayLike, strength: ArrayLike) -> NDArray[np.float64]:
    """Return colours, shape (n, 3), of which only so much, 0..1 of shape (n,), stands out from the background."""
    share = np.asarray(strength, dtype=float)[..., None]
    mixed: NDArray[np.float64] = share * np.asarray(rgb, dtype=float) + (1 - share) * hex_rgb(theme.background)
    return mixed


class Crowd:
    """Protons as sprites: those on the upper level shine."""

    def __init__(self, stage: Stage[Any], art: Art = spin, bleeds: bool = False) -> None:
        self._theme = stage.theme
        dark = is_dark(stage.theme)
        self._glow_opacity = _GLOW_DARK if dark else _GLOW_LIGHT
        self.light: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=bleeds)
        self.bodies: Sprites = stage.put(Sprites(art), bleeds=bleeds)

    def lay(
        self,
        places: ArrayLike,
        radius: ArrayLike,
        upness: ArrayLike,
        rgb: ArrayLike,
        angle: ArrayLike = 0.0,
        strength: ArrayLike = 1.0,
        opacity: ArrayLike = 1.0,
    ) -> None:
        """Show protons at places, shape (n, 2), from the hindmost to the foremost.

        Args:
            places: centres in scene units.
            radius: in scene units, arrow and all.
            upness: how far each is up, 0..1; it shines as much.
            rgb: colour of the population that each is of, shape (3,) or (n, 3).
            angle: turn of each arrow from upright in radians, anticlockwise.
            strength: 0..1; less for those far away.
            opacity: 0..1.
        """
        number = len(np.asarray(places))
        up, near = np.broadcast_to(upness, (number,)), np.broadcast_to(strength, (number,))
        colours = np.broadcast_to(rgb, (number, 3))
        self.light.lay(places, GLOW_RADII * np.asarray(radius), colours, self._glow_opacity * up * near * opacity)
        self.bodies.lay(places, radius, shade(self._theme, colours, (_DIM + (1 - _DIM) * up) * near), opacity, angle)
