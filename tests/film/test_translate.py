"""What translators ask for, and translations that do not hold."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from film_project import ROOT, Project, make_project, opened

from explainer.cli.main import main
from explainer.cli.report import print_progress, print_updated
from explainer.errors import ExplainerError
from explainer.film import timed, translate
from explainer.film.build import films
from explainer.film.request import Voicing
from explainer.film.speaking import speech_tasks
from explainer.words.allowed import Allowed
from explainer.words.languages import ENGINE_FOLDER
from explainer.words.texts import UI, read_texts


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def edit(film: Project, msgctxt: str, text: str | None = None, *, fuzzy: bool = False) -> None:
    """Change a line of the German translation."""
    file = polib.pofile(str(film.locale / "de.po"), wrapwidth=0)
    (entry,) = (entry for entry in file if entry.msgctxt == msgctxt)
    entry.msgstr = entry.msgstr if text is None else text
    entry.flags += ["fuzzy"] if fuzzy else []
    file.save(str(film.locale / "de.po"))


def write_language(film: Project, tag: str, text: str) -> None:
    """Write what a film itself knows of a language."""
    folder = film.root / "narration" / "languages"
    folder.mkdir()
    (folder / f"{tag}.toml").write_text(text, encoding="utf-8")


def test_an_edit_of_the_script_reaches_every_file_and_nothing_is_lost(project: Project) -> None:
    def update() -> tuple[translate.Updated, ...]:
        requests = tuple(project.request(language_tag=tag) for tag in ("en", "de", "ja"))
        return translate.update(requests, project.session())

    update()
    assert not any(each.changed for each in update())
    old = {tag: polib.pofile(str(project.locale / f"{tag}.po")) for tag in ("de", "ja")}
    project.edit("narration/minute.toml", "Negative temperature.", "It is negative temperature.")
    assert [(each.path.name, each.changed) for each in update()] == [("de.po", True), ("ja.po", True)]
    for tag, before in old.items():
        after = {entry.msgctxt: entry for entry in polib.pofile(str(project.locale / f"{tag}.po"))}
        changed = after["hook.answer"]
        assert "fuzzy" in changed.flags
        assert changed.previous_msgid == "Negative temperature."
        assert all(after[entry.msgctxt].msgstr == entry.msgstr for entry in before)
        assert "s of speech" in after["hook.answer"].comment


def test_a_broken_file_stops_an_update_of_all(project: Project) -> None:
    (project.locale / "ja.po").write_text('msgid "broken\n', encoding="utf-8")
    project.edit("narration/minute.toml", "Negative temperature.", "It is negative temperature.")
    before = contents(project.locale)
    requests = tuple(project.request(language_tag=tag) for tag in ("de", "ja"))
    with pytest.raises(ExplainerError, match=r"ja\.po:1: broken PO syntax"):
        translate.update(requests, project.session())
    assert contents(project.locale) == before


FORM = 'msgctxt "hook.answer|spoken:{voice}"\nmsgid "Negative temperature."\nmsgstr "Negatiewe Temperatur."\n'


def add_form(film: Project, voice: str) -> None:
    """A form for one voice in the German translation."""
    with (film.locale / "de.po").open("a", encoding="utf-8") as file:
        file.write("\n" + FORM.replace("{voice}", voice))


def test_a_form_for_one_voice_is_said_by_that_voice_and_told_in_the_status(project: Project) -> None:
    add_form(project, "espeak")
    session, request = project.session(), project.request(language_tag="de")
    narration = timed.words(request, timed.known_of(request.film, session))
    said = {}
    for voice in ("espeak", "draft"):
        asked = replace(request, voicing=Voicing(voice=voice))
        tasks, _ = speech_tasks(asked, narration, session.context)
        said[voice] = tasks["hook.answer"].job.speech.text
    assert said["espeak"] == "Negatiewe Temperatur." != said["draft"]
    (found,) = translate.progress((request,), session)
    assert "hook.answer|spoken:espeak" in found.status.done


def test_a_form_for_a_voice_that_there_is_not_is_one_clear_line(project: Project) -> None:
    refusal = r"hook\.answer\|spoken:expeak: no voice 'expeak'; name one of draft, espeak"
    add_form(project, "expeak")
    before = contents(project.locale)
    request = project.request(language_tag="de")
    for ask in (translate.update, translate.progress):
        with pytest.raises(ExplainerError, match=r"de\.po:\d+: " + refusal):
            ask((request,), project.session())
    assert contents(project.locale) == before
    text = 'text = "Negative temperature."'
    project.edit("narration/minute.toml", text, text + '\n"spoken:expeak" = "Negative temper."')
    with pytest.raises(ExplainerError, match=r"minute\.toml: " + refusal):
        films((project.request(),), project.out, project.session())


def test_status_tells_what_is_done_and_what_is_not(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project, "hook.answer", fuzzy=True)
    edit(project, "common.hot", "")
    edit(project, "dome.top", "Unten <cold/>kalt, oben <flat/>null: " + "unendlich " * 9 + "viel Temperatur.")
    (found,) = translate.progress((project.request(language_tag="de"),), project.session())
    assert found.status.fuzzy == ("hook.answer",)
    assert found.status.missing == ("common.hot",)
    assert {finding.id for finding in found.status.findings} >= {"dome.top"}
    print_progress((found,))
    said = capsys.readouterr().out
    assert "hook.answer" in said
    assert "cut" in said
    assert "de.po:" in said


def test_status_counts_the_words_of_the_figures_too(project: Project) -> None:
    project.edit("narration/minute.toml", "[film]\n", '[film]\nfigures = "drawings"\n')
    texts = (f'{id} = {{ text = "{id.title()}", shows = "" }}\n' for id in ("axis", "caption", "name"))
    (project.root / "drawings").mkdir()
    (project.root / "drawings" / "text.toml").write_text("[figures.one]\n" + "".join(texts), encoding="utf-8")

    def told() -> tuple[list[str], ...]:
        (found,) = translate.progress((project.request(language_tag="de"),), project.session())
        states = (found.status.done, found.status.fuzzy, found.status.missing)
        return tuple([id for id in ids if id.startswith("figures:one.")] for ids in states)

    axis, caption, name = "figures:one.axis", "figures:one.caption", "figures:one.name"
    assert told() == ([], [], [axis, caption, name])
    translate.update((project.request(language_tag="de"),), project.session())
    path = project.root / "drawings" / "locale" / "de.po"
    file = polib.pofile(str(path), wrapwidth=0)
    for entry in file:
        entry.msgstr = "" if entry.msgctxt == caption else "Wort"
        entry.flags += ["fuzzy"] if entry.msgctxt == name else []
    file.save(str(path))
    assert told() == ([axis], [name], [caption])


def test_a_new_language_begins_with_every_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    spanish = (ENGINE_FOLDER / "es.toml").read_text(encoding="utf-8")
    write_language(project, "pt", spanish.replace('"Spanish"', '"Portuguese"'))
    request = project.request()
    print_updated((translate.begin("pt", request, project.session()),))
    assert "pt.po" in capsys.readouterr().out
    file = polib.pofile(str(project.locale / "pt.po"))
    german = (entry.msgctxt for entry in polib.pofile(str(project.locale / "de.po")) if not entry.obsolete)
    # Forms for one voice are a translation's own, and this film has no panels.
    known = {id for id in german if "|spoken:" not in id and not id.startswith("panels:")}
    engine = {text.id for text in read_texts(UI)}  # which does not speak Portuguese
    assert {entry.msgctxt for entry in file} == known | engine
    assert not any(entry.msgstr for entry in file)
    before = contents(project.locale)
    with pytest.raises(ExplainerError, match=r"pt\.po: it is there already; run translate update"):
        translate.begin("pt", request, project.session())
    with pytest.raises(ExplainerError, match=r"'xx': unknown language; .*or write narration/languages/<tag>.toml"):
        translate.begin("xx", request, project.session())
    with pytest.raises(ExplainerError, match="not translated"):
        translate.begin("en", request, project.session())
    assert contents(project.locale) == before


def test_the_command_wants_a_language_with_new_alone(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["new"], ["status", "de"]):
        assert main(["translate", *arguments], ROOT) == 2
        assert "named with new" in capsys.readouterr().err


@pytest.fixture(scope="module")
def german_template(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = make_project(tmp_path_factory.mktemp("german") / "project")
    films((made.request(language_tag="de"),), made.out, made.session())
    return made


@pytest.fixture
def german(german_template: Project, tmp_path: Path) -> Project:
    shutil.copytree(german_template.root, tmp_path / "project")
    return opened(tmp_path / "project", german_template.name)


class TestBadTranslations:
    """One clear line with its place, and what was there before stays."""

    def refused(self, german: Project, said: str, **changes: object) -> None:
        before = contents(german.out)
        requests = (german.request(), german.request(language_tag="de", **changes))
        with pytest.raises(ExplainerError, match=said) as caught:
            films(requests, german.out, german.session())
        assert "\n" not in str(caught.value)
        assert contents(german.out) == before

    @pytest.mark.parametrize(
        ("line", "text", "said"),
        [
            ("inversion.flip", "Dann <flip/>umpolen.", r"de\.po:\d+: inversion\.flip: .*drops \{below_before\}"),
            ("dome.top", "Unten <cold/>kalt, oben <flat/><up/>null.", r"de\.po:\d+: dome\.top: .*invents <up/>"),
            ("common.hot", "<b>heiß</b>", r"de\.po:\d+: common\.hot: .*markup"),
            ("common.hot", "", r"de\.po:\d+: common\.hot: not translated; .*--allow-missing"),
        ],
    )
    def test_a_line_that_does_not_hold(self, german: Project, line: str, text: str, said: str) -> None:
        edit(german, line, text)
        self.refused(german, said)

    def test_a_fuzzy_line_stands_in_english_only_if_allowed(self, german: Project) -> None:
        edit(german, "hook.answer", fuzzy=True)
        self.refused(german, r"de\.po:\d+: hook\.answer: the translation is fuzzy; .*--allow-missing")
        request = german.request(language_tag="de", allowed=Allowed(missing=True))
        made, _ = films((request,), german.out, german.session())
        assert german.warnings[-1] == "de: not translated: hook.answer"
        assert "Negative temperature." in next(item.path for item in made if item.path.suffix == ".srt").read_text()

    def test_a_fuzzy_line_is_shown_as_it_is_if_allowed(self, german: Project) -> None:
        edit(german, "hook.answer", fuzzy=True)
        old = polib.pofile(str(german.locale / "de.po")).find("hook.answer", by="msgctxt").msgstr
        self.refused(german, r"de\.po:\d+: hook\.answer: the translation is fuzzy; .*--allow-fuzzy")
        made, _ = films((german.request(language_tag="de", allowed=Allowed(fuzzy=True)),), german.out, german.session())
        assert german.warnings[-1] == "de: not reviewed: hook.answer"
        paths = {item.path.suffix: item.path for item in made}
        assert old.rpartition(" ")[2] in paths[".srt"].read_text(encoding="utf-8")
        unfinished = json.loads(paths[".json"].read_text(encoding="utf-8"))["unfinished"]
        assert unfinished == {"as_written": [], "not_reviewed": ["hook.answer"]}

    def test_broken_syntax(self, german: Project) -> None:
        path = german.locale / "de.po"
        path.write_text(path.read_text(encoding="utf-8") + 'msgid "no end\n', encoding="utf-8")
        self.refused(german, r"de\.po:\d+: broken PO syntax")

    def test_no_file(self, german: Project) -> None:
        (german.locale / "de.po").unlink()
        self.refused(german, r"de\.po: there is no German translation; run translate new de")

    def test_no_voice(self, german: Project) -> None:
        write_language(german, "de", 'espeak_voice = "no-such-voice"')
        self.refused(german, "espeak", voicing=Voicing("espeak"))

    def test_no_font(self, german: Project) -> None:
        write_language(german, "de", 'font = "No Such Face"')
        self.refused(german, "'No Such Face' is not installed")
