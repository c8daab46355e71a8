"""A film is a script and what stands beside it in its folder."""

import subprocess
import sys

import pytest
from narration_samples import FACTS, LANGUAGES, MINUTE, TOML, write_files

from explainer.errors import ExplainerError
from explainer.words import catalog
from explainer.words.allowed import Allowed
from explainer.words.facts import known
from explainer.words.film import ENGINE_LOCALE, open_film
from explainer.words.glossary import read_glossary, terms_in
from explainer.words.texts import UI, placeholders, read_texts

TRANSLATED = [tag for tag in LANGUAGES if tag not in ("en", "qps")]
UI_IDS = {text.id for text in read_texts(UI)}
PANEL_TEXT = '[panels.drive]\nheading = { text = "Try it", shows = "a heading" }\n'


def film_table(*lines):
    return TOML.replace("[[segment]]", "[film]\n" + "\n".join(lines) + "\n[[segment]]", 1)


def opened(tmp_path, **scripts):
    """The film of a folder with these scripts."""
    return open_film(write_files(tmp_path, {f"narration/{id}.toml": text for id, text in scripts.items()}))


def translate(film, tag, translations):
    """Write a film's catalogue of a language: these texts by id, the script's own words for the others."""
    entries = catalog.sources(film.script, film.own_texts(tag))
    pairs = [f'msgctxt "{e.id}"\nmsgid "{e.text}"\nmsgstr "{translations.get(e.id, e.text)}"\n' for e in entries]
    write_files(film.locale, {f"{tag}.po": "\n".join(pairs)})


def test_a_folder_without_a_film_says_how_to_make_one(tmp_path):
    with pytest.raises(ExplainerError, match="no film here; go to a film's folder, or make one: explainer new"):
        open_film(tmp_path)


def test_the_only_film_is_the_one_that_is_meant(tmp_path):
    film = opened(tmp_path, hot_things=TOML)
    assert (film.id, film.name, film.path) == ("hot_things", "hot-things", tmp_path / "narration" / "hot_things.toml")
    assert open_film(tmp_path, "hot_things") == film
    assert (film.facts, film.packages, film.glossary, film.panel_texts) == ("", (), {}, ())


def test_a_film_has_the_name_that_its_script_gives_it(tmp_path):
    assert opened(tmp_path, hot=film_table('name = "warm"')).name == "warm"


def test_of_several_films_one_is_named_or_meant_by_default(tmp_path):
    with pytest.raises(ExplainerError, match=r"not said which film is meant; name one with --film: one, two; or write"):
        opened(tmp_path, one=TOML, two=TOML)
    assert open_film(tmp_path, "two").id == "two"
    assert opened(tmp_path, two=film_table("default = true")).id == "two"
    assert open_film(tmp_path, "one").id == "one"
    with pytest.raises(ExplainerError, match="not said which film is meant"):
        opened(tmp_path, one=film_table("default = true"))


def test_an_unknown_film_is_refused_with_the_known_ones(tmp_path):
    write_files(tmp_path, {"narration/one.toml": TOML, "narration/two.toml": TOML, "narration/glossary.toml": ""})
    with pytest.raises(ExplainerError, match="'three': unknown film; use --film with one of one, two"):
        open_film(tmp_path, "three")


def test_a_film_is_to_be_had_in_the_languages_it_is_translated_to(tmp_path):
    film = opened(tmp_path, one=TOML)
    assert film.tags == ("en",)
    write_files(film.locale, {"ja.po": "", "zh-Hans.po": "", "tlh.po": "", "en.po": ""})
    assert film.tags == ("en", "zh-Hans", "ja")
    assert MINUTE.tags == tuple(tag for tag in LANGUAGES if tag != "qps")


def test_a_film_chooses_its_voices_and_fonts(tmp_path):
    film = opened(tmp_path, one=film_table('voices = { de = "piper" }', 'fonts = { en = "Noto Serif" }'))
    german, english = film.language("de"), film.language("en")
    assert (german.voice, german.font) == ("piper", LANGUAGES["de"].font)
    assert (english.voice, english.font) == (LANGUAGES["en"].voice, "Noto Serif")
    assert film.source == english
    with pytest.raises(ExplainerError, match="'xx': unknown language; use one of en"):
        film.language("xx")


def test_a_film_names_its_packages_and_its_facts(tmp_path):
    script = film_table('verification = "laws.check"', 'evaluators = "nowhere.at_all"')
    write_files(tmp_path, {"narration/facts.py": "", "scenes/dome.py": "", "laws/check.py": ""})
    film = opened(tmp_path, one=script)
    assert film.facts == "narration.facts"
    assert film.packages == ("scenes", "narration", "laws")
    assert opened(tmp_path, one=film_table('facts = "laws.facts"')).facts == "laws.facts"


class TestTheMinute:
    @pytest.mark.parametrize("tag", TRANSLATED)
    def test_every_line_is_translated(self, tag):
        """Nothing is missing, fuzzy or left over, and every text of page and decks keeps its placeholders."""
        narration = MINUTE.narration(tag, known(MINUTE.facts).facts)
        assert narration.missing == () and narration.language.tag == tag
        texts, english = MINUTE.texts(tag), MINUTE.texts("en")
        assert texts.keys() == english.keys() == UI_IDS | {text.id for text in MINUTE.panel_texts}
        assert all(placeholders(texts[id]) == placeholders(english[id]) for id in english)
        found = MINUTE.catalog(tag)
        assert found is not None
        sources = catalog.with_voices(catalog.sources(MINUTE.script, MINUTE.own_texts(tag)), found.voices)
        assert found.entries.keys() == {source.id for source in sources}

    @pytest.mark.parametrize("tag", TRANSLATED)
    def test_the_engine_s_own_texts_are_translated_and_no_others(self, tag):
        assert catalog.load(LANGUAGES[tag], ENGINE_LOCALE).entries.keys() == UI_IDS

    @pytest.mark.parametrize("tag", ["en", "qps"])
    def test_what_stands_in_the_script_has_no_catalogue(self, tag):
        assert MINUTE.catalog(tag) is None
        assert MINUTE.texts(tag) == {text.id: text.text for text in (*read_texts(UI), *MINUTE.panel_texts)}

    def test_the_glossary_covers_every_language(self):
        assert all(set(local) == set(TRANSLATED) for local in MINUTE.glossary.values())
        japanese = LANGUAGES["ja"]
        found = terms_in("Negative <m/>temperature of a laser", japanese, MINUTE.glossary)
        assert found[0] == ("negative temperature", "負温度")
        assert terms_in("It is flat.", japanese, MINUTE.glossary) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [("[heat", "broken TOML"), ('heat = "Wärme"', r"'heat' has no languages; write under \[\"heat\"\]: de = ")],
)
def test_a_broken_glossary_is_one_clear_line(tmp_path, text, said):
    with pytest.raises(ExplainerError, match=rf"^glossary\.toml: {said}"):
        read_glossary(write_files(tmp_path, {"glossary.toml": text}) / "glossary.toml")


@pytest.mark.parametrize("line", ['voices = { zh = "espeak" }', 'fonts = { zh = "Inter" }', 'language = "zh"'])
def test_a_language_that_nobody_knows_is_refused_wherever_it_is_named(tmp_path, line):
    with pytest.raises(ExplainerError, match=r"one\.toml: unknown language 'zh' in .*languages/zh\.toml"):
        opened(tmp_path, one=film_table(line))


def test_translators_get_the_engine_s_texts_only_where_the_engine_does_not_speak_their_language(tmp_path):
    write_files(tmp_path, {"panels/text.toml": PANEL_TEXT})
    film = opened(tmp_path, one=film_table('panels = "panels"'))
    assert [text.id for text in film.own_texts("de")] == ["panels:drive.heading"]
    assert {text.id for text in film.own_texts("pt")} == UI_IDS | {"panels:drive.heading"}


def test_a_page_speaks_the_words_of_the_film_s_catalogue_and_of_the_engine_s(tmp_path):
    write_files(tmp_path, {"panels/text.toml": PANEL_TEXT})
    film = opened(tmp_path, one=film_table('panels = "panels"'))
    translate(film, "de", {"panels:drive.heading": "Ausprobieren"})
    texts = film.texts("de")
    assert (texts["panels:drive.heading"], texts["page:film.heading"]) == ("Ausprobieren", "Der Film")


def test_a_text_that_is_not_translated_is_refused_or_shown_as_it_was_written(tmp_path):
    write_files(tmp_path, {"panels/text.toml": PANEL_TEXT})
    film = opened(tmp_path, one=film_table('panels = "panels"'))
    translate(film, "de", {"panels:drive.heading": ""})
    with pytest.raises(ExplainerError, match=r"^de\.po:\d+: panels:drive\.heading: not translated; .*--allow-missing"):
        film.texts("de")
    assert film.texts("de", allowed=Allowed(missing=True))["panels:drive.heading"] == "Try it"


class TestAFilmWrittenInGerman:
    @pytest.fixture
    def film(self, tmp_path):
        words = TOML.replace("At the top of {particles} particles it is <flat/> flat, at {cold}.",
                             "Oben ist es bei {particles} Teilchen <flat/>flach: {cold}.")  # fmt: skip
        script = words.replace("[[segment]]", '[film]\nlanguage = "de"\n[[segment]]', 1)
        film = opened(tmp_path, kuppel=script)
        translate(film, "en", {"dome.top": "On top, with {particles} particles, it is <flat/>flat: {cold}."})
        return film

    def test_its_own_language_comes_first(self, film):
        assert film.source.tag == "de"
        assert film.tags == ("de", "en")

    def test_its_words_need_no_translation_and_its_numbers_are_german(self, film):
        narration = film.narration("de", FACTS)
        assert narration.cues[0].text == "Oben ist es bei 100 Teilchen flach: −5,0\u00a0mK."
        assert narration.cues[0].speech.text.endswith("minus 5 Komma 0 Millikelvin.")
        assert film.catalog("de") is None

    def test_english_is_a_translation_like_any_other(self, film):
        assert film.narration("en", FACTS).cues[0].text == "On top, with 100 particles, it is flat: −5.0\u00a0mK."
        with pytest.raises(ExplainerError, match=r"fr\.po: there is no French translation; run translate new fr"):
            film.narration("fr", FACTS)

    def test_the_engine_s_texts_are_in_the_language_of_the_film(self, film):
        assert film.texts("de")["page:film.heading"] == "Der Film"
        assert film.own_texts("en") == ()
        assert film.texts("en")["page:film.heading"] == "The film"


@pytest.mark.parametrize(
    ("modules", "heavy"),
    [
        ("explainer.words.film, explainer.words.localize, explainer.timing.planning", "numpy scipy polib babel av"),
        (
            "explainer.timing.captions, explainer.timing.formats, explainer.timing.lint, explainer.voices.table,"
            " explainer.words.catalog",
            "numpy scipy av",
        ),
    ],
)
def test_imports_stay_light(modules, heavy):
    """A captions-only run waits for no library that it does not use."""
    program = f"import {modules}, sys; print(*sorted(set(sys.modules) & set('{heavy}'.split())))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
