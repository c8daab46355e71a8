"""The checks of what is drawn pass what is right and name what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from film_project import Project
from PIL import Image, ImageDraw

from explainer.checks.courses import check_courses
from explainer.checks.evaluation import Course, Evaluation, Marker, Values, evaluation_of
from explainer.checks.finding import Finding
from explainer.checks.inspection import Inspection, inspected
from explainer.checks.layout import caption_lines, check_layout
from explainer.checks.run import run_checks
from explainer.checks.states import check_states, find_disc, read_picture
from explainer.errors import ExplainerError
from explainer.film.captioning import caption_at
from explainer.film.request import RENDERER
from explainer.film.tasks import shot_of
from explainer.film.timed import timed
from explainer.media import frames
from explainer.media.shot import TextBox
from explainer.stage.layout import SHORT_SIDE
from explainer.stage.look import THEMES
from explainer.tasks.session import BuildReport
from explainer.timing.moments import Moment, between, moments
from explainer.timing.timeline import CueTime, SegmentTime

WIDTH, HEIGHT = 1280, 720
INK, GROUND = (0.93, 0.95, 0.98), (0.04, 0.06, 0.12)


def text(name: str, left: float, top: float, right: float, bottom: float) -> TextBox:
    return TextBox(name, left, top, right, bottom, INK, GROUND)


def seen(*texts: TextBox, **changes: object) -> Inspection:
    inside = (0.0, 0.0, WIDTH, HEIGHT)
    basis = Inspection("dome", Moment("dome.top", 10), texts, {}, {}, {}, inside, Path("none.png"))
    return replace(basis, **changes)  # type: ignore[arg-type]


FINE = text("fine", 100, 100, 300, 140)


def faults(*texts: TextBox, lines: int = 2) -> list[str]:
    return [finding.what for finding in check_layout([seen(*texts)], WIDTH, HEIGHT, "en", lambda each: lines)]


def test_a_picture_without_captions_may_use_the_room_that_they_would_have() -> None:
    low = text("low", 100, 640, 300, 680)
    assert len(faults(low)) == 2
    assert check_layout([seen(low)], WIDTH, HEIGHT, "en", lambda each: 2, captioned=False) == ()


def test_a_good_layout_passes() -> None:
    assert (
        faults(FINE, text("below", 100, 150, 300, 190), text("corner", 64, 36, 100, 60), text("low", 64, 580, 100, 619))
        == []
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (text("x", 60, 100, 90, 120), "'x' leaves the safe area"),
        (text("x", 1200, 100, 1220, 120), "'x' leaves the safe area"),
        (text("x", 100, 30, 120, 60), "'x' leaves the safe area"),
        (text("x", 100, 590, 120, 620), "'x' enters the caption band"),
        (text("x", 290, 130, 400, 170), "'fine' overlaps 'x'"),
        (replace(text("x", 400, 100, 500, 120), ink=(0.3, 0.3, 0.3)), "'x' has a contrast of 2.2"),
    ],
)
def test_a_bad_layout_is_named(wrong: TextBox, said: str) -> None:
    found = faults(FINE, wrong)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_a_label_that_a_drawn_in_caption_would_cover_is_named() -> None:
    low = text("low", 64, 580, 100, 619)
    covered = "'low' is covered by a caption of {} lines where captions are drawn in"
    assert [faults(low, lines=lines) for lines in (0, 2, 3, 9)] == [[], [], [covered.format(3)], [covered.format(9)]]
    assert faults(FINE, lines=9) == []
    standing = seen(bodies_px={"body": (64.0, 300.0, 400.0, 621.0), "other": (500.0, 300.0, 900.0, 619.0)})
    (found,) = check_layout([standing], WIDTH, HEIGHT, "en", lambda each: 2)
    assert found.what == "'body' is covered by a caption of 2 lines where captions are drawn in"
    assert not check_layout([standing], WIDTH, HEIGHT, "en", lambda each: 1)


def test_a_moment_has_the_lines_of_the_caption_that_is_on_screen(project: Project) -> None:
    (timed_film,) = timed((project.request(language_tag="de"),), project.session(), BuildReport())
    localized = timed_film.localized
    lines_at = caption_lines(localized)
    for segment in localized.timeline.segments:
        for frame in range(segment.start_frame, segment.stop_frame):
            each = seen(segment_id=segment.id, moment=Moment("", frame - segment.start_frame))
            assert lines_at(each) == len(caption_at(localized, frame).splitlines())


def test_a_fault_is_told_once_with_how_often_it_shows() -> None:
    wrong = text("x", 0, 100, 90, 120)
    found = check_layout([seen(wrong), seen(wrong), seen(wrong)], WIDTH, HEIGHT, "de", lambda each: 0)
    assert [finding.what for finding in found] == ["'x' leaves the safe area (and at 2 more moments)"]
    assert found[0].where == "de: dome.top"


@pytest.mark.parametrize(
    ("drawn_px", "edge"),
    [
        ((-1.0, 0, WIDTH, HEIGHT), "left"),
        ((0, -1.0, WIDTH, HEIGHT), "upper"),
        ((0, 0, WIDTH + 1.0, HEIGHT), "right"),
        ((0, 0, WIDTH, HEIGHT + 1.0), "lower"),
    ],
)
def test_what_is_drawn_beyond_the_frame_is_named(drawn_px: tuple[float, ...], edge: str) -> None:
    (found,) = check_layout([seen(drawn_px=drawn_px)], WIDTH, HEIGHT, "en", lambda each: 2)
    what = f"the scene of 'dome' draws beyond the {edge} edge of the frame"
    assert found == Finding("layout", "en: dome.top", what)


# A bar that grows to the right, and leaves the frame at the end, by less than its stroke is wide.
GROWING = """
from dataclasses import dataclass

import numpy as np

from explainer.stage.shapes import corners, line
from explainer.stage.stage import Stage


@dataclass(frozen=True)
class State:
    end: float


class Dome(Stage[State]):
    def build(self):
        self.bar = self.put(line(np.zeros((0, 3)), 40.0))

    def state(self, frame):
        return State(7.33 * frame / self.show.frame_count)

    def draw(self, state):
        self.bar.points = corners([[0, 0, 0], [state.end, 0, 0]]) if state.end else np.zeros((0, 3))
"""


def test_a_scene_that_draws_beyond_the_frame_is_found_at_its_moment(project: Project) -> None:
    (project.root / project.scene("dome")).write_text(GROWING, encoding="utf-8")
    request = project.request(segments=("dome",), renderer=RENDERER)
    (found,) = run_checks((request,), ("layout",), project.out, project.session()).findings
    what = "the scene of 'dome' draws beyond the right edge of the frame"
    assert found == Finding("layout", "en: dome.beyond:end", what)


def test_what_is_said_to_bleed_may_run_over_the_edges_and_is_drawn_as_ever(project: Project) -> None:
    bleeding = GROWING.replace("40.0))", "40.0), bleeds=True)").replace("7.33 *", "9.0 *")
    (project.root / project.scene("dome")).write_text(bleeding, encoding="utf-8")
    request = project.request(segments=("dome",), renderer=RENDERER)
    assert run_checks((request,), ("layout",), project.out, project.session()).findings == ()
    (film,) = timed((request,), project.session(), BuildReport())
    shot = shot_of(film.localized, "dome", (320, 180))
    some = tuple(range(0, shot.frames, 40))
    whole = dict(frames.stills(replace(shot, whole=True), some))
    assert len(some) > 2 and whole[some[-1]][90, -1, :3].max() > 200
    assert all(np.array_equal(picture, whole[frame]) for frame, picture in frames.stills(shot, some))


def picture(tmp_path: Path, x: float, y: float, radius: float, rgb: tuple[int, int, int]) -> Path:
    """A disc with a line of its colour through it, on a dark ground, drawn at four times the size."""
    large = Image.new("RGB", (WIDTH * 4, HEIGHT * 4), (10, 15, 30))
    draw = ImageDraw.Draw(large)
    draw.line((4 * x - 900, 4 * y - 500, 4 * x, 4 * y), rgb, 16)
    draw.ellipse([4 * (x - radius), 4 * (y - radius), 4 * (x + radius), 4 * (y + radius)], rgb)
    path = tmp_path / "picture.png"
    large.resize((WIDTH, HEIGHT), Image.Resampling.BOX).save(path)
    return path


ORANGE = (230, 159, 0)
RADIUS = 12 * SHORT_SIDE / HEIGHT
MARKER = Marker("dome", "point", "dome.slope", "dome.end", RADIUS, lambda *_: (230 / 255, 159 / 255, 0.0))
FINDS_NOTHING = {"dome": lambda values: ()}
PLACES = {"point": (640.0, 300.0)}


def at(name: str, frame: int, path: Path) -> Inspection:
    return seen(moment=Moment(name, frame), places_px=PLACES, picture=path)


def states(path: Path, markers: tuple[Marker, ...] = (MARKER,)) -> list[str]:
    moments_seen = [at("dome.slope", 0, path), at("dome.end", 9, path)]
    return [f.what for f in check_states(moments_seen, Evaluation(FINDS_NOTHING, markers), THEMES["dark"])]


def test_a_marker_where_it_should_be_passes(tmp_path: Path) -> None:
    assert states(picture(tmp_path, 640, 300, 12, ORANGE)) == []


def test_a_marker_is_found_to_a_pixel(tmp_path: Path) -> None:
    with Image.open(picture(tmp_path, 640.5, 297.25, 12, ORANGE)) as image:
        found = find_disc(np.asarray(image), (640, 300), (230 / 255, 159 / 255, 0), 12)
    assert found == pytest.approx((640.5, 297.25), abs=1)


def test_of_two_markers_of_a_colour_the_nearer_is_meant(tmp_path: Path) -> None:
    near, far = (read_picture(picture(tmp_path, x, 300, radius, ORANGE)) for x, radius in ((640, 12), (672, 13)))
    both = np.where(near == near[0, 0], far, near)
    found = find_disc(both, (640, 300), (230 / 255, 159 / 255, 0), 12)
    assert found == pytest.approx((640, 300), abs=1)


@pytest.mark.parametrize(
    ("x", "y", "rgb", "said"),
    [
        (660, 300, ORANGE, "'point' is 2"),
        (640, 308, ORANGE, "'point' is 8"),
        (900, 300, ORANGE, "is not in the picture"),
        (640, 300, (0, 90, 230), "is not in the picture"),
    ],
)
def test_a_marker_elsewhere_or_of_another_colour_is_named(
    tmp_path: Path, x: float, y: float, rgb: tuple[int, int, int], said: str
) -> None:
    found = states(picture(tmp_path, x, y, 12, rgb))
    assert len(found) == 2
    assert all(said in what for what in found)


def test_a_marker_at_a_moment_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = picture(tmp_path, 640, 300, 12, ORANGE)
    assert states(path, (replace(MARKER, since="dome.nosuch"),)) == ["no moment 'dome.nosuch' to look for 'point' at"]


def test_what_differs_from_the_evaluation_is_named_and_a_missing_one_warned_of() -> None:
    complaining = Evaluation({"dome": lambda values: ("E is 3, not 2",)})
    assert check_states([seen()], complaining, THEMES["dark"]) == (Finding("states", "dome.top", "E is 3, not 2"),)
    (found,) = check_states([seen(), seen()], Evaluation(), THEMES["dark"])
    assert (found.where, found.severity) == ("dome", "warning")
    assert "no independent evaluation; add one to EVALUATORS" in found.what


def test_a_value_that_a_scene_no_longer_reports_is_a_finding() -> None:
    reading = Evaluation({"dome": lambda values: [str(values["n"])]})
    (found,) = check_states([seen()], reading, THEMES["dark"])
    assert found == Finding("states", "dome.top", "the scene reports no 'n', which its evaluator reads")


def test_a_film_without_evaluators_is_warned_and_one_with_is_held_to_them(project: Project) -> None:
    (project.root / project.scene("dome")).write_text(GROWING, encoding="utf-8")

    def found() -> tuple[Finding, ...]:
        request = project.request(segments=("dome",), renderer=RENDERER)
        return run_checks((request,), ("states",), project.out, project.session()).findings

    assert [(each.where, each.severity) for each in found()] == [("en: dome", "warning")]
    second = 'EVALUATORS = {"dome": lambda values: () if values["end"] < 6 else (f"ends at {values[\'end\']:.0f}",)}'
    (project.root / f"{project.name}_physics" / "second.py").write_text(second, encoding="utf-8")
    project.edit("narration/minute.toml", "[film]\n", f'[film]\nevaluators = "{project.name}_physics.second"\n')
    held = found()
    assert held
    assert all(each.severity == "error" and each.where.startswith("en: dome.beyond") for each in held)
    assert held[-1].what == "ends at 7"


def test_a_whole_course_is_held_to_what_the_film_states_of_it(project: Project) -> None:
    # It can be drawn at its first frame alone, so whoever follows it further must not draw it.
    undrawn = GROWING.replace("if state.end else", "if state.end > 0 and 1 / 0 else")
    (project.root / project.scene("dome")).write_text(undrawn, encoding="utf-8")
    request = project.request(segments=("dome",), renderer=RENDERER)
    (film,) = timed((request,), project.session(), BuildReport())
    given: list[list[float]] = []

    def steady(course: Sequence[Values]) -> Iterator[str]:
        given.append([values["end"] for values in course])
        steps = np.diff(given[-1])
        if not np.allclose(steps, steps[0]):
            yield "does not grow steadily"
        if given[-1][-1] < 8:
            yield f"ends at {given[-1][-1]:.1f}"

    def found(**courses: Course) -> list[tuple[str, str]]:
        (findings,) = check_courses([film.localized], courses, project.session(), BuildReport())
        return [(each.where, each.what) for each in findings]

    ((where, what),) = found(dome=steady)
    assert (where, what[:10]) == ("dome", "ends at 7.")
    frame_count = film.localized.timeline.segment("dome").frames
    assert given[0] == pytest.approx([7.33 * frame / frame_count for frame in range(frame_count)])
    assert found(dome=lambda course: [course[0]["n"]]) == [("dome", "the scene reports no 'n', which its course reads")]
    ((where, what),) = found(doom=steady)
    assert (where, what.partition(";")[0]) == ("doom", "COURSES has no segment's id")


def test_courses_are_found_beside_the_evaluators_and_named_with_their_language(project: Project) -> None:
    (project.root / project.scene("dome")).write_text(GROWING, encoding="utf-8")
    second = """
EVALUATORS = {"dome": lambda values: ()}
COURSES = {"dome": lambda course: [f"has {len(course)} frames"]}
"""
    (project.root / f"{project.name}_physics" / "second.py").write_text(second, encoding="utf-8")
    project.edit("narration/minute.toml", "[film]\n", f'[film]\nevaluators = "{project.name}_physics.second"\n')
    request = project.request(segments=("dome",), renderer=RENDERER)
    (found,) = run_checks((request,), ("states",), project.out, project.session()).findings
    (film,) = timed((inspected(request),), project.session(), BuildReport())
    assert found == Finding("states", "en: dome", f"has {film.localized.timeline.frames} frames")


def test_evaluators_that_are_not_there_are_one_clear_line() -> None:
    assert evaluation_of("") == Evaluation()
    with pytest.raises(ExplainerError, match=r"evaluators\.nosuch: there is no module evaluators\.nosuch"):
        evaluation_of("evaluators.nosuch")


SEGMENT = SegmentTime(
    "dome", 100, 400, (CueTime("dome.a", 110, 200, {"m": 150}, (160,)), CueTime("dome.b", 220, 400, {}))
)


def test_moments_are_the_cues_marks_and_ends_inside_the_segment() -> None:
    found = moments(SEGMENT)
    assert [(moment.name, moment.frame) for moment in found] == [
        ("dome.a", 110),
        ("dome.a:m", 150),
        ("dome.a:end", 200),
        ("dome.b", 220),
        ("dome.b:end", 399),
    ]
    assert [moment.frame for moment in between(found)] == [130, 175, 210, 309]
