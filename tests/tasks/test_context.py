"""A task's key changes with all that decides its result, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import small_tasks
from film_project import Project

from explainer.jobs import join
from explainer.tasks import context as deciding
from explainer.tasks.context import BuildContext
from explainer.tasks.fingerprint import Sources
from explainer.tasks.graph import Task
from explainer.tasks.loading import imported

ONE = Task("1" * 40, "one", small_tasks.add, 1)
OTHER = Task("2" * 40, "other", small_tasks.add, 1)
WORK = '''
from PACKAGE_physics import laws

TOOLS = ("numpy",)


def work(job, inputs, folder, tick):
    """Docstring."""
    laws.law_of_dome(1)
'''

Key = Callable[..., str]


@pytest.fixture
def key(project: Project) -> Key:
    """Gives the key of a task that draws a scene, as a new process makes it; options change what it is asked for."""
    folder = project.root / f"{project.name}_physics"
    (folder / "jobs.py").write_text(WORK.replace("PACKAGE", project.name), encoding="utf-8")
    jobs = imported(f"{project.name}_physics.jobs")

    def give(**changes: Any) -> str:
        given: dict[str, Any] = {
            "label": "draw dome",
            "work": jobs.work,
            "job": 1,
            "inputs": {"one": ONE},
            "modules": (f"{project.name}_scenes.dome",),
            "also": {"font": "1"},
        }
        context = BuildContext(Sources(project.root, project.film.packages), {"pango": "1"})
        return context.task(**(given | changes)).key

    return give


@pytest.mark.parametrize(
    "changes",
    [
        {"label": "draw hook"},
        {"job": 2},
        {"inputs": {"one": OTHER}},
        {"inputs": {"first": ONE}},
        {"inputs": None},
        {"also": {"font": "2"}},
        {"modules": ()},
        {"work": join.join},
    ],
)
def test_it_changes_with_whatever_is_asked_for(key: Key, changes: dict[str, Any]) -> None:
    assert key(**changes) != key()


@pytest.mark.parametrize("changes", [{"steps": 9}, {"cost": 9.0}, {"on_client": True}])
def test_how_the_work_is_done_changes_nothing(key: Key, changes: dict[str, Any]) -> None:
    assert key(**changes) == key()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("PACKAGE_physics/jobs.py", "law_of_dome(1)", "law_of_dome(3)"),
        ("PACKAGE_physics/laws.py", "return x + 1", "return x + 2"),
        ("PACKAGE_scenes/dome.py", "law_of_dome(frame)", "law_of_dome(2 * frame)"),
    ],
)
def test_it_changes_with_the_code_of_the_work_and_of_the_modules_named(
    project: Project, key: Key, path: str, old: str, new: str
) -> None:
    before = key()
    project.edit(path.replace("PACKAGE", project.name), old, new)
    assert key() != before


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("PACKAGE_physics/jobs.py", "Docstring", "Another docstring"),
        ("PACKAGE_scenes/hook.py", "law_of_hook(frame)", "law_of_hook(2 * frame)"),
        ("narration/minute.toml", "Negative temperature.", "Positive temperature."),
    ],
)
def test_it_changes_with_no_other_code_and_no_words(project: Project, key: Key, path: str, old: str, new: str) -> None:
    before = key()
    project.edit(path.replace("PACKAGE", project.name), old, new)
    assert key() == before


def test_it_changes_with_the_version_of_a_tool_of_the_work(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setattr(deciding, "tool_versions", lambda names: dict.fromkeys(names, "another"))
    assert key() != before


def test_fonts_are_looked_up_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    context = BuildContext(Sources(project.root), {})
    found = context.fonts(("Inter",))
    monkeypatch.setattr(deciding, "font_files", lambda families: pytest.fail("again"))
    assert context.fonts(("Inter",)) == found != {}
