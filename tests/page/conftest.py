"""Small films that a browser plays, the page built around them, and a browser to look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_films import SPOKEN, TAGS, write_film

from page.build import build_page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def film_folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("films")
    return [write_film(root / tag, tag) for tag in SPOKEN]


@pytest.fixture(scope="session")
def folder(film_folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page's folder, in every language."""
    out = tmp_path_factory.mktemp("page")
    build_page(film_folders, TAGS, out, allow_missing=True)
    return out


@pytest.fixture(scope="module")  # its driver keeps an event loop that no other tests should find running
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser here (looked for {', '.join(BROWSERS)})")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm install --prefix tests)")
    return AXE.read_text("utf-8")
