"""Moments that times move under, what is shown after each thing that is told, and which files matter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.preview.forks import Forks
from explainer.preview.order import Moment, frame_at
from explainer.preview.shown import DIED, Shown, after, parts
from explainer.preview.watch import matters
from explainer.tasks.graph import Task
from explainer.tasks.progress import Silent
from explainer.tasks.store import Store, find
from explainer.timing.timeline import CueTime, SegmentTime, Timeline

TIMELINE = Timeline(
    "en",
    15,
    (
        SegmentTime("one", 0, 60, (CueTime("one.a", 5, 30, {}),)),
        SegmentTime("two", 60, 120, (CueTime("two.a", 65, 80, {}), CueTime("two.b", 90, 110, {}))),
    ),
)


@pytest.mark.parametrize(
    ("moment", "place"),
    [
        (Moment(), ("one", 0)),
        (Moment("gone", 3.0), ("one", 0)),
        (Moment("two.b", 0.0), ("two", 30)),
        (Moment("two.b", 1.0), ("two", 45)),
        (Moment("two.b", 60.0), ("two", 59)),
        (Moment("two.a", -1.0), ("two", 0)),
    ],
)
def test_a_moment_has_a_frame_of_its_segment(moment: Moment, place: tuple[str, int]) -> None:
    assert frame_at(TIMELINE, moment) == place


def told(*events: tuple[str, dict[str, object]]) -> Shown:
    shown = Shown()
    for kind, what in events:
        shown = after(shown, kind, what)
    return shown


BEGIN, END, PLAN = ("begin", {}), ("end", {}), ("plan", {"title": "x"})
WRONG = ("error", {"segment": "two", "line": "two.py:3: it fails"})
UNREAD = ("error", {"segment": "", "line": "x.toml:3: it cannot be read"})


def lines(*events: tuple[str, dict[str, object]]) -> list[str]:
    return list(told(*events).errors.values())


def test_an_error_stays_until_what_it_tells_of_is_mended() -> None:
    assert lines(BEGIN, PLAN, WRONG, END) == ["two.py:3: it fails"]
    assert lines(BEGIN, PLAN, WRONG, END, BEGIN, PLAN) == ["two.py:3: it fails"]
    assert lines(BEGIN, PLAN, WRONG, END, BEGIN, PLAN, ("film", {"segment": "two", "key": "k"})) == []
    assert lines(BEGIN, PLAN, WRONG, END, BEGIN, PLAN, END) == []
    assert lines(BEGIN, UNREAD, END) == ["x.toml:3: it cannot be read"]
    assert lines(BEGIN, UNREAD, END, BEGIN, PLAN) == []
    assert lines(BEGIN, PLAN, ("died", {})) == [DIED]
    assert lines(BEGIN, PLAN, END, ("died", {})) == []


def test_what_was_good_stays_when_something_breaks() -> None:
    drawn = ("film", {"segment": "two", "key": "k"})
    good, broken = told(BEGIN, PLAN, drawn, END), told(BEGIN, PLAN, drawn, END, BEGIN, UNREAD, END)
    assert (broken.plan, broken.films) == (good.plan, good.films) == ({"title": "x"}, {"two": "k"})
    assert [name for name, _ in parts(broken, good)] == ["errors"]


@pytest.mark.parametrize(
    ("path", "does"),
    [
        ("narration/film.toml", True),
        ("scenes/data/table.csv", True),
        ("narration/.film.toml.swp", False),
        ("narration/film.toml~", False),
        ("narration/4913", False),
        ("scenes/__pycache__/ball.cpython-311.pyc", False),
        (".cache/ab/film.mp4", False),
    ],
)
def test_what_editors_put_beside_a_file_does_not_matter(path: str, does: bool) -> None:
    assert matters(Path(path)) is does


def note(job: object, inputs: object, folder: Path, tick: object) -> None:
    if job == "die":
        os._exit(3)
    if job == "fail":
        raise ValueError("no")
    (folder / "pid").write_text(str(os.getpid()), encoding="utf-8")


def test_forks_do_tasks_after_those_they_build_on(tmp_path: Path) -> None:
    store = Store(tmp_path, lambda line: None)
    tasks = (Task("b1", "b", note, "", {"a": "a1"}), Task("a1", "a", note, ""), Task("c1", "c", note, ""))
    Forks(2, tmp_path).run(tasks, store, Silent())
    folders = [find(store, task.key) for task in tasks]
    pids = {(folder / "pid").read_text(encoding="utf-8") for folder in folders if folder}
    assert len(pids) == 3 and str(os.getpid()) not in pids


@pytest.mark.parametrize(("how", "said"), [("fail", "ValueError: no"), ("die", "died")])
def test_what_fails_in_a_fork_is_one_line(how: str, said: str, tmp_path: Path) -> None:
    tasks = (Task("a1", "a", note, how), Task("b1", "b", note, "", {"a": "a1"}))
    with pytest.raises(ExplainerError, match=said):
        Forks(2, tmp_path).run(tasks, Store(tmp_path, lambda line: None), Silent())
    assert find(Store(tmp_path, lambda line: None), "b1") is None
