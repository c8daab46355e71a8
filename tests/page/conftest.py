"""Small films that a browser plays, and the pages built around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from export_bench import MINUTE
from page_films import KNOWN, PLAIN, SPOKEN, TAGS, built_film, write_film

from explainer.page.build import build_page
from explainer.page.shown import Built

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def film_folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("films")
    return [write_film(root / tag, tag) for tag in SPOKEN]


@pytest.fixture(scope="session")
def folder(film_folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page's folder, in every language."""
    out = tmp_path_factory.mktemp("page")
    build_page([Built(MINUTE, KNOWN, film_folders)], TAGS, out)
    return out


@pytest.fixture(scope="session")
def all_folder(film_folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a page of three films, of which two have words in English only."""
    root = tmp_path_factory.mktemp("others")
    others = [built_film(id, root / id) for id in ("tour", "confinement")]
    out = tmp_path_factory.mktemp("all")
    build_page([Built(MINUTE, KNOWN, film_folders), *others], TAGS, out)
    return out


@pytest.fixture(scope="session")
def plain_folder(film_folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a page without panels."""
    out = tmp_path_factory.mktemp("plain")
    build_page([Built(PLAIN, KNOWN, film_folders)], TAGS, out)
    return out


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm install --prefix tests)")
    return AXE.read_text("utf-8")
