"""The physics as a table and a page, and letters without a glyph."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from film_project import Project

from explainer.checks.checks import run_checks
from explainer.checks.finding import Finding
from explainer.checks.glyphs import check_glyphs, covered, uncovered
from explainer.checks.physics import HEADS, failures, page, table
from explainer.film.plan import LocalizedFilm, words
from explainer.film.request import Request
from explainer.words.languages import LANGUAGES
from physics.verification.row import Row

GOOD = Row("laser", "gain <clamps> & holds", "a book", 1.0, 1.0, 1e-9)
BAD = Row("dome", "slope is beta", "a paper", 2.0, 3.0, 1e-9)


def test_every_row_is_in_the_table_with_its_verdict() -> None:
    rows = table((GOOD, BAD))
    assert rows[0] == ("laser", "gain <clamps> & holds", "1", "1", "0.0e+00", "1.0e-09", "holds")
    assert rows[1][-1] == "FAILS"
    assert all(len(row) == len(HEADS) for row in rows)
    assert [finding.where for finding in failures((GOOD, BAD))] == ["dome"]


def test_the_page_has_a_table_a_system_and_needs_nothing_else() -> None:
    tags: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, dict(attrs)))

    told = page((GOOD, BAD, GOOD))
    Reader().feed(told)
    names = [tag for tag, _ in tags]
    assert names.count("table") == 2
    assert names.count("script") == names.count("link") == names.count("img") == 0
    assert {attributes["scope"] for tag, attributes in tags if tag == "th"} == {"col", "row"}
    assert "gain &lt;clamps&gt; &amp; holds" in told
    assert "1 do not hold" in told
    assert "All hold" in page((GOOD,))


def test_a_failing_row_fails_the_check(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.checks.physics.verified", lambda: (GOOD, BAD))
    checked = run_checks((project.request(),), ("physics",), project.out, project.session())
    assert [finding.severity for finding in checked.findings] == ["error"]
    assert checked.pages == (project.out / "physics.html",)
    assert "FAILS" in checked.pages[0].read_text()


def found(request: Request, **labels: str) -> tuple[Finding, ...]:
    narration = words(request)
    narration.labels.update(labels)
    empty = LocalizedFilm(request, narration, None, None)  # type: ignore[arg-type]
    return check_glyphs(empty, lambda text_id: f"x.po:{text_id}")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_letter_of_every_language_has_a_glyph(tag: str) -> None:
    assert found(Request(language_tag=tag)) == ()


def test_a_letter_without_a_glyph_is_named_with_its_place() -> None:
    (finding,) = found(Request(language_tag="de"), label="heiß 𒀀")
    assert finding.where == "x.po:label"
    assert "no glyph for '𒀀' (U+12000) in Inter: 'heiß 𒀀'" in finding.what
    assert uncovered("a\u00a0\u2067\n", covered("Inter")) == ()
