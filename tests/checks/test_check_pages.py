"""The physics as a table and a page; captions outside the rules, and letters without a glyph, each with its place."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from film_project import ROOT, Project
from fontTools.ttLib import TTFont

from explainer.checks.captions import check_captions
from explainer.checks.finding import Finding
from explainer.checks.glyphs import IN_CAPTIONS, ON_SCREEN, check_glyphs, uncovered
from explainer.checks.physics import HEADS, failures, page, table, verified
from explainer.checks.run import run_checks
from explainer.cli.main import main
from explainer.film.request import Request
from explainer.film.timed import LocalizedFilm, timed
from explainer.tasks.fingerprint import font_characters, font_face
from explainer.tasks.session import BuildReport
from explainer.words.facts import Known, known
from explainer.words.film import open_film
from explainer.words.languages import PSEUDO_TAG
from explainer.words.markup import MarkedText
from physics.verification.row import Row

MINUTE = open_film(ROOT, "minute")
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


def test_every_statement_of_the_minutes_physics_holds_and_could_fail() -> None:
    rows = [row for row in verified(MINUTE.script.settings.verification) if isinstance(row, Row)]
    assert len(rows) > 100
    assert failures(rows) == ()
    spoiled = [replace(row, computed=row.expected + (abs(row.expected) or 1.0)) for row in rows]
    assert len(failures(spoiled)) == len(rows)
    assert len(failures([replace(row, computed=float("nan")) for row in rows])) == len(rows)


VERIFICATION = """
from physics.verification.row import Row


def verify():
    return Row("laser", "gain clamps", "a book", 1.0, 1.0, 0.1), Row("dome", "slope is beta", "a paper", 2.0, 3.0, 0.1)
"""


def test_statements_are_those_the_script_names_and_a_failing_one_fails_the_check(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = run_checks((project.request(),), ("physics",), project.out, project.session())
    assert (checked.findings, checked.statements, checked.pages) == ((), (), ())
    (project.root / f"{project.name}_physics" / "verified.py").write_text(VERIFICATION, encoding="utf-8")
    project.edit("narration/minute.toml", "[film]\n", f'[film]\nverification = "{project.name}_physics.verified"\n')
    assert main(["check", "--physics", "--out", str(project.out)], project.root) == 1
    said = capsys.readouterr().out.splitlines()
    assert "error: physics: dome: slope is beta: computed 3.0, expected 2.0 (a paper)" in said
    assert said[-1] == "physics: 1 failed"
    assert "FAILS" in (project.out / "physics.html").read_text(encoding="utf-8")


def planned(project: Project, tag: str) -> LocalizedFilm:
    """The words of a language on the draft voice's timeline."""
    (film,) = timed((project.request(language_tag=tag),), project.session(), BuildReport())
    return film.localized


def test_captions_outside_a_rule_are_named_with_their_line(project: Project) -> None:
    english, german = planned(project, "en"), planned(project, "de")
    assert not [found for found in check_captions(english) if found.severity == "error"]
    segment = english.planned.segments[0]
    question, answer = segment.cues
    hurried = replace(segment, cues=(question, replace(answer, start_frame=answer.stop_frame - 12)))
    spoiled = replace(english.planned, segments=(hurried, *english.planned.segments[1:]))
    for localized, path, line, voice in (
        (english, project.script, 'id = "hook.answer"', ""),
        (german, project.locale / "de.po", 'msgctxt "hook.answer"', " with the en voice"),
    ):
        findings = check_captions(replace(localized, planned=spoiled))
        named = [found for found in findings if found.what.startswith("hook.answer: ")]
        assert any("characters a second, over" in found.what for found in named)
        for found in named:
            file, _, number = found.where.partition(":")
            assert (found.severity, file) == ("error", path.name)
            assert path.read_text(encoding="utf-8").splitlines()[int(number) - 1] == line
            assert f"{voice}: '" in found.what


def with_words(tag: str, **changes: object) -> LocalizedFilm:
    """A film of which nothing but the words is looked at."""
    narration = replace(MINUTE.narration(tag, known(MINUTE.facts).facts), **changes)  # type: ignore[arg-type]
    return LocalizedFilm(Request(MINUTE, tag), narration, None, None, Known())  # type: ignore[arg-type]


@pytest.mark.parametrize("tag", (*MINUTE.tags, PSEUDO_TAG))
def test_every_letter_of_every_language_has_a_glyph(tag: str) -> None:
    assert check_glyphs(with_words(tag), str, ON_SCREEN) == check_glyphs(with_words(tag), str, IN_CAPTIONS) == ()


def test_a_letter_without_a_glyph_is_named_wherever_it_is_shown() -> None:
    whole = with_words("de").narration
    first, *others = whole.segments
    cue, *cues = first.cues
    for text_id, changes in {
        "title": {"title": "heiß 𒀀"},
        first.id: {"segments": (replace(first, title="heiß 𒀀"), *others)},
        cue.id: {"segments": (replace(first, cues=(replace(cue, caption=MarkedText("heiß 𒀀")), *cues)), *others)},
        "common.hot": {"labels": {**whole.labels, "common.hot": "heiß 𒀀"}},
    }.items():
        kind = IN_CAPTIONS if text_id == cue.id else ON_SCREEN
        (finding,) = check_glyphs(with_words("de", **changes), lambda text_id: f"x.po:{text_id}", kind)
        what = f"{text_id}: no glyph for '𒀀' (U+12000) in Inter: 'heiß 𒀀'"
        assert finding == Finding(kind, f"x.po:{text_id}", what)
    assert uncovered("a\u00a0\u2067\n", font_characters("Inter")) == ()


@pytest.mark.parametrize("tag", open_film(ROOT).tags)
def test_the_characters_of_a_font_are_those_of_its_own_table(tag: str) -> None:
    family = open_film(ROOT).language(tag).font
    file, number = font_face(family)
    with TTFont(file, fontNumber=number, lazy=True) as font:
        table = frozenset(font.getBestCmap())
    assert font_characters(family) <= table
    assert uncovered("".join(map(chr, sorted(table))), font_characters(family)) == ()
