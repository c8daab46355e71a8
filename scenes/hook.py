"""The opening: a thermometer that passes infinity and keeps climbing, and the title."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, discs, fill_shape, line, paint, rectangle
from explainer.stage.stage import Stage
from explainer.stage.typography import HEADING, SMALL, TITLE
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.examples import HOOK_DELTA_E_J, HOOK_TICKS_K
from physics.two_level import beta_from_upper_fraction, upper_fraction

_LOWEST, _PAUSED, _HIGHEST = 0.03, 0.5, 0.93


@dataclass(frozen=True)
class HookState:
    """What a frame shows: how far the column stands between coldest (0) and hottest (1), and the temperature there."""

    height: float
    T_K: float


class Hook(Stage[HookState]):
    """A thermometer whose scale is a two-level system's energy: infinity lies half-way up."""

    def build(self) -> None:
        left, right = self.area.split(0.36 if self.area.width > self.area.height else 0.5, gap=0.6)
        tube = left.inset(left=left.width * 0.45, bottom=0.95, top=0.25)
        self._x, self._bottom, self._top = tube.left, tube.bottom, tube.top
        faint = hex_rgb(self.theme.faint)
        self._half_width = 0.2
        outline = rectangle(self._x - 0.3, self._x + 0.3, self._bottom - 0.1, self._top)
        self.put(fill_shape(np.concatenate([outline, discs([[self._x, self._bottom - 0.45, 0]], 0.5)])), faint)
        ground = hex_rgb(self.theme.background)
        inner = rectangle(self._x - 0.24, self._x + 0.24, self._bottom - 0.1, self._top - 0.06)
        self.put(fill_shape(inner), ground)
        self._bulb = self.put(fill_shape(discs([[self._x, self._bottom - 0.45, 0]], 0.38)))
        self._column = self.put(fill_shape(np.zeros((0, 3))))
        self._build_scale()
        self._reading = self.readout("T", right.at(0.5, 0.34), TITLE, centred=True)
        self._build_title(right)
        self._height = self.track(
            ("hook.question", -0.3, _LOWEST),
            ("hook.question:infinity", 0.4, _PAUSED),
            ("hook.question:end", 0.0, _PAUSED),
            ("hook.answer", 0.9, _HIGHEST),
        )

    def _y(self, height: float) -> float:
        return self._bottom + height * (self._top - self._bottom)

    def _build_scale(self) -> None:
        muted = hex_rgb(self.theme.muted)
        for T_K in HOOK_TICKS_K:
            height = float(upper_fraction(beta_from_temperature(T_K), HOOK_DELTA_E_J))
            y = self._y(height)
            self.put(line(corners([[self._x + 0.38, y, 0], [self._x + 0.58, y, 0]]), 3.0), muted)
            tick = self.readout(f"tick {T_K}", [self._x + 0.75, y - 0.12, 0], SMALL, "muted")
            tick.write(self.quantity("tick" if T_K else "zero_tick", T_K))

    def _build_title(self, box: Box) -> None:
        title = self.text("hook.title", box.at(0.5, 0.86), TITLE, widest=box.width, weight="BOLD")
        subtitle = self.text("hook.subtitle", box.at(0.5, 0.68), HEADING, "muted", widest=box.width)
        paint(title, self.hotness_rgb(_HIGHEST))
        self.appear(title, at="hook.answer", fade_s=0.5)
        self.appear(subtitle, at=self.at("hook.answer", 0.5), fade_s=0.4)

    def state(self, frame: int) -> HookState:
        height = self._height(frame)
        return HookState(height, float(temperature_from_beta(beta_from_upper_fraction(height, HOOK_DELTA_E_J))))

    def draw(self, state: HookState) -> None:
        colour = self.hotness_rgb(state.height)
        y = self._y(state.height)
        self._column.points = rectangle(self._x - 0.16, self._x + 0.16, self._bottom - 0.2, y)
        paint(self._column, colour)
        paint(self._bulb, colour)
        paint(self._reading, colour)
        self._reading.write(self.quantity("thermometer", state.T_K))

    def places(self, state: HookState) -> dict[str, NDArray[np.float64]]:
        return {"column top": np.array([self._x, self._y(state.height), 0.0])}
