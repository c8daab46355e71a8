"""The film shows only what its physics computes: the checks find nothing wrong in the minute, and would if it were.

Every value that a scene reports, every marker, label and read-out is spoiled once, and its finding expected.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from export_bench import MINUTE, Bench
from PIL import Image, ImageDraw

from explainer.checks.evaluation import Evaluation, Marker, evaluation_of
from explainer.checks.inspection import Inspection, inspect
from explainer.checks.layout import SAFE_SHARE, caption_lines, check_layout
from explainer.checks.states import check_states
from explainer.film.request import RENDERER, Quality
from explainer.film.tasks import shot_of
from explainer.film.timed import LocalizedFilm, timed
from explainer.media import frames
from explainer.media.shot import TextBox
from explainer.stage.layout import SHORT_SIDE
from explainer.stage.look import Theme
from explainer.tasks.session import BuildReport

WIDTH, HEIGHT, FPS = 640, 360, 60
SEGMENTS = tuple(segment.id for segment in MINUTE.script.segments)
EVALUATION = evaluation_of(MINUTE.script.settings.evaluators)


@dataclass(frozen=True)
class Minute:
    """The film as its scenes drew it and told of it, at each cue, mark and moment between."""

    localized: LocalizedFilm
    seen: tuple[Inspection, ...]

    @property
    def theme(self) -> Theme:
        return self.localized.request.theme

    def of(self, segment_id: str) -> tuple[Inspection, ...]:
        return tuple(each for each in self.seen if each.segment_id == segment_id)

    def at(self, moment: str) -> Inspection:
        return next(each for each in self.seen if each.moment.name == moment)


@pytest.fixture(scope="module")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Minute:
    bench = Bench(tmp_path_factory.mktemp("minute"))
    request = bench.request(quality=Quality(WIDTH, HEIGHT, FPS), renderer=RENDERER)
    session, report = bench.session(), BuildReport()
    (film,) = timed((request,), session, report)
    (seen,) = inspect([film.localized], session, report, pictured=True)
    return Minute(film.localized, seen)


def states(minute: Minute, each: Inspection, evaluation: Evaluation, **values: object) -> list[str]:
    """What the evaluators find at a moment whose values were changed."""
    changed = replace(each, values={**each.values, **values})
    alone = Evaluation(evaluation.evaluators)
    return [found.what for found in check_states([changed], alone, minute.theme) if found.severity == "error"]


def test_nothing_is_wrong_with_the_minute(minute: Minute) -> None:
    assert {each.segment_id for each in minute.seen} == set(SEGMENTS) == set(EVALUATION.evaluators)
    assert check_states(minute.seen, EVALUATION, minute.theme) == ()
    assert check_layout(minute.seen, WIDTH, HEIGHT, "en", caption_lines(minute.localized)) == ()


def spoiled(value: Any) -> Any:
    """A value a little off: a number by a hundredth, a count by one, one element of a row, the infinite made finite."""
    if value == []:
        return [[0, 1, 0.5]]  # a quantum from one to another
    if isinstance(value, list):
        largest = value.index(max(value))
        return [*value[:largest], spoiled(value[largest]), *value[largest + 1 :]]
    if isinstance(value, int):
        return value + 1
    return 1e6 if math.isinf(value) else 1.01 * value or 0.01


def unheld(minute: Minute, segment_id: str, evaluation: Evaluation) -> set[str]:
    """The values that a scene reports of which no one would notice, at any moment, that they are a little off."""
    seen = minute.of(segment_id)
    return {name for each in seen for name in each.values} - {
        name
        for each in seen
        for name, value in each.values.items()
        if value is not None and states(minute, each, evaluation, **{name: spoiled(value)})
    }


@pytest.mark.parametrize("segment_id", SEGMENTS)
def test_every_value_that_a_scene_reports_is_held(minute: Minute, segment_id: str) -> None:
    assert unheld(minute, segment_id, EVALUATION) == set()


@pytest.mark.parametrize("segment_id", SEGMENTS)
def test_an_evaluator_that_finds_nothing_holds_nothing(minute: Minute, segment_id: str) -> None:
    blind = Evaluation({**EVALUATION.evaluators, segment_id: lambda values: ()})
    assert unheld(minute, segment_id, blind) == set(minute.of(segment_id)[0].values)


@pytest.mark.parametrize(
    ("moment", "name"),
    [("hook.question:end", "T_K"), ("inversion.heat:infinite", "T_mK"), ("dome.top:flat", "T_mK")],
)
def test_infinite_temperature_is_held_and_has_no_sign(minute: Minute, moment: str, name: str) -> None:
    each = minute.at(moment)
    assert each.values[name] == math.inf
    assert states(minute, each, EVALUATION, **{name: -math.inf}) == []
    for other in (1e6, -1e6):
        assert len(states(minute, each, EVALUATION, **{name: other})) == 1


def test_bodies_at_infinite_temperature_are_held_like_any_others(minute: Minute) -> None:
    each = minute.at("ordering.contact..ordering.contact:flow")
    flat = {"x": 0.0, "T_mK": math.inf}
    assert states(minute, each, EVALUATION, **flat) == []
    assert len(states(minute, each, EVALUATION, **{**flat, "T_mK": 1e6})) == 1
    assert len(states(minute, each, EVALUATION, **flat, entropy_gain_over_k=0.1)) == 1


def test_the_lasing_levels_are_held_as_they_pass_infinite_temperature(minute: Minute) -> None:
    shot = shot_of(minute.localized, "laser")
    start, stop = (minute.at(moment).moment.frame for moment in ("laser.pump", "laser.pump:grow"))
    told = frames.reports(shot, tuple(range(start, stop)))
    nearest = min(told, key=lambda report: abs(report.values["upper"] - 0.5))
    each = replace(minute.at("laser.pump"), values=nearest.values)
    assert abs(nearest.values["upper"] - 0.5) < 0.01
    assert states(minute, each, EVALUATION) == []
    for factor in (-1, 0.5):
        assert len(states(minute, each, EVALUATION, T_K=factor * nearest.values["T_K"])) == 1


def test_a_temperature_that_is_left_out_is_missed(minute: Minute) -> None:
    for moment in ("inversion.levels:end", "inversion.heat:infinite", "inversion.flip:flip"):
        assert len(states(minute, minute.at(moment), EVALUATION, T_mK=None)) == 1


def sought(minute: Minute, marker: Marker) -> tuple[Inspection, ...]:
    """The moments at which a marker must be in the picture."""
    start, stop = (minute.at(name).moment.frame for name in (marker.since, marker.until))
    return tuple(each for each in minute.of(marker.segment_id) if start <= each.moment.frame <= stop)


def found_of(minute: Minute, marker: Marker, changed: Inspection) -> list[str]:
    """What is found of a marker at a moment that was changed."""
    around = [each for each in minute.of(marker.segment_id) if each.moment.name in (marker.since, marker.until)]
    seen = [changed, *(each for each in around if each.moment != changed.moment)]
    found = check_states(seen, Evaluation(markers=(marker,)), minute.theme)
    return [each.what for each in found if each.where == changed.moment.name]


@pytest.mark.parametrize("marker", EVALUATION.markers, ids=lambda marker: marker.place)
def test_every_marker_is_found_and_missed(minute: Minute, marker: Marker, tmp_path: Path) -> None:
    assert sought(minute, marker)
    for each in sought(minute, marker):
        x, y = each.places_px[marker.place]
        assert found_of(minute, marker, each) == []
        elsewhere = {**each.places_px, marker.place: (x + 0.01 * HEIGHT, y)}
        (what,) = found_of(minute, marker, replace(each, places_px=elsewhere))
        assert what.startswith(f"{marker.place!r} is 3.") and what.endswith("pixels from where the physics puts it")
        with Image.open(each.picture) as picture:
            reach = marker.radius * HEIGHT / SHORT_SIDE + 3
            ImageDraw.Draw(picture).ellipse((x - reach, y - reach, x + reach, y + reach), minute.theme.background)
            picture.save(tmp_path / "repainted.png")
        (what,) = found_of(minute, marker, replace(each, picture=tmp_path / "repainted.png"))
        assert what.startswith(f"{marker.place!r} is not in the picture")
        (what,) = found_of(minute, marker, replace(each, places_px={}))
        assert what == f"the scene reports no place {marker.place!r}"


def test_every_label_of_the_script_can_be_read(minute: Minute) -> None:
    readable = {text.id for each in minute.seen for text in each.texts}
    assert readable >= {label.id for label in MINUTE.script.labels}


def read(each: Inspection, text: TextBox, **changes: object) -> set[str]:
    """What the layout check finds at a moment of which a text was changed."""
    changed = replace(text, **changes)  # type: ignore[arg-type]
    texts = tuple(changed if other is text else other for other in each.texts)
    return {found.what for found in check_layout([replace(each, texts=texts)], WIDTH, HEIGHT, "en", lambda each: 0)}


def moved(each: Inspection, text: TextBox, left: float, top: float) -> set[str]:
    right, bottom = left + text.right - text.left, top + text.bottom - text.top
    return read(each, text, left=left, right=right, top=top, bottom=bottom)


@pytest.mark.parametrize("segment_id", SEGMENTS)
def test_every_label_and_read_out_is_missed_out_of_its_place(minute: Minute, segment_id: str) -> None:
    beside = {text.id: (each, text) for each in minute.of(segment_id) for text in each.texts if len(each.texts) > 1}
    assert any(name.startswith("read-out") for name in beside)
    for name, (each, text) in beside.items():
        low = (1 - SAFE_SHARE) * HEIGHT - (text.bottom - text.top)
        other = next(other for other in each.texts if other is not text)
        assert f"{name!r} leaves the safe area" in moved(each, text, SAFE_SHARE * WIDTH - 3, text.top)
        assert f"{name!r} enters the caption band" in moved(each, text, text.left, low)
        assert {f"{name!r} overlaps {other.id!r}", f"{other.id!r} overlaps {name!r}"} & moved(
            each, text, other.left, other.top
        )
        assert read(each, text, ink=text.ground) == {f"{name!r} has a contrast of 1.0, at least 4.5 is needed"}
