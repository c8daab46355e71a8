"""`explainer new` writes a film that is whole: it builds, holds its checks and its own tests, in good style."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tutorial import ROOT, run

from explainer.errors import ExplainerError
from explainer.starter.create import create


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("new") / "my-film"
    create(made)
    return made


def test_its_own_tests_pass(folder: Path) -> None:
    done = run(f"{sys.executable} -m pytest -q -p no:cacheprovider --doctest-modules", folder)
    assert done.returncode == 0, done.stdout


def test_it_holds_every_check_in_both_languages(folder: Path) -> None:
    done = run("explainer check --physics --layout --states --captions --lang all --voice draft", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stdout


def test_it_is_in_the_style_of_the_engine(folder: Path) -> None:
    done = run(
        f"ruff check --config {ROOT / 'pyproject.toml'} . && ruff format --config {ROOT / 'pyproject.toml'} --check .",
        folder,
    )
    assert done.returncode == 0, done.stdout


def test_no_placeholder_is_left(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in (".py", ".toml", ".md", ".po"):
            text = path.read_text(encoding="utf-8")
            assert "FILM" not in text and "NAME" not in text, path


def test_what_is_there_already_is_left_alone(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(ExplainerError, match="there is something already"):
        create(folder)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("name", ["1984", "...", "éé"])
def test_a_name_that_no_film_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExplainerError, match="no name for a film"):
        create(tmp_path / name)
