"""What translators ask for, and translations that do not hold."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from film_project import ROOT, Project

from explainer.cli import main as cli
from explainer.cli.report import print_progress, print_updated
from explainer.errors import ExplainerError
from explainer.film import translate
from explainer.film.build import films
from explainer.film.request import Voicing
from explainer.words.languages import LANGUAGES

REFUSED = (ExplainerError, ExplainerError)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "narration" / "locale", tmp_path / "locale"))


@pytest.fixture
def site_of(project: Project, locale: Path) -> Project:
    translate.update((project.request(language_tag="de", locale=locale),), project.session())
    return project


def edit(locale: Path, msgctxt: str, text: str | None = None, *, fuzzy: bool = False) -> None:
    file = polib.pofile(str(locale / "de.po"), wrapwidth=0)
    (entry,) = (entry for entry in file if entry.msgctxt == msgctxt)
    entry.msgstr = entry.msgstr if text is None else text
    entry.flags += ["fuzzy"] if fuzzy else []
    file.save(str(locale / "de.po"))


def test_an_edit_of_the_script_reaches_every_file_and_nothing_is_lost(project: Project, locale: Path) -> None:
    requests = tuple(project.request(language_tag=tag, locale=locale) for tag in ("en", "de", "ja"))
    translate.update(requests, project.session())
    assert not any(each.changed for each in translate.update(requests, project.session()))
    old = {tag: polib.pofile(str(locale / f"{tag}.po")) for tag in ("de", "ja")}
    project.edit("narration/script.toml", "Negative temperature.", "It is negative temperature.")
    updated = translate.update(requests, project.session())
    assert [(each.path.name, each.changed) for each in updated] == [("de.po", True), ("ja.po", True)]
    for tag, before in old.items():
        after = {entry.msgctxt: entry for entry in polib.pofile(str(locale / f"{tag}.po"))}
        changed = after["hook.answer"]
        assert "fuzzy" in changed.flags
        assert changed.previous_msgid == "Negative temperature."
        assert all(after[entry.msgctxt].msgstr == entry.msgstr for entry in before)
        assert "s of speech" in after["hook.answer"].comment


def test_a_broken_file_stops_an_update_of_all(project: Project, locale: Path) -> None:
    (locale / "ja.po").write_text('msgid "broken\n', encoding="utf-8")
    project.edit("narration/script.toml", "Negative temperature.", "It is negative temperature.")
    before = contents(locale)
    requests = tuple(project.request(language_tag=tag, locale=locale) for tag in ("de", "ja"))
    with pytest.raises(ExplainerError, match=r"ja\.po:1: broken PO syntax"):
        translate.update(requests, project.session())
    assert contents(locale) == before


def test_status_tells_what_is_done_and_what_is_not(
    site_of: Project, locale: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(locale, "hook.answer", fuzzy=True)
    edit(locale, "common.hot", "")
    edit(locale, "dome.top", "Oben ist sie <flat/>null: " + "unendlich " * 9 + "viel Temperatur.")
    (found,) = translate.progress((site_of.request(language_tag="de", locale=locale),), site_of.session())
    assert found.status.fuzzy == ("hook.answer",)
    assert found.status.missing == ("common.hot",)
    assert {finding.id for finding in found.status.findings} >= {"dome.top"}
    print_progress((found,))
    said = capsys.readouterr().out
    assert "hook.answer" in said
    assert "cut" in said
    assert "de.po:" in said


def test_a_new_language_begins_with_every_line(
    project: Project, locale: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(LANGUAGES, "pt", replace(LANGUAGES["es"], tag="pt", english_name="Portuguese"))
    request = project.request(locale=locale)
    print_updated((translate.begin("pt", request, project.session()),))
    assert "pt.po" in capsys.readouterr().out
    file = polib.pofile(str(locale / "pt.po"))
    assert len(file) == len(polib.pofile(str(locale / "de.po")))
    assert not any(entry.msgstr for entry in file)
    before = contents(locale)
    with pytest.raises(ExplainerError, match=r"pt\.po: it is there already; run translate update"):
        translate.begin("pt", request, project.session())
    with pytest.raises(ExplainerError, match=r"'xx': unknown language; .*or add a row and a PO file"):
        translate.begin("xx", request, project.session())
    with pytest.raises(ExplainerError, match="not translated"):
        translate.begin("en", request, project.session())
    assert contents(locale) == before


def test_the_command_wants_a_language_with_new_alone(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["new"], ["status", "de"]):
        assert cli.main(["translate", *arguments]) == 2
        assert "named with new" in capsys.readouterr().err


class TestBadTranslations:
    """One clear line with its place, and what was there before stays."""

    @pytest.fixture
    def german(self, project: Project, locale: Path) -> Project:
        films((project.request(language_tag="de", locale=locale),), project.out, project.session())
        return project

    def refused(self, german: Project, locale: Path, said: str, **changes: object) -> None:
        before = contents(german.out)
        requests = (german.request(), german.request(language_tag="de", locale=locale, **changes))
        with pytest.raises(REFUSED, match=said) as caught:
            films(requests, german.out, german.session())
        assert "\n" not in str(caught.value)
        assert contents(german.out) == before

    @pytest.mark.parametrize(
        ("line", "text", "said"),
        [
            ("inversion.levels", "Protonen, zwei Niveaus.", r"de\.po:\d+: inversion\.levels: .*drops \{particles\}"),
            ("dome.top", "Oben ist sie {field} <flat/>null.", r"de\.po:\d+: dome\.top: .*invents \{field\}"),
            ("dome.top", "Oben ist sie null.", r"de\.po:\d+: dome\.top: .*drops <flat/>"),
            ("dome.top", "Oben <flat/><up/>null.", r"de\.po:\d+: dome\.top: .*invents <up/>"),
            ("common.hot", "<b>heiß</b>", r"de\.po:\d+: common\.hot: .*markup"),
            ("common.hot", "heiß\u202e", r"de\.po:\d+: common\.hot: .*control character U\+202E"),
            ("common.hot", "heiß\n", r"de\.po:\d+: common\.hot: .*control character U\+000A"),
            ("common.hot", "", r"de\.po:\d+: common\.hot: not translated; .*--allow-missing"),
        ],
    )
    def test_a_line_that_does_not_hold(self, german: Project, locale: Path, line: str, text: str, said: str) -> None:
        edit(locale, line, text)
        self.refused(german, locale, said)

    def test_a_fuzzy_line_stands_in_english_only_if_allowed(self, german: Project, locale: Path) -> None:
        edit(locale, "hook.answer", fuzzy=True)
        self.refused(german, locale, r"de\.po:\d+: hook\.answer: the translation is fuzzy; .*--allow-missing")
        request = german.request(language_tag="de", locale=locale, allow_missing=True)
        made, _ = films((request,), german.out, german.session())
        assert german.warnings[-1] == "de: still in English: hook.answer"
        assert "Negative temperature." in next(item.path for item in made if item.path.suffix == ".srt").read_text()

    def test_broken_syntax(self, german: Project, locale: Path) -> None:
        path = locale / "de.po"
        path.write_text(path.read_text(encoding="utf-8") + 'msgid "no end\n', encoding="utf-8")
        self.refused(german, locale, r"de\.po:\d+: broken PO syntax")

    def test_no_file(self, german: Project, locale: Path) -> None:
        (locale / "de.po").unlink()
        self.refused(german, locale, r"de\.po: there is no German translation; run translate new de")

    def test_no_voice(self, german: Project, locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(LANGUAGES, "de", replace(LANGUAGES["de"], espeak_voice="no-such-voice"))
        self.refused(german, locale, "espeak", voicing=Voicing("espeak"))

    def test_no_font(self, german: Project, locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(LANGUAGES, "de", replace(LANGUAGES["de"], font="No Such Face"))
        self.refused(german, locale, "'No Such Face' is not installed")
