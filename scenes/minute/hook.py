"""The opening: a thermometer full of protons that passes infinity and keeps climbing; then they pour out of it."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.motion import ease, ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line, paint
from explainer.stage.sprites import ball
from explainer.stage.stage import Stage
from explainer.stage.typography import HEADING, SMALL, TITLE
from explainer.stage.view import View
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.examples import HOOK_DELTA_E_J, HOOK_TICKS_K, PARTICLES
from physics.two_level import beta_from_upper_fraction, upper_fraction
from scenes.minute import seams
from scenes.minute.magnet import Magnet
from scenes.protons import BALL_SHARE, Crowd

_LOWEST, _PAUSED, _HIGHEST = 0.03, 0.5, 0.93
_CLOSE = 2.5  # how near the camera is to the bulb at first
_TUBE, _BULB = 0.42, 1.0  # inner radii
_DOT = 0.115
_WALL = 0.11
_BESIDE = 0.42  # of the tube's radius, a proton stands from its middle
_STAGGER = 0.7  # of a proton's way out of the thermometer, the last one starts so much later
_READING = 88.0  # points
_SEED = 3


@dataclass(frozen=True)
class HookState:
    """What a frame shows: how far the column stands between coldest (0) and hottest (1), and the temperature there."""

    height: float
    T_K: float
    above: int
    """Protons on the upper level, which is the tube."""
    dots: tuple[tuple[float, float], ...]
    """Where each is, (up, across): in the tube, up from 0 to 1; in the bulb, which is a disc of radius 1 about -1."""
    zoom: float
    poured: float
    """How far the protons have come from the thermometer to the magnet, 0 to 1."""


class Hook(Stage[HookState]):
    """A thermometer whose scale is a two-level system's energy: infinity lies half-way up."""

    def build(self) -> None:
        wide, area = self.is_wide, self.area
        self._magnet = Magnet(self)
        self._x = area.left + (0.25 if wide else 0.3) * area.width
        # The bulb stays inside the frame where no captions are below it.
        self._bottom = max(area.bottom + (1.25 if wide else 1.7), self.safe.bottom + 0.75 + _BULB + _WALL)
        self._top = area.top - (0.4 if wide else 2.6)
        self._bulb_y = self._bottom - 0.75
        self._glass: mn.VMobject = self.put(fill_shape(np.zeros((0, 3))), hex_rgb(self.theme.faint), bleeds=True)
        self._inside: mn.VMobject = self.put(fill_shape(np.zeros((0, 3))), hex_rgb(self.theme.background), bleeds=True)
        self._column: mn.VMobject = self.put(fill_shape(np.zeros((0, 3))), bleeds=True)
        self._crowd = Crowd(self, ball, bleeds=True)
        self._build_scale()
        self._build_words(wide)
        rng = np.random.default_rng(_SEED)
        turn = np.arange(PARTICLES) * np.pi * (3 - 5**0.5)
        rest = 0.86 * np.sqrt((np.arange(PARTICLES) + 0.5) / PARTICLES)
        self._rest = np.stack([rest * np.cos(turn) - 1, rest * np.sin(turn)], axis=1)[rng.permutation(PARTICLES)]
        self._swing = rng.uniform(0.05, 0.1, (PARTICLES, 2))
        self._pace, self._phase = rng.uniform(3, 7, (PARTICLES, 2)), rng.uniform(0, 2 * np.pi, (PARTICLES, 2))
        # Those of the four that are up in the magnet come from the top of the tube.
        up = seams.levels(seams.settled()) > 0
        self._seat = np.concatenate([rng.permutation(np.flatnonzero(~up)), np.flatnonzero(up)])
        self._height = self.track(
            ("hook.question", -0.3, _LOWEST),
            ("hook.question:infinity", 0.5, _PAUSED),
            ("hook.question:end", 0.1, _PAUSED),
            ("hook.answer", 0.9, _HIGHEST),
        )
        self._zoom = self.track(("hook.question", 0.1, _CLOSE), ("hook.question:infinity", 0.4, 1.0))
        self._pours = self.at("hook.answer:end", 0.0)
        self._settled = self.show.frame_count - 1 - round(0.1 * self.show.fps)

    def _y(self, height: ArrayLike) -> NDArray[np.float64]:
        return self._bottom + np.asarray(height) * (self._top - self._bottom)

    def _build_scale(self) -> None:
        muted, gone = hex_rgb(self.theme.muted), self.at("hook.answer:end", 0.4)
        for T_K in HOOK_TICKS_K:
            height = float(upper_fraction(beta_from_temperature(T_K), HOOK_DELTA_E_J))
            y = float(self._y(height))
            left = self._x + 0.88  # clear of the bulb
            tick = self.put(line(corners([[left, y, 0], [left + 0.22, y, 0]]), 4.0), muted)
            label = self.readout(f"tick {T_K}", [left + 0.34, y - 0.12, 0], SMALL, "muted")
            label.write(self.quantity("tick" if T_K else "zero_tick", T_K))
            self.appear(tick, label, at="hook.question:infinity", until=gone)

    def _build_words(self, wide: bool) -> None:
        area, gone = self.area, self.at("hook.answer:end", 0.4)
        # Beside the scale's figures, which are larger on a slide.
        box = area.inset(left=(0.45 + 0.1 * (self.show.composed.type_scale - 1)) * area.width) if wide else area
        high = box.top - (1.35 if wide else 0.45)
        middle = float(box.at(0.5, 0)[0])
        above, edge = ([middle, high, 0], mn.ORIGIN) if wide else ([middle, box.top, 0], mn.UP)
        title = self.text("hook.title", above, TITLE, edge=edge, widest=box.width, weight="BOLD")
        subtitle = self.text("hook.subtitle", [middle, high - 1.05, 0], HEADING, "muted", widest=box.width)
        paint(title, self.hotness_rgb(_HIGHEST))
        # Beside a tube in a narrow frame, between two ticks.
        at = box.at(0.5, 0.3) if wide else [area.right - 2.05, float(self._y(0.3)), 0.0]
        self._reading = self.readout("T", at, _READING if wide else 0.9 * TITLE, centred=True)
        self.appear(title, at="hook.answer", until=gone, fade_s=0.4)
        self.appear(subtitle, at=self.at("hook.answer", 0.4), until=gone, fade_s=0.3)
        self.appear(self._reading, at="hook.question:infinity", until=gone)

    def state(self, frame: int) -> HookState:
        height, time_s = self._height(frame), frame / self.show.fps
        bulb = self._rest + self._swing * np.sin(self._pace * time_s + self._phase)
        index = np.arange(PARTICLES)
        tube = np.stack([(index + 0.5) / PARTICLES, np.where(index % 2, _BESIDE, -_BESIDE)], axis=1)
        above = round(PARTICLES * height)
        dots = np.where(index[:, None] < above, tube, bulb)
        return HookState(
            height=height,
            T_K=float(temperature_from_beta(beta_from_upper_fraction(height, HOOK_DELTA_E_J))),
            above=above,
            dots=tuple(map(tuple, dots.tolist())),
            zoom=self._zoom(frame),
            poured=ease((frame - self._pours) / (self._settled - self._pours)),
        )

    def draw(self, state: HookState) -> None:
        share = (state.zoom - 1) / (_CLOSE - 1)
        bulb = np.array([self._x, self._bulb_y])
        x, y = bulb + share * (self.area.at(0.5, 0.4)[:2] - bulb)
        view = View(state.zoom, (float(bulb[0]), float(bulb[1])), (float(x), float(y)))
        colour, glass = self.hotness_rgb(state.height), 1 - ease(2.5 * state.poured)
        self._glass.points, self._inside.points = view(self._outline(_WALL)), view(self._outline(0.0))
        top = float(self._y(state.height))
        self._column.points = view(_thermometer(self._x, self._bulb_y, top, _TUBE, _BULB, round_top=False))
        for mobject, opacity in ((self._glass, 1.0), (self._inside, 1.0), (self._column, 0.5)):
            mobject.fill_rgbas[:, 3] = opacity * glass
        for mobject in (self._column, self._reading):
            mobject.fill_rgbas[:, :3] = colour
        self._reading.write(self.quantity("thermometer", state.T_K))
        self._draw_dots(state, view, colour)

    def _draw_dots(self, state: HookState, view: View, colour: NDArray[np.float64]) -> None:
        dots, inside = np.array(state.dots), np.arange(PARTICLES) >= state.above
        up, across = dots.T
        in_bulb = np.stack([self._x + _BULB * across, self._bulb_y + _BULB * (up + 1)], axis=1)
        in_tube = np.stack([self._x + _TUBE * across, self._y(up)], axis=1)
        start = view(np.where(inside[:, None], in_bulb, in_tube))
        magnet, seat = self._magnet, self._seat
        turns = seams.levels(seams.settled())
        order = 1 - np.arange(PARTICLES) / PARTICLES  # the topmost first
        way = ease_array(state.poured * (1 + _STAGGER) - _STAGGER * order)[:, None]
        places = start + way * (magnet.seats(turns, 1.0)[seat] - start)
        settling, settled_rgb = way[:, 0], self.hotness_rgb(seams.SETTLED_ABOVE / PARTICLES)
        rgb = colour + way * (settled_rgb - colour)
        first = _DOT * state.zoom / np.where(settling > 0, BALL_SHARE, 1.0)
        radii = first + settling * (magnet.radii[seat] - first)
        upness = (1 - settling) * 0.5 + settling * turns[seat]
        # Whoever settles farthest back is drawn first.
        back = np.argsort(seat)
        resting, strength = settling == 0, 1 - settling + settling * magnet.strength[seat]
        shown = (places, radii, upness, rgb, np.pi * turns[seat], strength)
        self._crowd.lay(*(each[resting] for each in shown))
        magnet.crowd.lay(*(each[back][~resting[back]] for each in shown))
        magnet.draw(1.0, View(), ease((state.poured - 0.25) / 0.6))

    def _outline(self, wall: float) -> NDArray[np.float64]:
        return _thermometer(self._x, self._bulb_y, self._top + 0.12, _TUBE + wall, _BULB + wall, round_top=True)

    def places(self, state: HookState) -> dict[str, NDArray[np.float64]]:
        return {"column top": np.array([self._x, float(self._y(state.height)), 0.0])}


def _thermometer(x: float, y: float, top: float, tube: float, bulb: float, round_top: bool) -> NDArray[np.float64]:
    """The outline of a bulb about (x, y) with a tube up to a height, level or round at its end."""
    opening = np.arcsin(tube / bulb)
    below = np.linspace(np.pi / 2 - opening, -3 * np.pi / 2 + opening, 49)
    above = np.linspace(np.pi, 0, 13 if round_top else 2)
    cap = np.stack([x + tube * np.cos(above), top + (tube * np.sin(above) if round_top else 0 * above)], axis=1)
    outline = np.concatenate([cap, np.stack([x + bulb * np.cos(below), y + bulb * np.sin(below)], axis=1), cap[:1]])
    return corners(np.column_stack([outline, np.zeros(len(outline))]))
