"""Languages are files: the engine's own, and those that a film adds or adds to."""

import re

import pytest
from narration_samples import FACTS, LANGUAGES, PORTUGUESE, TOML, write_files

from explainer.errors import ExplainerError
from explainer.words.film import open_film
from explainer.words.languages import ENGINE_FOLDER, PSEUDO_TAG, SOURCE_TAG, chosen, languages_of
from explainer.words.localize import localize
from explainer.words.quantities import UNITS, Fact
from explainer.words.script import parse_script


def of_film(tmp_path, **files):
    """The languages of a film with these files."""
    texts = {f"{tag.replace('_', '-')}.toml": text for tag, text in files.items()}
    return languages_of(write_files(tmp_path / "languages", texts))


def test_every_language_of_the_engine_loads():
    files = {path.stem for path in ENGINE_FOLDER.glob("*.toml")}
    assert set(LANGUAGES) == {*files, PSEUDO_TAG} and SOURCE_TAG in files
    assert all(language.tag == tag for tag, language in LANGUAGES.items())
    assert [language.rank for language in LANGUAGES.values()][:-1] == sorted(LANGUAGES[tag].rank for tag in files)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_says_the_units_that_english_does(tag):
    units = dict(LANGUAGES[tag].units)
    assert units.keys() <= UNITS.keys()
    # Chinese says "percent" before the number, which no name of a unit can.
    assert dict(LANGUAGES["en"].units).keys() - units.keys() == ({"%"} if tag == "zh-Hans" else set())


def test_the_pseudo_language_is_english_under_another_name():
    pseudo, english = LANGUAGES[PSEUDO_TAG], LANGUAGES["en"]
    assert list(LANGUAGES)[-1] == PSEUDO_TAG and pseudo.voice == "draft"
    assert (pseudo.locale, pseudo.units, pseudo.small_words) == (english.locale, english.units, english.small_words)


def test_a_film_brings_a_language_that_the_engine_does_not_know(tmp_path):
    languages = of_film(tmp_path, pt=PORTUGUESE)
    assert languages.keys() == {*LANGUAGES, "pt"} and "pt" not in languages_of()
    portuguese = languages["pt"]
    assert portuguese.small_words.binders == {"o", "a", "um", "uma"}
    assert (portuguese.direction, portuguese.phrases, portuguese.numerals) == ("ltr", "spaces", "digits")
    cold = FACTS["cold"]
    assert (cold.text(portuguese), cold.spoken(portuguese)) == ("−5,0\u00a0mK", "menos 5 vírgula 0 milikelvin")
    narration = localize(parse_script(TOML), portuguese, FACTS)
    assert narration.language is portuguese and "100" in narration.cues[0].text


def test_a_film_s_file_of_a_known_language_adds_to_it(tmp_path):
    own = 'font = "Noto Serif"\ndraft_cps = 15\n[units]\nfurlong = "Achtelmeilen"\nmK = "Tausendstel Kelvin"\n'
    german, engine = of_film(tmp_path, de=own)["de"], LANGUAGES["de"]
    assert (german.font, german.draft_cps) == ("Noto Serif", 15)
    assert (german.unit_name("furlong"), german.unit_name("mK")) == ("Achtelmeilen", "Tausendstel Kelvin")
    assert (german.unit_name("K"), german.voice, german.small_words) == ("Kelvin", engine.voice, engine.small_words)
    assert Fact("f", 402.336, "furlong", 0, "", 201.168).spoken(german) == "2 Achtelmeilen"
    assert LANGUAGES["de"] == languages_of()["de"]


def test_the_pseudo_language_follows_the_film_s_english(tmp_path):
    languages = of_film(tmp_path, en='[units]\nfurlong = "furlongs"\n')
    assert languages[PSEUDO_TAG].unit_name("furlong") == "furlongs"


def test_a_film_finds_its_languages_beside_its_script(tmp_path):
    own = {
        "narration/one.toml": TOML,
        "narration/languages/pt.toml": PORTUGUESE,
        "narration/languages/de.toml": 'voice = "piper"\n',
    }
    film = open_film(write_files(tmp_path, own))
    assert film.language("pt").name == "Português"
    assert film.language("de").voice == "piper"


def test_an_unknown_unit_is_refused_with_the_file_to_name_it_in():
    with pytest.raises(ExplainerError, match=r'German: no spoken name for the unit \'ly\'; write ly = "\.\.\." under'):
        Fact("far", 1.0, "ly", 0, "").spoken(LANGUAGES["de"])


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(ExplainerError, match=r"'xx': unknown language; use one of en, zh-Hans, .*<tag>\.toml"):
        chosen(LANGUAGES, "xx")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('font = "Inter"\n', "", "it lacks font; write"),
        ('name = "Português"\nenglish_name = "Portuguese"\n', "", "it lacks english_name, name;"),
        ("line_length", "line_lenght", "unknown key 'line_lenght'; known here: "),
        ('name = "Português"', 'name = "Português"\ntag = "pt"', "unknown key 'tag'"),
        ("draft_cps = 20", 'draft_cps = "20"', "draft_cps = '20'; give a number"),
        ("line_length = 42", "line_length = 42.5", "line_length = '42.5'; give a whole number"),
        ("line_length = 42", "line_length = true", "line_length = 'True'; give a whole number"),
        ("line_length = 42", "line_length = -1", "line_length = -1; give a positive number"),
        ("draft_cps = 20", "draft_cps = nan", "draft_cps = nan; give a positive number"),
        ('voice = "espeak"\n', 'voice = "espeak"\ndirection = "up"\n', "direction = 'up'; give one of ltr, rtl"),
        ('mK = "milikelvin"', "mK = 3", "units is no table of texts; write"),
        ("[units]", "[[units]]", "units is no table of texts"),
        ("binders", "bindres", "unknown key 'bindres'"),
        ('binders = "o a um uma"', "binders = 3", "small_words is no table of texts"),
        ('voice = "espeak"', 'voice = "espeak', "not a language file"),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_clear_line(tmp_path, old, new, said):
    assert old in PORTUGUESE
    with pytest.raises(ExplainerError, match=r"^pt\.toml: .*" + re.escape(said)) as caught:
        of_film(tmp_path, pt=PORTUGUESE.replace(old, new, 1))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_one_clear_line(tmp_path):
    (tmp_path / "pt.toml").write_bytes(b"name = '\xff'\n")
    with pytest.raises(ExplainerError, match=r"^pt\.toml: not a language file"):
        languages_of(tmp_path)
