"""A language that the engine has never heard of, from nothing to film, dub, captions, page and deck: two files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import polib
import pytest
import srt
from tutorial import run

from explainer.starter.create import create
from explainer.words import linebreaks
from explainer.words.film import Film, open_film
from explainer.words.languages import ENGINE_FOLDER, SmallWords, languages_of
from explainer.words.quantities import Fact
from explainer.words.texts import UI, of_domain, read_texts

LANGUAGE = """
name = "Português"
english_name = "Portuguese"
iso639_2 = "por"
locale = "pt"
font = "Inter"
voice = "espeak"
espeak_voice = "pt"
espeak_rate_wpm = 180
draft_cps = 18.5
line_length = 42
reading_warning_cps = 17
reading_error_cps = 20
spoken_minus = "menos"
spoken_point = "vírgula"

[units]
"m/s" = "metros por segundo"
s = "segundos"
m = "metros"

[small_words]
binders = "a ao as cada da das do dos essa esse esta este menos na não nas no nos num numa o os sua um uma à às"
openers = "ante até com como contra de desde e em entre mas ou para por quando que se sem sob sobre"
"""
WORDS = {
    "title": "Atirada ao ar",
    "throw": "Para cima e para baixo",
    "throw.up": "Uma bola sai da mão a {speed}.",
    "throw.top": "Ao fim de {rise_time} fica <still/>parada, a {top} de altura, e volta a cair.",
    "energy": "Para onde vai a velocidade",
    "energy.change": "O movimento torna-se <height/>altura, e a altura movimento.",
    "energy.sum": "A <sum/>soma fica na mesma.",
    "throw.height": "altura",
    "energy.motion": "movimento",
    "energy.position": "altura",
    "energy.total": "soma",
    "page:nav.skip": "Saltar para o filme",
    "page:nav.language": "Língua",
    "page:nav.no_script": "Sem JavaScript, esta página tem só o filme e a transcrição.",
    "page:film.heading": "O filme",
    "page:film.choose": "Filme",
    "page:film.voice": "Voz",
    "page:film.captions": "Legendas",
    "page:film.captions_off": "Desligadas",
    "page:film.chapters": "Capítulos",
    "page:film.transcript": "Transcrição",
    "page:film.hint": "Escolha uma linha para ir até ela no filme.",
    "page:film.try": "Experimente",
    "page:film.watch": "Ver isto no filme",
    "figures:page.heading": "Figuras",
    "page:panel.full": "Ecrã inteiro",
    "page:panel.leave": "Sair do ecrã inteiro",
    "page:panel.link": "Ligação para este estado",
    "deck:buttons.previous": "Diapositivo anterior",
    "deck:buttons.presenter": "Vista do orador",
    "deck:buttons.restart_time": "Reiniciar o cronómetro",
    "deck:buttons.next": "Diapositivo seguinte",
    "deck:buttons.play": "Reproduzir ou parar",
    "deck:buttons.notes": "Notas",
    "deck:buttons.full_screen": "Ecrã inteiro",
    "deck:buttons.slide": "Diapositivo {number} de {count}: {title}",
}


def explainer(arguments: str, folder: Path) -> str:
    """What a command says that must succeed."""
    done = run(f"explainer {arguments}", folder)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new film to which Portuguese was added, and nothing else; in English and Portuguese, all that is made of it."""
    made = tmp_path_factory.mktemp("language") / "ball"
    create(made)
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    (made / "narration" / "languages").mkdir()
    (made / "narration" / "languages" / "pt.toml").write_text(LANGUAGE, encoding="utf-8")
    explainer("translate new pt", made)
    translation = polib.pofile(str(made / "narration" / "locale" / "ball" / "pt.po"))
    for entry in translation:
        entry.msgstr = WORDS.get(entry.msgctxt, "")
    translation.save()
    for command in ("video -ql --lang en,pt", "captions -ql --lang pt", "master -ql --lang en,pt", "page"):
        explainer(command, made)
    explainer("slides -ql --lang pt", made)
    assert all(path.read_bytes() == content for path, content in before.items())
    return made


@pytest.fixture(scope="module")
def film(folder: Path) -> Film:
    return open_film(folder)


def test_the_engine_itself_does_not_know_the_language() -> None:
    assert not (ENGINE_FOLDER / "pt.toml").exists() and "pt" not in languages_of()


def test_the_translators_file_asks_for_every_word_and_no_more(folder: Path, film: Film) -> None:
    translation = polib.pofile(str(folder / "narration" / "locale" / "ball" / "pt.po"))
    asked = {entry.msgctxt for entry in translation if "|spoken" not in entry.msgctxt}
    assert asked == WORDS.keys() and {text.id for text in read_texts(UI)} <= asked
    assert re.search(r"^pt +\d+ +0 +0 +0 +0", explainer("translate status", folder), re.MULTILINE)


def test_it_holds_every_check(folder: Path) -> None:
    told = explainer("check --states --layout --captions --lang pt", folder)
    assert all(f"{kind}: ok" in told for kind in ("states", "layout", "captions")) and "warning" not in told


def test_its_film_speaks_and_shows_it(folder: Path) -> None:
    made = folder / "out" / "pt" / "ball-480p15.pt.mp4"
    told = json.loads(made.with_suffix(".json").read_text("utf-8"))
    assert (told["language"], told["title"], told["unfinished"]) == (
        "pt",
        WORDS["title"],
        {"as_written": [], "not_reviewed": []},
    )
    with av.open(str(made)) as container:
        assert [track.language for track in (*container.streams.audio, *container.streams.subtitles)] == ["por"] * 2


def test_its_captions_go_into_the_english_film_too(folder: Path) -> None:
    with av.open(str(folder / "out" / "en" / "ball-480p15.en.mp4")) as container:
        assert [track.language for track in container.streams.subtitles] == ["eng", "por"]
    for tag in ("en", "pt"):
        text = (folder / "out" / tag / "ball-480p15.pt.srt").read_text("utf-8")
        shown = " ".join(caption.content.replace("\n", " ") for caption in srt.parse(text))
        assert "A soma fica na mesma." in shown and re.search(r"\d,\d\u00a0s\b", shown)


def test_the_master_dubs_it(folder: Path) -> None:
    (made,) = folder.joinpath("out").rglob("ball-480p15.mp4")
    told = json.loads(made.with_suffix(".json").read_text("utf-8"))["voices"]["pt"]
    with av.open(str(made)) as container:
        languages = [track.language for track in container.streams.audio]
    assert told["heard"] and languages == ["eng", "por"]


def test_the_page_is_in_it(folder: Path, browser: Any) -> None:
    page = browser.new_page(locale="pt-PT")
    page.goto((folder / "out" / "page" / "index.html").as_uri() + "?lang=pt")
    seen = page.locator("body").inner_text()
    page.close()
    wanted = (WORDS["page:film.chapters"], WORDS["page:film.transcript"], WORDS["energy"], WORDS["page:film.captions"])
    assert all(each.casefold() in seen.casefold() for each in wanted), seen
    assert "Transcript\n" not in seen


def test_the_deck_is_in_it(folder: Path, film: Film, browser: Any) -> None:
    (deck,) = (folder / "out" / "pt").glob("*slides*.html")
    page = browser.new_page()
    page.goto(deck.as_uri())
    named = [button.get_attribute("aria-label") or button.inner_text() for button in page.locator("button").all()]
    language = page.locator("html").get_attribute("lang")
    page.close()
    elsewhere = ("slide", "restart_time")  # said of a slide; in the presenter's window
    buttons = {text for id, text in of_domain(film.texts("pt"), "deck").items() if not id.endswith(elsewhere)}
    assert language == "pt" and buttons <= {name.strip() for name in named}


def test_units_are_said_in_it(film: Film) -> None:
    language = film.language("pt")
    said = {unit: Fact("x", -1.5, unit, 1, "").spoken(language) for unit in ("m/s", "s", "m")}
    assert said == {
        "m/s": "menos 1 vírgula 5 metros por segundo",
        "s": "menos 1 vírgula 5 segundos",
        "m": "menos 1 vírgula 5 metros",
    }


@pytest.mark.parametrize(
    "text",
    [
        "A altura que a bola tem quando volta a cair sobre a mão.",
        "A temperatura passa de mais infinito a menos infinito e sobe.",
    ],
)
def test_lines_break_by_its_small_words(film: Film, text: str) -> None:
    language = film.language("pt")
    first, second = linebreaks.lines(text, language)
    assert not linebreaks.broken_badly(first, second, language)
    # It is the language's own file that decides.
    assert linebreaks.lines(text, replace(language, small_words=SmallWords())) != (first, second)
