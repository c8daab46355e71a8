"""The base scene: a picture that is a function of the frame.

A subclass says three things: `build` makes flat mobjects once, `state` gives the numbers of a frame (from `physics`),
and `draw` writes them into the mobjects in place. Fades are declared with `appear`. Nothing depends on the frames
before, so any frame can be drawn by itself; under Manim's own command the same frames come out as plays and frozen
waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar, cast

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.camera import StageCamera
from explainer.stage.draft import draft_show
from explainer.stage.layout import Box, frame_area, safe_area, stage_area
from explainer.stage.motion import Fade, Track
from explainer.stage.palette import Theme, coldness_rgb, hex_rgb
from explainer.stage.shapes import paint
from explainer.stage.show import Show
from explainer.stage.typography import BODY, PlacedText, Readout, formula, set_size, within, words

State = TypeVar("State")
_FADE_S = 0.4
_EARLY_S = 0.2  # fades begin this long before a cue, so that what the voice names is there when it does
_STROKE_UNIT = 0.01  # scene units; Manim's strokes are counted in them
_REMEMBERED = 600  # states of frames, more than a stretch of the film has
_WIDE = 1.2  # width over height of the stage, from which two things stand side by side
_SHORTEST_HOLD = 10  # frames; a shorter rest is cheaper inside a play than as one of its own


@dataclass(frozen=True)
class FrameRun:
    """Frames start to stop (exclusive) that either all differ or are all alike, with one set of visible mobjects."""

    start: int
    stop: int
    moving: bool


class _Clock(mn.Animation):
    """Draws the frames of a stretch, one for each frame that Manim samples."""

    def __init__(self, stage: Stage[Any], stretch: FrameRun, fps: float) -> None:
        self._run_frames = max(stretch.stop - stretch.start - 0.5, 1)
        super().__init__(stage.actors, run_time=self._run_frames / fps, rate_func=mn.linear)
        self._stage, self._stretch = stage, stretch

    def create_starting_mobject(self) -> Any:
        return self.mobject  # nothing is interpolated from it, so no copy

    def interpolate(self, alpha: float) -> None:
        frame = self._stretch.start + round(alpha * self._run_frames)
        self._stage.draw_frame(min(frame, self._stretch.stop - 1))


class Stage(mn.Scene, Generic[State]):
    """A segment of the film; see the module's docstring for what a subclass provides."""

    def __init__(self, show: Show | None = None, **scene_options: Any) -> None:
        super().__init__(**{"camera_class": StageCamera, **scene_options})
        self.show = show or draft_show(type(self), round(mn.config.frame_rate))
        self.theme: Theme = self.show.theme
        size = (mn.config.frame_width, mn.config.frame_height)
        self.frame: Box = frame_area(*size)
        self.safe: Box = safe_area(*size)
        self.area: Box = stage_area(*size, self.show.composed.captioned)
        self.actors = mn.Group()
        self.stands: dict[str, float] = {}
        self._all: list[mn.VMobject] = []
        self._bleeding: set[mn.VMobject] = set()
        self._fades: dict[mn.VMobject, Fade] = {}
        self._opacities: dict[mn.VMobject, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
        self._shown: dict[mn.VMobject, float] = {}
        self._states: dict[int, State] = {}
        self._texts: dict[mn.VMobject, tuple[str, mn.VMobject | None]] = {}  # id, and what it stands on

    @property
    def is_wide(self) -> bool:
        """Whether the picture is composed side by side, and not one above the other."""
        return self.area.width > _WIDE * self.area.height

    @property
    def _unit_letters(self) -> str:
        return "".join(quantity.unit for quantity in self.show.quantities.values())

    # What a segment says -------------------------------------------------------------------------------------------

    def build(self) -> None:
        """Make the mobjects, tracks and fades of the segment, once."""
        raise NotImplementedError

    def state(self, frame: int) -> State:
        """Return the numbers that the picture shows at a frame, as a frozen record."""
        raise NotImplementedError

    def draw(self, state: State) -> None:
        """Write a state into the mobjects, in place."""
        raise NotImplementedError

    def places(self, state: State) -> dict[str, NDArray[np.float64]]:
        """Return where named things of a state are, in scene units, for the checks of picture against physics."""
        return {}

    def bodies(self, state: State) -> dict[str, Box]:
        """Return the boxes of what captions that are drawn in must not cover, by name, for the layout check."""
        return {}

    # What a segment says it with -----------------------------------------------------------------------------------

    def at(self, place: str, shift_s: float = 0.0) -> float:
        """Return the frame of a cue or mark, shifted by seconds."""
        return self.show.at(place) + shift_s * self.show.fps

    def track(self, *keys: tuple[str, float, float]) -> Track:
        """Return a value eased through (cue or mark, seconds after it, value)."""
        frames = [(self.at(place, shift_s), value) for place, shift_s, value in keys]
        return Track(tuple(sorted(frames, key=lambda key: key[0])))

    def put(self, mobject: mn.VMobject, colour: ArrayLike | None = None, bleeds: bool = False) -> Any:
        """Add a mobject in front of those before it, in a colour (sRGB, 0..1), and return it.

        One that bleeds is meant to run over the frame's edges; of others the layout check says so.
        """
        if colour is not None:
            paint(mobject, colour)
        if bleeds:
            self._bleeding.add(mobject)
        self._all.append(mobject)
        return mobject

    def text(
        self,
        label: str,
        at: ArrayLike,
        size: float = BODY,
        colour: str = "ink",
        edge: ArrayLike = mn.ORIGIN,
        on: mn.VMobject | None = None,
        widest: float = np.inf,
        largest: float = np.inf,
        **style: Any,
    ) -> Any:
        """Add the words of a label of the script.

        Args:
            label: id of the label.
            at: where its `edge` comes to lie.
            edge: a Manim direction; the centre by default.
            size: type size in points.
            colour: a field of the theme: ink, muted, faint, background.
            on: the filled shape it stands on; by default the frame's background.
            widest: room in scene units; longer words are set smaller.
            largest: type size in points that its place holds, whatever the picture is for.
            style: further arguments of `typography.words`.
        """
        shaped = words(self.show.label(label), self.show.language.font, self._sized(size, largest), **style)
        return self._set(within(shaped, widest), label, at, colour, edge, on)

    def formula(
        self,
        notation: str,
        at: ArrayLike,
        size: float = BODY,
        colour: str = "ink",
        edge: ArrayLike = mn.ORIGIN,
        widest: float = np.inf,
    ) -> Any:
        """Add a formula in Typst's maths notation; arguments as for `text`."""
        shaped = within(formula(notation, self._sized(size)), widest)
        return self._set(shaped, f"formula {notation}", at, colour, edge, None)

    def readout(
        self,
        name: str,
        at: ArrayLike,
        size: float = BODY,
        colour: str = "ink",
        on: mn.VMobject | None = None,
        centred: bool = False,
        largest: float = np.inf,
    ) -> Any:
        """Add a live number; `at` is the left end, or the middle, of its baseline, the rest as for `text`."""
        position, set_at = np.asarray(at, dtype=float), self._sized(size, largest)
        readout = Readout(position, set_at, centred, self.show.latin_font, self._unit_letters)
        self._texts[readout] = (f"read-out {name}", on)
        return self.put(readout, hex_rgb(getattr(self.theme, colour)))

    def quantity(self, id: str, value_si: float) -> str:
        """Return a number for a read-out: an SI value as the film's facts say that this quantity is shown."""
        return self.show.quantity(id).text(value_si, self.show.language)

    def appear(
        self, *mobjects: mn.VMobject, at: str | float, until: str | float | None = None, fade_s: float = _FADE_S
    ) -> None:
        """Let mobjects fade in at a cue, mark or frame, and be gone at another."""
        start = self.at(at, -_EARLY_S) if isinstance(at, str) else at
        stop = self.at(until) if isinstance(until, str) else until
        for mobject in mobjects:
            self._fades[mobject] = Fade(start, stop, fade_s * self.show.fps)

    def stand(self, place: str, frame: float) -> None:
        """Say at which frame a cue or mark stands; only where `explainer.stage.holds` would find a worse one."""
        self.stands[place] = frame

    def hotness_rgb(self, hotness: ArrayLike) -> NDArray[np.float64]:
        """Return the colour of a place between coldest (0) and hottest (1) in the film's theme."""
        return coldness_rgb(hotness, self.show.theme)

    def _sized(self, size: float, largest: float = np.inf) -> float:
        return min(set_size(size, self.show.composed.type_scale), largest)

    def _set(
        self, mobject: mn.VMobject, text_id: str, at: ArrayLike, colour: str, edge: ArrayLike, on: mn.VMobject | None
    ) -> mn.VMobject:
        self._texts[mobject] = (text_id, on)
        mobject.move_to(np.asarray(at, dtype=float), aligned_edge=np.asarray(edge, dtype=float))
        self.put(mobject, hex_rgb(getattr(self.theme, colour)))
        return mobject

    # Frames --------------------------------------------------------------------------------------------------------

    def setup(self) -> None:
        """Build the picture and show its first frame; Manim calls this before `construct`."""
        self.renderer.camera.background_color = self.theme.background  # type: ignore[union-attr]
        self.build()
        for mobject in self._fades:
            self._opacities[mobject] = (mobject.fill_rgbas[:, 3].copy(), mobject.stroke_rgbas[:, 3].copy())
        self.add(self.actors)
        self.draw_frame(0)

    def draw_frame(self, frame: int) -> None:
        """Make the mobjects show a frame, whatever they showed before."""
        visible: list[mn.Mobject] = []
        for mobject in self._all:
            opacity = self._fades[mobject](frame) if mobject in self._fades else 1.0
            if opacity > 0:
                visible.append(mobject)
                self._set_opacity(mobject, opacity)
        self.actors.submobjects = visible
        self.draw(self.shown_at(frame))

    def _set_opacity(self, mobject: mn.VMobject, opacity: float) -> None:
        if mobject not in self._opacities or self._shown.get(mobject) == opacity:
            return
        fill, stroke = self._opacities[mobject]
        mobject.fill_rgbas[:, 3] = fill * opacity
        mobject.stroke_rgbas[:, 3] = stroke * opacity
        self._shown[mobject] = opacity

    def stretches(self, start: int = 0, stop: int | None = None) -> Iterator[FrameRun]:
        """Yield the frames of a range as stretches, in order; alike frames come together."""
        stop = self.show.frame_count if stop is None else stop
        runs: list[tuple[int, int]] = []  # frames that look alike
        first, look = start, self._look(start)
        for frame in range(start + 1, stop):
            following = self._look(frame)
            if following != look:
                runs.append((first, frame))
                first, look = frame, following
        runs.append((first, stop))
        begin = start
        for run_start, run_stop in runs:
            rests = run_stop - run_start >= _SHORTEST_HOLD
            changes_cast = run_start > begin and self._cast(run_start) != self._cast(run_start - 1)
            if (rests or changes_cast) and run_start > begin:
                yield FrameRun(begin, run_start, moving=True)
                begin = run_start
            if rests:
                yield FrameRun(run_start, run_stop, moving=False)
                begin = run_stop
        if begin < stop:
            yield FrameRun(begin, stop, moving=True)

    def _look(self, frame: int) -> tuple[Any, ...]:
        return self.shown_at(frame), tuple(fade(frame) for fade in self._fades.values())

    def shown_at(self, frame: int) -> State:
        """Return the state of a frame, found once."""
        if frame not in self._states:  # rests are sought before frames are drawn
            if len(self._states) >= _REMEMBERED:
                del self._states[next(iter(self._states))]
            self._states[frame] = self.state(frame)
        return self._states[frame]

    def _cast(self, frame: int) -> tuple[bool, ...]:
        return tuple(fade(frame) > 0 for fade in self._fades.values())

    def construct(self) -> None:
        """Play the segment under Manim's own renderer: exact in frames, with rests as frozen waits."""
        fps = mn.config.frame_rate
        for stretch in self.stretches():
            self.draw_frame(stretch.start)
            if stretch.moving:
                self.play(_Clock(self, stretch, fps))
            else:
                # Manim truncates a frozen wait and rounds a play up; half a frame makes both exact.
                self.wait((stretch.stop - stretch.start + 0.5) / fps, frozen_frame=True)

    # Reports -------------------------------------------------------------------------------------------------------

    def report(self, frame: int) -> tuple[dict[str, Any], dict[str, NDArray[np.float64]], dict[str, Box]]:
        """Return what a frame shows: the numbers, places in scene units, and boxes of bodies, each by name."""
        state = self.shown_at(frame)
        return asdict(state), self.places(state), self.bodies(state)  # type: ignore[call-overload]

    def drawn(self, frame: int) -> Box:
        """Return the box of all that is drawn at a frame, strokes with their width; an empty one if nothing is.

        What bleeds counts as far as the frame's edges.
        """
        self.draw_frame(frame)
        edges, least, most = (self.frame.at(0, 0), self.frame.at(1, 1)), np.full(3, np.inf), np.full(3, -np.inf)
        for mobject in cast(list[mn.VMobject], self.actors.submobjects):
            if len(mobject.points):
                reach = _STROKE_UNIT * float(mobject.stroke_width) / 2
                low, high = mobject.points.min(axis=0) - reach, mobject.points.max(axis=0) + reach
                if mobject in self._bleeding:
                    low, high = (np.clip(corner, *edges) for corner in (low, high))
                least, most = np.minimum(least, low), np.maximum(most, high)
        return Box(float(least[0]), float(most[0]), float(least[1]), float(most[1]))

    def texts(self, frame: int) -> tuple[PlacedText, ...]:
        """Return the texts that can be read at a frame; those that are still faint are left out."""
        self.draw_frame(frame)
        placed = []
        for mobject in cast(list[mn.VMobject], self.actors.submobjects):
            opacity = self._fades[mobject](frame) if mobject in self._fades else 1.0
            if mobject in self._texts and len(mobject.points) and opacity > 0.95:
                (left, bottom, _), (right, top, _) = mobject.points.min(axis=0), mobject.points.max(axis=0)
                text_id, on = self._texts[mobject]
                ground = hex_rgb(self.theme.background) if on is None else on.fill_rgbas[0, :3]
                box = Box(left, right, bottom, top)
                placed.append(PlacedText(text_id, box, _rgb(mobject.fill_rgbas[0]), _rgb(ground)))
        return tuple(placed)


def _rgb(colour: NDArray[np.float64]) -> tuple[float, float, float]:
    return float(colour[0]), float(colour[1]), float(colour[2])
