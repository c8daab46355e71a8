"""The page's words: whole in every language, with the source's placeholders, and no quantity typed by hand."""

import re
from dataclasses import replace

import pytest
from export_bench import MINUTE
from page_films import KNOWN, TAGS, narration_in

from explainer.errors import ExplainerError
from explainer.page.shown import page_words
from explainer.words import catalog, film, updating
from explainer.words.allowed import FINISHED, Allowed
from explainer.words.texts import UI, read_texts

TRANSLATED = TAGS[1:]
TEXTS = (*read_texts(UI), *MINUTE.panel_texts)


def test_the_texts_as_written_hold_no_quantity():
    for text in TEXTS:
        assert not re.search(r"\d", text.text), text.id


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_is_whole_and_holds_no_quantity(tag):
    found = MINUTE.texts(tag)
    assert found.keys() == {text.id for text in TEXTS}
    assert not any(re.search(r"\d", text) for text in found.values())


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_engines_own_catalogues_are_up_to_date(tag):
    path = film.ENGINE_LOCALE / f"{tag}.po"
    sources = [catalog.Source(text.id, text.text, text.shows) for text in read_texts(UI)]
    old = path.read_text("utf-8")
    assert updating.updated(old, sources, MINUTE.language(tag), {}, file=path.name, project="explainer") == old


def test_facts_are_written_as_the_language_writes_them():
    for tag, field in (("en", "1\u00a0T"), ("fr", "1\u202fT"), ("ar", "\u20661\u00a0T\u2069")):
        assert field in page_words(MINUTE, narration_in(tag), KNOWN, FINISHED, "panels")["drive.intro"]


def test_values_that_the_page_fills_in_keep_their_places():
    assert "{step}" in page_words(MINUTE, narration_in("de"), KNOWN, FINISHED, "panels")["drive.step"]


def in_other_words(folder, change):
    """The minute in a folder of its own, its German catalogue changed."""
    locale = folder / "narration" / "locale" / "minute"
    locale.mkdir(parents=True)
    (folder / "panels").symlink_to(MINUTE.root / "panels")
    (locale / "de.po").write_text(change((MINUTE.locale / "de.po").read_text("utf-8")), encoding="utf-8")
    return replace(MINUTE, root=folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda po: po.replace('msgstr "Vor dem Tausch"', 'msgstr ""'), "not translated"),
        (lambda po: po.replace('msgid "Before the swap"', 'msgid "Before it"'), "its source has changed"),
        (lambda po: po.replace("Schritt {step} von", "Schritt {stufe} von"), r"use: \{step\}, \{steps\}"),
    ],
)
def test_a_text_that_cannot_be_used_is_named_with_its_line(tmp_path, change, said):
    with pytest.raises(ExplainerError, match=said) as caught:
        in_other_words(tmp_path, change).texts("de")
    assert re.match(r"de\.po:\d+: panels:\w+\.\w+: ", str(caught.value)) and "\n" not in str(caught.value)


def test_missing_texts_may_be_shown_as_they_were_written(tmp_path):
    minute = in_other_words(tmp_path, lambda po: po.replace('msgstr "Vor dem Tausch"', 'msgstr ""'))
    assert minute.texts("de", allowed=Allowed(missing=True))["panels:example.before"] == "Before the swap"


def test_a_film_may_say_the_engines_texts_in_other_words(tmp_path):
    own = '\nmsgctxt "page:film.chapters"\nmsgid "Chapters"\nmsgstr "Abschnitte"\n'
    found = in_other_words(tmp_path, lambda po: po + own).texts("de")
    assert (found["page:film.chapters"], found["page:film.voice"]) == ("Abschnitte", "Stimme")


def test_a_film_translates_the_engines_texts_where_the_engine_does_not_speak_its_language():
    italian = replace(MINUTE.languages["es"], tag="it")
    minute = replace(MINUTE, languages={**MINUTE.languages, "it": italian})
    assert {text.id for text in minute.own_texts("it")} == {text.id for text in TEXTS}
    assert {text.id for text in minute.own_texts("es")} == {text.id for text in MINUTE.panel_texts}


def test_a_broken_file_of_texts_is_one_clear_line(tmp_path):
    broken = tmp_path / "text.toml"
    broken.write_text('[nav]\nskip = "Skip"\n', encoding="utf-8")
    with pytest.raises(ExplainerError, match=r"text\.toml: not a file of texts") as caught:
        read_texts(broken)
    assert "\n" not in str(caught.value)
