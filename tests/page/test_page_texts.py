"""The page's words: whole in every language, with the English's placeholders, and no quantity typed by hand."""

import re
from dataclasses import replace

import pytest

from explainer.errors import ExplainerError
from explainer.page import texts
from explainer.words import catalog
from explainer.words.languages import LANGUAGES, PSEUDO_TAG, SOURCE_TAG

TRANSLATED = [tag for tag in LANGUAGES if tag not in (SOURCE_TAG, PSEUDO_TAG)]
GERMAN = LANGUAGES["de"]


def test_english_holds_no_quantity():
    for text in texts.english():
        assert not re.search(r"\d", text.text), text.id


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_language_is_whole_and_holds_no_quantity(tag):
    found = catalog.load(LANGUAGES[tag], texts.LOCALE)
    assert set(texts.texts(LANGUAGES[tag])) == {text.id for text in texts.english()} == set(found.entries)
    assert not any(re.search(r"\d", entry.text) for entry in found.entries.values())


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_files_are_up_to_date(tag):
    path = catalog.path_of(LANGUAGES[tag], texts.LOCALE)
    assert texts.updated(path.read_text("utf-8"), LANGUAGES[tag], file=path.name) == path.read_text("utf-8")


def test_facts_are_written_as_the_language_writes_them():
    assert "1\u00a0T" in texts.texts(LANGUAGES["en"])["drive.intro"]
    assert "1\u202fT" in texts.texts(LANGUAGES["fr"])["drive.intro"]
    assert "\u20661\u00a0T\u2069" in texts.texts(LANGUAGES["ar"])["drive.intro"]


def written(tmp_path, tag, change):
    path = catalog.path_of(LANGUAGES[tag], tmp_path)
    path.write_text(change(catalog.path_of(LANGUAGES[tag], texts.LOCALE).read_text("utf-8")), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda po: po.replace('msgstr "Kapitel"', 'msgstr ""'), "not translated"),
        (lambda po: po.replace('msgid "Chapters"', 'msgid "Parts"'), "awaits review"),
        (lambda po: po.replace("Schritt {step} von", "Schritt {stufe} von"), r"\{step\}, \{steps\}"),
    ],
)
def test_a_text_that_cannot_be_used_is_named_with_its_line(tmp_path, change, said):
    with pytest.raises(ExplainerError, match=said) as caught:
        texts.texts(GERMAN, folder=written(tmp_path, "de", change))
    assert re.match(r"de\.po:\d+: \w+\.\w+: ", str(caught.value)) and "\n" not in str(caught.value)


def test_missing_texts_may_be_shown_in_english(tmp_path):
    folder = written(tmp_path, "de", lambda po: po.replace('msgstr "Kapitel"', 'msgstr ""'))
    assert texts.texts(GERMAN, folder=folder, allow_missing=True)["film.chapters"] == "Chapters"


def test_changed_english_makes_a_translation_fuzzy_and_keeps_it(monkeypatch):
    changed = tuple(replace(text, text="Sections") if text.id == "film.chapters" else text for text in texts.english())
    monkeypatch.setattr(texts, "english", lambda: changed)
    path = catalog.path_of(GERMAN, texts.LOCALE)
    entry = catalog.parse(texts.updated(path.read_text("utf-8"), GERMAN, file="de.po"), file="de.po").entries
    assert entry["film.chapters"].fuzzy and entry["film.chapters"].text == "Kapitel"


def test_a_broken_file_of_texts_is_one_clear_line(tmp_path):
    broken = tmp_path / "text.toml"
    broken.write_text('[nav]\nskip = "Skip"\n', encoding="utf-8")
    with pytest.raises(ExplainerError, match=r"text\.toml: not a file of texts") as caught:
        texts.english(broken)
    assert "\n" not in str(caught.value)
