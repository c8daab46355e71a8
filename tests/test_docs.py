"""What the documents say of the code is so."""

from __future__ import annotations

import doctest
import re
import runpy
from pathlib import Path

import pytest

from explainer.words.film import open_film
from figures import FIGURES
from physics.verification import verify

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted((*ROOT.glob("docs/*.md"), ROOT / "README.md"))
_PATH = re.compile(r"`((?:explainer|tests|tools|benchmarks|docs)/[\w./-]+)`")
_MODULE = re.compile(r"`((?:words|timing|voices|stage|tasks|media|jobs|film|checks|clips|decks|page|html)\.[a-z_]+)\b")
_SEGMENTS = re.compile(r'data-segment="([^"]*)"')
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def test_the_picture_of_the_architecture_is_drawn_from_the_imports_as_they_are() -> None:
    drawn = runpy.run_path(str(ROOT / "tools" / "draw_architecture.py"))
    assert drawn["PICTURE"].read_text("utf-8") == drawn["drawn"](), "run tools/draw_architecture.py"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_and_module_that_is_named_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    for place in _PATH.findall(text):
        assert (ROOT / place).exists(), place
    if document.name == "architecture.md":
        for module in _MODULE.findall(text):
            assert (ROOT / "explainer" / f"{module.replace('.', '/')}.py").is_file(), module
    for link in _LINK.findall(text):
        assert (document.parent / link).exists(), link


def rows(document: Path) -> list[list[str]]:
    """The cells of a document's table, row by row, without its head."""
    lines = [line for line in document.read_text("utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_system_is_where_the_table_says() -> None:
    verified = {row.system for row in verify()}
    table = rows(ROOT / "docs" / "systems.md")
    assert {system for row in table for system in [row[3]]} == verified
    for row in table:
        system, source, module, _, place, figure, panel = row
        assert all(row), system
        assert source[0] in "ENP", system
        assert (ROOT / "physics" / f"{module.strip('`')}.py").is_file(), system
        film, _, segment = place.partition(": ")
        assert segment in [each.id for each in open_film(ROOT, film).script.segments], system
        assert figure.strip("`") in FIGURES, system
        film, _, name = panel.partition(": ")
        assert f'<section id="{name}" class="panel"' in (ROOT / "panels" / film / "panels.html.j2").read_text(
            "utf-8"
        ), system


@pytest.mark.parametrize("film", ["tour", "confinement"])
def test_every_segment_of_the_further_films_has_a_panel(film: str) -> None:
    own = (ROOT / "panels" / film / "panels.html.j2").read_text("utf-8")
    named = [segment for names in _SEGMENTS.findall(own) for segment in names.split()]
    others = (ROOT / "panels" / "minute" / "panels.html.j2").read_text("utf-8")
    named += [segment.partition(":")[2] for names in _SEGMENTS.findall(others) for segment in names.split()]
    for segment in open_film(ROOT, film).script.segments:
        assert segment.id in named, segment.id


def test_the_walk_through_the_physics_runs_as_written_and_names_every_module() -> None:
    page = ROOT / "docs" / "physics.md"
    tried = doctest.testfile(str(page), module_relative=False)
    assert tried.attempted > 40 and tried.failed == 0
    helpers = {"__init__", "errors", "examples", "examples_confinement", "examples_tour"}
    modules = {file.stem for file in (ROOT / "physics").glob("*.py") if not file.stem.startswith("_")} - helpers
    text = page.read_text("utf-8")
    assert sorted(module for module in modules if not re.search(rf"\b{module}\b", text)) == []


@pytest.mark.parametrize("film", ["minute", "tour", "confinement"])
def test_every_panel_leads_to_segments_that_there_are(film: str) -> None:
    for names in _SEGMENTS.findall((ROOT / "panels" / film / "panels.html.j2").read_text("utf-8")):
        for name in names.split():
            segment, owner = [*reversed(name.split(":")), film][:2]
            assert segment in [each.id for each in open_film(ROOT, owner).script.segments], name
