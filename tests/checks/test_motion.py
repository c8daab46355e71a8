"""The figures of motion are those that films were made to have; what breaks a film's limits is named with its place."""

from __future__ import annotations

import subprocess
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from film_project import Project
from hypothesis import given
from hypothesis import strategies as st
from scene_shots import shot_of

from explainer.checks.finding import Finding
from explainer.checks.motion import INKED, MOVED, Measured, check_motion, figures, measured, rests, size_px
from explainer.checks.run import Checked, run_checks
from explainer.cli.report import print_checks
from explainer.film.manifest import read_film
from explainer.jobs.draw import PICTURE, RenderJob, render
from explainer.media.encode_settings import FAST
from explainer.media.ffmpeg import executable
from explainer.media.probe import pictures
from explainer.timing.timeline import CueTime, SegmentTime, Timeline
from explainer.words.script import MotionLimits

WIDTH, HEIGHT = 480, 270
GROUND = np.array([10, 15, 30], np.uint8)
LIGHT = (230, 220, 90)
Slab = tuple[int, int, int, int]  # left, top, right, bottom in pixels


def drawn(*slabs: Slab) -> np.ndarray:
    """Slabs of light on the background."""
    picture = np.broadcast_to(GROUND, (HEIGHT, WIDTH, 3)).copy()
    for left, top, right, bottom in slabs:
        picture[top:bottom, left:right] = LIGHT
    return picture


def film_of(path: Path, frames: Iterable[np.ndarray], fps: int = 30) -> Path:
    """A film of the frames as they are: without loss, and with a colour for each pixel."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264rgb", rate=fps, options={"qp": "0", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "rgb24"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, "rgb24")))
        container.mux(stream.encode())
    return path


def moving(frames: int) -> list[np.ndarray]:
    """A slab that steps to and fro, one step a frame."""
    return [drawn((40 + 6 * (number % 2), 40, 100 + 6 * (number % 2), 100)) for number in range(frames)]


def resting(like: Sequence[np.ndarray], frames: int) -> list[np.ndarray]:
    return [like[-1]] * frames


def timeline(*lengths: int) -> Timeline:
    """Segments of so many frames at 30 a second, each with a cue that begins with its sixth frame."""
    stops = np.cumsum(lengths).tolist()
    return Timeline(
        "en",
        30,
        tuple(
            SegmentTime(f"s{n}", stop - length, stop, (CueTime(f"s{n}.cue", stop - length + 5, stop, {}),))
            for n, (length, stop) in enumerate(zip(lengths, stops, strict=True))
        ),
    )


def seen(path: Path, planned: Timeline) -> Measured:
    frames = pictures(path, (WIDTH, HEIGHT), 30)
    return measured(frames, GROUND, [segment.start_frame for segment in planned.segments[1:]])


@pytest.mark.parametrize("fps", [30, 60])
def test_rests_are_those_that_the_film_was_made_with(tmp_path: Path, fps: int) -> None:
    first = moving(60)
    second = [*first, *resting(first, 45), *moving(30)]  # 1.5 s
    third = [*second, *resting(second, 15), *moving(30)]  # half a second is no rest
    fourth = [*third, *resting(third, 18), *moving(27)]  # 0.6 s
    frames = [*fourth, *resting(fourth, 75)]  # the last 2.5 s
    assert len(frames) == 300
    path = film_of(tmp_path / "film.mp4", (each for each in frames for _ in range(fps // 30)), fps)
    planned = timeline(100, 200)
    share, longest, *_ = figures(seen(path, planned), planned, MotionLimits(), path.name)
    assert share.value == pytest.approx((45 + 18) / 300)
    assert share.where == "s0 1.3 s, s1 0.8 s"
    assert longest.value == pytest.approx(1.5)
    assert longest.where == "s0.cue, from 2.0 s"


@pytest.mark.parametrize(("side", "moves"), [(8, False), (9, True)])
def test_a_frame_moves_if_enough_of_it_changes(side: int, moves: bool) -> None:
    changed = measured([drawn(), drawn((0, 0, side, side))], GROUND, ()).moves
    assert changed.tolist() == [True, moves]  # 64 and 81 pixels of 129600: 0.049 % and 0.063 %


@pytest.mark.parametrize(("levels", "counts"), [(0, False), (1, True)])
@pytest.mark.parametrize("colour", [0, 1, 2])
def test_pixels_count_from_a_level_more_than_the_threshold_in_any_colour(
    levels: int, counts: bool, colour: int
) -> None:
    moved, inked = drawn(), drawn()
    moved[..., colour] += MOVED + levels
    inked[..., colour] += INKED + levels
    assert measured([drawn(), moved], GROUND, ()).moves[1] == counts
    assert measured([inked], GROUND, ()).ink[0] == counts


def test_box_and_ink_are_those_that_were_drawn(tmp_path: Path) -> None:
    corners: tuple[Slab, Slab] = ((48, 27, 96, 81), (384, 189, 432, 243))  # 0.8 of both sides; 2 x 0.1 x 0.2
    frames = [drawn()] * 10 + [drawn(*corners)] * 60 + [drawn((0, 0, WIDTH, HEIGHT))] * 20
    path = film_of(tmp_path / "film.mp4", frames)
    found = seen(path, timeline(90))
    assert (found.box[0], found.ink[0], found.box[-1], found.ink[-1]) == (0, 0, 1, 1)
    _, _, box, ink = figures(found, timeline(90), MotionLimits(), path.name)
    assert (box.value, ink.value) == (pytest.approx(0.64), pytest.approx(0.04))


SEAMS = {
    "the same picture": ((0, 0, 100, 100), (0, 0, 100, 100), 1.0),
    "half of each is the other's": ((0, 0, 100, 100), (50, 0, 150, 100), 1 / 3),
    "the second holds the first": ((0, 0, 100, 100), (0, 0, 100, 200), 0.5),
    "elsewhere": ((0, 0, 100, 100), (200, 100, 300, 200), 0.0),
    "out of nothing": ((0, 0, 0, 0), (0, 0, 100, 100), 0.0),
    "nothing on either side": ((0, 0, 0, 0), (0, 0, 0, 0), 0.0),
}


@pytest.mark.parametrize(("before", "after", "likeness"), SEAMS.values(), ids=SEAMS)
def test_a_seam_is_as_alike_as_what_both_sides_share(
    tmp_path: Path, before: Slab, after: Slab, likeness: float
) -> None:
    # Nothing but the frames 2 before the cut and 1 after it tells.
    flash = drawn((0, 0, WIDTH, HEIGHT))
    frames = [*[flash] * 18, drawn(before), flash, flash, drawn(after), *[flash] * 20]
    path = film_of(tmp_path / "film.mp4", frames)
    seam = figures(seen(path, timeline(20, 22)), timeline(20, 22), MotionLimits(), path.name)[-1]
    assert (seam.name, seam.where) == ("likeness at a seam", "s0 to s1, at 0.7 s")
    assert seam.value == pytest.approx(likeness)


def rests_slowly(moves: Sequence[bool]) -> list[tuple[int, int]]:
    found, start = [], None
    for number, each in enumerate([*moves, True]):
        if not each and start is None:
            start = number
        if each and start is not None:
            if (number - start) / 30 > 0.5:
                found.append((start, number))
            start = None
    return found


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=20))
def test_rests_are_the_long_runs_of_frames_that_do_not_move(runs: list[tuple[bool, int]]) -> None:
    moves = [each for each, length in runs for _ in range(length)]
    assert list(rests(np.array(moves, bool))) == rests_slowly(moves)


@pytest.mark.parametrize(
    ("fps", "shown"), [(15, [0, 0, 1, 1, 2, 2]), (30, [0, 1, 2]), (60, [0, 2]), (25, [0, 0, 1, 2])]
)
def test_at_each_tick_comes_the_picture_that_is_on_screen(tmp_path: Path, fps: int, shown: list[int]) -> None:
    path = film_of(tmp_path / "film.mp4", (np.full((HEIGHT, WIDTH, 3), 80 * n, np.uint8) for n in range(3)), fps)
    found = [round(float(picture.mean()) / 80) for picture in pictures(path, (64, 36), 30)]
    assert found == shown


@pytest.mark.parametrize(
    ("shape", "size"),
    [((1920, 1080), (480, 270)), ((854, 480), (480, 270)), ((1080, 1920), (270, 480)), ((720, 720), (360, 360))],
)
def test_every_shape_is_measured_with_as_many_pixels(shape: tuple[int, int], size: tuple[int, int]) -> None:
    assert size_px(*shape) == size


def test_no_more_frames_are_kept_than_a_cut_needs() -> None:
    alive: list[weakref.ref[np.ndarray]] = []
    most = 0

    def frames() -> Iterator[np.ndarray]:
        nonlocal most
        for number in range(100):
            most = max(most, sum(1 for ref in alive if ref() is not None))
            frame = drawn((number, 0, number + 9, 9))
            alive.append(weakref.ref(frame))
            yield frame

    assert len(measured(frames(), GROUND, range(0, 100, 7)).moves) == 100
    assert 0 < most < 8


def slowly(raw: bytes, width: int, height: int) -> tuple[list[bool], list[float], list[float]]:
    """Whether frames move, their boxes and their ink, pixel for pixel in plain arithmetic."""
    size = width * height * 3
    moves, boxes, inks = [], [], []
    before = b""
    for begin in range(0, len(raw), size):
        frame = raw[begin : begin + size]
        changed, places = 0, []
        for at in range(0, size, 3):
            if before and max(abs(frame[at + c] - before[at + c]) for c in range(3)) > 12:
                changed += 1
            if max(abs(frame[at + c] - ground) for c, ground in enumerate((10, 15, 30))) > 24:
                places.append((at // 3 % width, at // 3 // width))
        moves.append(not before or changed / (width * height) > 0.0005)
        inks.append(len(places) / (width * height))
        across, down = ({place[axis] for place in places} or {0} for axis in (0, 1))
        area = (max(across) - min(across) + 1) * (max(down) - min(down) + 1)
        boxes.append(area / (width * height) if places else 0.0)
        before = frame
    return moves, boxes, inks


def test_a_real_clip_measures_as_a_second_hand_says(tmp_path: Path) -> None:
    shot = shot_of("hook", 160, 90, 30)
    render(RenderJob("explainer.media.frames", shot, FAST), {}, tmp_path, lambda steps: None)
    command = [executable(), "-v", "error", "-i", str(tmp_path / PICTURE), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    moves, boxes, inks = slowly(raw, 160, 90)
    found = measured(pictures(tmp_path / PICTURE, (160, 90), 30), GROUND, ())
    assert len(set(moves)) == 2 and max(boxes) > 0.2  # it moves, rests, and is not empty
    assert found.moves.tolist() == moves
    assert found.box == pytest.approx(boxes, abs=0.01)
    assert found.ink == pytest.approx(inks, abs=0.001)


LIMITS = "[film.motion]\nstill_share = 0.03\nlongest_still_s = 1.5\nbox = 0.5\nink = 0.04\nseam = 0.5\n\n"


def test_what_breaks_the_films_limits_is_named_with_its_place(
    built: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    film = built.out / "en" / f"{built.request().stem}.mp4"
    planned = read_film(film).planned.resampled(30)
    dome, laser = planned.segment("dome").start_frame, planned.segment("laser").start_frame
    frames = moving(planned.frames)
    frames[dome + 30 : dome + 90] = [frames[dome + 29]] * 60  # two seconds
    frames[laser : laser + 10] = [drawn((300 + n, 100, 360 + n, 160)) for n in range(0, 60, 6)]
    film_of(film, frames)

    def checked() -> Checked:
        return run_checks((built.request(),), ("motion",), built.out, built.session())

    free = checked()
    assert free.findings == ()
    assert len(free.figures) == 4 + 4
    assert all(figure.limit is None for figure in free.figures)

    built.edit("narration/minute.toml", "[[segment]]", f"{LIMITS}[[segment]]")
    held = checked()
    assert {(each.kind, each.where, each.severity) for each in held.findings} == {("motion", film.name, "error")}
    cue = max((each for each in planned.cues if each.start_frame <= dome + 30), key=lambda each: each.start_frame)
    assert [each.what for each in held.findings] == [
        f"share at rest: {60 / planned.frames:.3g}, at most 0.03: dome 2.0 s",
        f"longest rest: 2 s, at most 1.5 s: {cue.id}, from {(dome + 30) / 30:.1f} s",
        "box round what is drawn: 0.0278, at least 0.5: least in hook, 0.0278",
        "ink: 0.0278, at least 0.04: least in hook, 0.0278",
        f"likeness at a seam: 0, at least 0.5: ordering to laser, at {laser / 30:.1f} s",
    ]
    assert print_checks(("motion",), held) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["film", "figure", "measured", "limit", "where"]
    assert len([line for line in lines if line.startswith(film.name)]) == 8
    assert lines[-1] == "motion: 5 failed"


def test_a_film_that_is_not_there_or_not_as_planned_is_named(built: Project) -> None:
    film = built.out / "en" / f"{built.request().stem}.mp4"
    planned_s = read_film(film).planned.duration_s
    film_of(film, moving(90))
    (figures_found, (finding,)) = check_motion(built.request(), built.out)
    assert figures_found == ()
    assert finding == Finding("motion", film.name, f"3.0 s of picture, planned {planned_s:.1f} s; make it again: video")
    film.unlink()
    assert check_motion(built.request(), built.out)[1][0].what == "is not there; make it: video"
