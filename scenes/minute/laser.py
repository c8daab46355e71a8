"""Segment 4: the hundred become atoms between two mirrors; pumped past threshold, light grows; then the whole scale."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import Track
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, discs, fill_shape, line, paint
from explainer.stage.sprites import Sprites, ball, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from explainer.stage.view import View
from physics.examples import LASER_WATCHED, PARTICLES
from physics.exchange import OUTSIDE
from scenes.axes import POINT_RADIUS, Span
from scenes.minute import seams
from scenes.minute.cavity import PHOTONS, Beam, Mirrors, Packets, Rungs, folded, gathered, is_tall, plan, seated
from scenes.minute.gauge import Gauge
from scenes.minute.lasing import TurnOn, lots
from scenes.minute.lying import Lying
from scenes.protons import BALL_SHARE, HOP_S, REST_STEPS, STEPS_PER_S, Crowd, is_dark
from scenes.steady import steadily

CLOSE = 2.7
"""How near the camera is to the atoms that take in light and copy it."""

PASS_S = 1.1
"""Time in which light passes the cavity once, as it is shown."""

LEAD = 1.236
"""Passes by which each spark is ahead of the one before: twice the golden ratio, so that they lie evenly spread."""

_LOWEST, _HIGHEST = 0.03, 0.95  # of the closing scale
_FLIGHT_S = 0.3  # of a quantum from the lamp
_PASS_GAIN = 9.0  # by which light is amplified in one pass of atoms that are all up, as a power of e
_LAMP_RADIUS = 1.3
_LEAVES = 0.45  # of the beam's light is seen beyond the thinner mirror


@dataclass(frozen=True)
class LightState:
    """What a frame shows: the atoms, the light, the populations of the lasing levels and their temperature."""

    clock: float
    """Time in s since the segment began."""
    elapsed: float
    """Lifetimes of the upper level since the pump was turned up."""
    upper: float
    lower: float
    light: float
    """Photons, as a fraction of those at the end."""
    pump: float
    """Pump rate, as a fraction of the strong one."""
    T_K: float
    heights: tuple[float, ...]
    """How far up each atom is, 0..1."""
    above: int
    photons: tuple[float, ...]
    """How far along the cavity each spark is, 0..1."""
    absorbing: float
    """Way of a photon from the left mirror to the atom that takes it in, 0..1."""
    copying: float
    """Way through the cavity of a photon that is copied while the pump is weak, 0..1."""
    growing: float
    """Way through the cavity of a photon that is copied past threshold, 0..1."""
    counted: float
    """How far the count of atoms is seen, 0..1."""
    zoom: float
    melted: float
    """How far the protons have become atoms, 0..1."""
    gathered: float
    """How far the atoms have gathered on two lines, 0..1."""
    poured: float
    """How far they are in the thermometer, 0..1."""
    closing: float
    """Where its column stands, 0 coldest to 1 hottest."""
    in_tube: int


class Laser(Stage[LightState]):
    """A three-level laser's turn-on, atom by atom, and the thermometer of the opening, lying down."""

    def build(self) -> None:
        self._plan = plan(self)
        self._laser = TurnOn()
        self._absorbs, self._copies = self._pair()
        self._time()
        self._draw_lots()
        self._lamp: Sprites = self.put(Sprites(glow, additive=is_dark(self.theme)), bleeds=True)
        self._beam = Beam(self, self._plan)
        self._lying = Lying(self, self._plan.beam)
        self._build_levels()
        self._rungs = Rungs(self, self._plan)
        self._protons = Crowd(self, bleeds=True)
        self._atoms = Crowd(self, ball, bleeds=True)
        self._bursts: Sprites = self.put(Sprites(glow, additive=is_dark(self.theme)), bleeds=True)
        self._sparks: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self._quanta: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self._packets = Packets(self, 3)
        self._mirrors = Mirrors(self, self._plan)
        self._build_gauge()
        self._build_closing()
        self._build_names()

    # Made once ---------------------------------------------------------------------------------------------------

    def _pair(self) -> tuple[int, int]:
        """Find the atom that takes in a photon, and in another row one that copies one: the first that light meets."""
        seats, up = self._plan.seats, np.array(seams.parted())
        across, off = seats[:, 0] - seats[:, 0].min(), np.abs(seats[:, 1] - self._plan.beam)
        order = np.argsort(100 * across + off, kind="stable")
        first = int(order[~up[order]][0])
        elsewhere = up & (np.abs(seats[:, 1] - seats[first, 1]) > self._plan.step)
        return first, int(order[elsewhere[order]][0])

    def _time(self) -> None:
        second = self.show.fps
        self._elapsed = steadily(
            self,
            ("laser.pump", 0.1, 0.0),
            ("laser.pump:grow", 0.0, self._laser.onset),
            ("laser.effective", 0.0, self._laser.onset + 1.9),
            ("laser.effective", 1.6, LASER_WATCHED),
        )
        self._melted = Track(((0.0, 0.0), (0.9 * second, 1.0)))
        self._zoom = self.track(
            ("laser.light", 0.1, 1.0),
            ("laser.light:absorb", -0.25, CLOSE),
            ("laser.pump", -0.1, CLOSE),
            ("laser.pump", 0.8, 1.0),
        )
        self._absorbing = steadily(self, ("laser.light:absorb", -0.8, 0.0), ("laser.light:absorb", 0.0, 1.0))
        reach = self._share(self._copies)
        self._copying = steadily(
            self,
            ("laser.light:copy", -0.8, 0.0),
            ("laser.light:copy", 0.0, reach),
            ("laser.light:copy", 0.8, 2.0 * reach),
            ("laser.pump", 1.0, 1.0),
        )
        self.stand("laser.light:copy", self.at("laser.pump", -0.2))
        self.stand("laser.pump:grow", self.at("laser.effective", -0.32))
        self._growing = steadily(self, ("laser.pump:grow", -0.7, 0.0), ("laser.pump:grow", 0.2, 1.0))
        self._gathered = self.track(("laser.effective", -0.15, 0.0), ("laser.effective", 0.85, 1.0))
        self._poured = self.track(("laser.end", -0.25, 0.0), ("laser.end", 0.75, 1.0))
        self._closing = steadily(
            self,
            ("laser.end", 0.0, _LOWEST),
            ("laser.end", 0.4, _LOWEST + 0.02),
            ("laser.end:infinity", 0.0, 0.5),
            ("laser.end:end", 0.0, _HIGHEST),
        )

    def _share(self, atom: int) -> float:
        """Return how far along the cavity an atom is, 0..1."""
        plan = self._plan
        return float(plan.seats[atom, 0] - plan.left) / (plan.right - plan.left)

    def _draw_lots(self) -> None:
        """Draw who goes up and comes down when, so that as many are up as the rate equations have."""
        fps = self.show.fps
        step = np.arange(int(np.ceil(self.show.frame_count / fps * STEPS_PER_S)) + 2)
        middle = ((step + 0.75) / STEPS_PER_S + HOP_S / 2) * fps  # of a turn that begins at a step
        counts = np.array([round(PARTICLES * self._laser.upper(self._elapsed(frame))) for frame in middle])
        places = ("laser.light:absorb", "laser.light:copy", "laser.pump")
        absorbs, copies, pumps = (round(self.at(place) / fps * STEPS_PER_S) for place in places)
        join, start = max(copies + REST_STEPS, pumps), np.array(seams.parted())
        self._all_lots, self._lots = lots(start, counts, (self._absorbs, absorbs), (self._copies, copies), join)

    def _build_levels(self) -> None:
        """The two lasing levels and a bracket that joins them, and the atom's other levels, which stay dim."""
        plan, ink, faint = self._plan, hex_rgb(self.theme.ink), hex_rgb(self.theme.faint)
        left, right = plan.line_ends
        (upper, lower), (top, _) = plan.lines, (float(plan.band_high[:, 1].max()), 0)
        self._levels = [self.put(line(corners([[left, y, 0], [right, y, 0]]), 7.0)) for y in plan.lines]
        spare = [top + 0.32, top + 0.5, top + 0.62]
        dim = np.concatenate([corners([[left, y, 0], [right, y, 0]]) for y in spare])
        others = self.put(line(dim, 3.0), faint)
        x = right + 0.18
        bracket = corners([[x, upper, 0], [x + 0.22, upper, 0], [x + 0.22, lower, 0], [x, lower, 0]])
        joined = self.put(line(bracket, 4.0), ink)
        self.appear(*self._levels, others, joined, at=self.at("laser.effective", 0.35), until="laser.end")

    def _build_gauge(self) -> None:
        """How many atoms are up, and whose light lifts them."""
        seats, area, wide = self._plan.seats, self.area, self.is_wide
        left, right = float(seats[:, 0].min()) - 0.2, float(seats[:, 0].max()) + 0.2
        if not wide:
            left, right = area.left + 0.35, area.right - 0.4
        self._gauge = Gauge(self, Span(left, right, area.top - (1.0 if wide else 1.1)), self._laser.threshold)
        self.appear(
            *self._gauge.parts, at=self.at("laser.pump", 0.3), until=self.at("laser.effective", 0.1), fade_s=0.4
        )
        self._counted = self.track(
            ("laser.pump", 0.3, 0.0),
            ("laser.pump", 0.7, 1.0),
            ("laser.effective", -0.4, 1.0),
            ("laser.effective", 0.0, 0.0),
        )
        # Beside the way of the quanta that come from the lamp.
        room = float(seats[:, 0].min()) - self._plan.radius - self._plan.left - 0.42
        # On a slide it is below the atoms, and may be as long as a few of them.
        grown = self.show.composed.type_scale
        room, low = room * (1 + 2.5 * (grown - 1)), area.bottom + 0.25 * grown
        pumping = self.text("laser.pumping", [self._plan.left + 0.35 + room / 2, low, 0], BODY, "ink", widest=room)
        self.appear(pumping, at=self.at("laser.pump", 0.3), until=self.at("laser.effective", 0.1))
        self.appear(self._lamp, at=self.at("laser.pump", 0.1), until=self.at("laser.end", 0.2), fade_s=0.5)

    def _build_closing(self) -> None:
        lying, area = self._lying, self.area
        self.appear(*lying.solid, at=self.at("laser.end", 0.1), fade_s=0.5)
        self.appear(*lying.scale, at=self.at("laser.end", 0.5), fade_s=0.4)
        at, edge = [0, area.top - (1.0 if self.is_wide else 1.4), 0], mn.ORIGIN
        if is_tall(self):
            at, edge = [0, area.top, 0], mn.UP
        words = self.text("laser.closing", at, 104.0, edge=edge, widest=area.width, weight="BOLD")
        paint(words, self.hotness_rgb(0.92))
        self._head_light: Sprites = self.put(Sprites(glow, additive=is_dark(self.theme)), bleeds=True)
        self._head = self.put(fill_shape(np.zeros((0, 3))))
        self.appear(self._head, self._head_light, at=self.at("laser.end", 0.5), fade_s=0.4)
        self.appear(words, at="laser.end:infinity", fade_s=0.5)

    def _build_names(self) -> None:
        """The words beside the atoms that take in and copy light, and over the temperature of the two levels."""
        view, plan, area = self._view(CLOSE), self._plan, self.area
        watched = ((self._absorbs, "absorb", "laser.absorbed"), (self._copies, "copy", "laser.copied"))
        for atom, mark, label in watched:
            seat = plan.seats[atom] + [0, plan.step]
            x, y = view(seat) - [1.7 * plan.radius * CLOSE, -1.0 * plan.radius * CLOSE - 0.15]
            room = float(x - view([plan.left, 0])[0]) - 0.4
            name = self.text(label, [x, y, 0], BODY, "ink", mn.RIGHT, widest=room)
            self.appear(name, at=f"laser.light:{mark}", until=self.at("laser.pump", 0.1), fade_s=0.25)
        wide = self.is_wide
        if wide:
            left, right = plan.line_ends[1] + 0.7, plan.right - 0.45
            middle, y = (left + right) / 2, plan.lines[0] + 0.45
        else:
            left, right = area.left, area.right
            middle, y = 0.0, area.top - 1.45
        self._T = self.readout("effective T", [middle, y, 0], 60.0, centred=True)
        note = self.text("laser.effective_note", [middle, y + 0.95, 0], BODY, "muted", widest=right - left)
        self.appear(self._T, note, at=self.at("laser.effective", 0.5), until="laser.end")

    # Each frame --------------------------------------------------------------------------------------------------

    def state(self, frame: int) -> LightState:
        elapsed, laser, clock = self._elapsed(frame), self._laser, frame / self.show.fps
        upper = laser.upper(elapsed)
        heights = self._all_lots.upness(clock)
        closing = self._closing(frame)
        return LightState(
            clock=clock,
            elapsed=elapsed,
            upper=upper,
            lower=1 - upper,
            light=laser.light(elapsed),
            pump=laser.pump(elapsed),
            T_K=laser.temperature_K(elapsed),
            heights=tuple(heights.tolist()),
            above=int((heights > 0.5).sum()),
            photons=tuple(folded(clock / PASS_S + LEAD * np.arange(PHOTONS)).tolist()),
            absorbing=self._absorbing(frame),
            copying=self._copying(frame),
            growing=self._growing(frame),
            counted=self._counted(frame),
            zoom=self._zoom(frame),
            melted=self._melted(frame),
            gathered=self._gathered(frame),
            poured=self._poured(frame),
            closing=closing,
            in_tube=self._lying.in_tube(closing),
        )

    def _view(self, zoom: float) -> View:
        """Return the camera; at `CLOSE`, the left mirror is at the frame's left, the two atoms are at half height."""
        plan, share = self._plan, (zoom - 1) / (CLOSE - 1)
        x, y = (plan.seats[self._absorbs] + plan.seats[self._copies]) / 2
        half = self.safe.right / 0.9
        to_x, to_y = CLOSE * (x - plan.left) - half + (0.9 if self.is_wide else 0.3), plan.beam + 0.2
        return View(zoom, (float(x), float(y)), (float(x + share * (to_x - x)), float(y + share * (to_y - y))))

    def draw(self, state: LightState) -> None:
        view, rgb = self._view(state.zoom), self.hotness_rgb(state.upper)
        places = self._lay_atoms(state, view, rgb)
        self._lay_packets(state, view, rgb)
        self._rungs.lay(view, max(0.0, 4 * state.melted - 3) * (1 - min(1.0, 3 * state.gathered)))
        self._mirrors.lay(view, min(state.melted, 1 - state.poured))
        self._lay_light(state, view, places, rgb)
        self._gauge.lay(state.above, state.upper, state.counted)
        for level in self._levels:
            paint(level, rgb)
        self._T.write(self.quantity("level_temperature", state.T_K))
        self._lying.lay(state.closing)
        tip, tip_rgb = self._lying.at(state.closing), self.hotness_rgb(state.closing)
        self._head.points = discs([tip], 1.3 * POINT_RADIUS)
        paint(self._head, tip_rgb)
        self._head_light.lay([tip], 7 * POINT_RADIUS, tip_rgb, 0.5)

    def _lay_atoms(self, state: LightState, view: View, rgb: NDArray[np.float64]) -> NDArray[np.float64]:
        """Show the protons, atoms or dots, and return where they are, shape (N, 2)."""
        plan, up = self._plan, np.array(state.heights)
        first, first_radius = seams.atom_seats(self)
        places = first + state.melted * (seated(plan, up) - first)
        places += state.gathered * (gathered(plan, up) - places)
        places += state.poured * (self._lying.dots(state.closing, state.clock) - places)
        radius = plan.radius + state.gathered * (plan.band_radius - plan.radius)
        radius += state.poured * (self._lying.dot - radius)
        close = (state.zoom - 1) / (CLOSE - 1)
        strength = np.full(PARTICLES, 1 - 0.35 * close)
        strength[[self._absorbs, self._copies]] = 1.0
        colour = rgb + state.poured * (self.hotness_rgb(state.closing) - rgb)
        seen = view(places)
        arrows = 1 - state.melted
        if arrows > 0:
            size = view.zoom * first_radius
            self._protons.lay(seen, size, up, rgb, np.pi * (1 - up), 1.0, arrows)
        else:
            self._protons.lay(np.zeros((0, 2)), 1.0, np.zeros(0), rgb)
        grown = BALL_SHARE * first_radius + state.melted * (radius - BALL_SHARE * first_radius)
        shining = up + state.poured * (self._lying.entered(state.closing) - up)
        self._atoms.lay(seen, view.zoom * grown, shining, colour, 0.0, strength, min(1.0, 2 * state.melted))
        return seen

    def _lay_packets(self, state: LightState, view: View, rgb: NDArray[np.float64]) -> None:
        """Show the photon that an atom takes in, and those that are copied: light that dies away, or grows."""
        plan, up = self._plan, np.array(state.heights)
        width = plan.right - plan.left
        heads, strengths = [], []
        low, high = plan.seats[self._absorbs] - [0, plan.step], plan.seats[self._copies] + [0, plan.step]
        if 0 < state.absorbing < 1:
            heads.append((plan.left + state.absorbing * (low[0] - plan.left), low[1]))
            strengths.append(min(1.0, 6 * state.absorbing))
        if 0 < state.copying < 1:
            x, beyond = plan.left + state.copying * width, state.copying - self._share(self._copies)
            apart = 0.5 * plan.step * min(1.0, max(0.0, beyond) * 25)
            left = np.exp(_PASS_GAIN * (2 * state.upper - 1) * max(beyond, 0.0)) * min(1.0, 12 * (1 - state.copying))
            for offset in (apart, -apart) if beyond > 0 else (0.0,):
                heads.append((x, high[1] + offset))
                strengths.append(min(1.0, 6 * state.copying, float(left)))
        if 0 < state.growing < 1:
            gain = np.exp(_PASS_GAIN * (2 * state.upper - 1) * (state.growing - 1))
            heads.append((plan.left + state.growing * width, high[1]))
            strengths.append(min(1.0, 0.3 + 4 * float(gain), 12 * (1 - state.growing)))
        seen = [(float(x), float(y)) for x, y in view(np.array(heads).reshape(-1, 2))]
        self._packets.lay(seen, strengths, 0.5 * view.zoom, self.hotness_rgb(0.5))
        watched = [self._absorbs, self._copies]
        turning = 4 * up[watched] * (1 - up[watched])
        close = (state.zoom - 1) / (CLOSE - 1)
        at = view(seated(plan, up)[watched])
        self._bursts.lay(at, 4 * plan.radius * view.zoom, self.hotness_rgb(0.6), 0.6 * turning * close)

    def _lay_light(self, state: LightState, view: View, places: NDArray[np.float64], rgb: NDArray[np.float64]) -> None:
        """Show the lamp, quanta on their way, and the light in the cavity."""
        plan, bottom = self._plan, self.safe.bottom / 0.9
        lamp = self._lamp_rgb()
        x = np.arange(-self.safe.right / 0.9, self.safe.right / 0.9 + 0.5, 0.5 * _LAMP_RADIUS)
        on = state.pump * (1 - state.poured) * (0.26 if is_dark(self.theme) else 0.2) * (1 - 0.5 * state.gathered)
        self._lamp.lay(np.stack([x, np.full(len(x), bottom)], axis=1), _LAMP_RADIUS, lamp, on)
        shown = max(0.0, 1 - 2 * state.poured)
        radius, beam, lying = self._beam_radius(state), self._beam, self._lying
        row = beam.row(radius)
        scale, shades = lying.row(row)
        glows = beam.at(row) + state.poured * (scale - beam.at(row))
        colours = rgb + state.poured * (shades - rgb)
        beam.lay_glow(row, glows, colours, state.light, _LEAVES + state.poured * (1 - _LEAVES))
        beam.lay_wave(state.light, state.clock, rgb, radius, shown)
        rows = plan.seats[(np.arange(PHOTONS) * 37) % PARTICLES, 1]
        y = plan.beam + (rows - plan.beam) * (1 - 0.8 * state.gathered)
        along = plan.left + np.array(state.photons) * (plan.right - plan.left)
        seen = np.clip(state.light * PHOTONS - np.arange(PHOTONS), 0, 1) * shown
        self._sparks.lay(view(np.stack([along, y], axis=1)), 0.22 * view.zoom, rgb, seen)
        self._lay_quanta(state, view, places, rgb, bottom)

    def _lamp_rgb(self) -> NDArray[np.float64]:
        """The lamp's light is not of a temperature, so it has a colour that coldness has not."""
        rgb: NDArray[np.float64] = 0.6 * hex_rgb(self.theme.ink) + 0.4 * hex_rgb(self.theme.faint)
        return rgb

    def _beam_radius(self, state: LightState) -> float:
        wide = 0.62 * float(np.ptp(self._plan.seats[:, 1]))
        narrow = 0.95 * (self._plan.lines[0] - self._plan.beam)
        return wide + state.gathered * (narrow - wide) + state.poured * (3.0 * self._lying.tube - narrow)

    def _lay_quanta(
        self, state: LightState, view: View, places: NDArray[np.float64], rgb: NDArray[np.float64], bottom: float
    ) -> None:
        """Show quanta that go from atom to atom, and those that the lamp sends."""
        at, opacity, colours = [], [], []
        lamp = self._lamp_rgb()
        for giver, taker, way in self._lots.under_way(state.clock, _FLIGHT_S):
            if giver == OUTSIDE:
                flown = way * (_FLIGHT_S + HOP_S) / _FLIGHT_S
                start, end, colour = np.array([places[taker][0], bottom]), places[taker], lamp
                seen = float(flown < 1) * min(1.0, 4 * flown)
            elif taker == OUTSIDE:
                flown, start, end, colour = way, places[giver], places[giver] + [2.5 * view.zoom, 0], rgb
                seen = float(np.sin(np.pi * way))
            else:
                flown, start, end, colour = way, places[giver], places[taker], rgb
                seen = 0.8 * float(np.sin(np.pi * way))
            at.append(start + min(flown, 1.0) * (end - start))
            opacity.append(seen * (1 - state.poured))
            colours.append(colour)
        self._quanta.lay(
            np.array(at).reshape(-1, 2), 0.16 * view.zoom, np.array(colours).reshape(-1, 3), np.array(opacity)
        )

    def places(self, state: LightState) -> dict[str, NDArray[np.float64]]:
        return {
            "gauge": self._gauge.at(state.above),
            "pointer": self._lying.at(state.closing),
        }
