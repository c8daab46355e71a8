from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

import physics.entropy
import physics.examples
from explainer.errors import ExplainerError
from explainer.words import quantities
from explainer.words.facts import SPECS, Fact, FactSpec, evaluate, known_facts, source_of
from explainer.words.kana import kana
from explainer.words.languages import LANGUAGES, PSEUDO_TAG

UNITS = st.sampled_from(list(quantities.UNITS.values()))
ALL = st.sampled_from(list(LANGUAGES.values()))


def test_every_fact_is_the_answer_of_the_call_it_names():
    """The source of a fact is code: run, it gives the fact's value."""
    for fact in known_facts().values():
        assert float(eval(fact.source, {"physics": physics})) == fact.value_si


def test_the_worked_example_has_the_published_value():
    facts = known_facts()
    english = LANGUAGES["en"]
    assert facts["inversion_temperature"].text(english) == "−5.0\u00a0mK"
    assert [facts[f"ways_{n}"].text(english) for n in range(5)] == ["1", "4", "6", "4", "1"]
    assert facts["particles"].text(english) == "100"


@pytest.mark.parametrize(
    ("tag", "text", "aloud"),
    [
        ("en", "−5.0\u00a0mK", "minus 5 point 0 millikelvin"),
        ("de", "−5,0\u00a0mK", "minus 5 Komma 0 Millikelvin"),
        ("es", "−5,0\u00a0mK", "menos 5 coma 0 milikelvin"),
        ("fr", "−5,0\u202fmK", "moins 5 virgule 0 millikelvins"),
        ("zh-Hans", "−5.0\u00a0mK", "负 5 点 0 毫开尔文"),
        ("hi", "−5.0\u00a0mK", "ऋण 5 दशमलव 0 मिलीकेल्विन"),
        ("ar", "\u2066−5.0\u00a0mK\u2069", None),
        ("ja", "−5.0\u00a0mK", "マイナス ご てん れい ミリケルビン"),
    ],
)
def test_each_language_writes_and_says_a_quantity_its_own_way(tag, text, aloud):
    fact = Fact("t", -0.00504, "mK", 1, "")
    assert fact.text(LANGUAGES[tag]) == text
    if aloud:
        assert fact.spoken(LANGUAGES[tag]) == aloud
    assert "5.0" not in fact.spoken(LANGUAGES[tag])


def test_a_changed_fact_changes_in_every_language():
    before, after = (Fact("t", value, "mK", 1, "") for value in (-0.005, 0.0123))
    for language in LANGUAGES.values():
        assert before.text(language) != after.text(language)
        assert before.spoken(language) != after.spoken(language)


def test_every_unit_has_a_name_in_every_language():
    for unit in quantities.UNITS.values():
        assert not unit.symbol or set(unit.names) == set(LANGUAGES) - {PSEUDO_TAG}


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 4), UNITS, ALL)
def test_a_written_number_can_be_read_back(value, decimals, unit, language):
    """Written for any language, a number still is that number, with a real minus sign and no plain space."""
    number = quantities.rounded(value, unit, decimals)
    assert abs(number - Decimal(repr(value)) / Decimal(repr(unit.size_si))) <= Decimal(1).scaleb(-decimals) / 2
    text = quantities.written(number, unit, language)
    assert "-" not in text and " " not in text
    digits = text.strip("\u2066\u2069").removesuffix(language.unit_space + unit.symbol if unit.symbol else "")
    comma_decimals = language.tag in ("es", "de", "fr")
    for group in "\u202f." if comma_decimals else ",":
        digits = digits.replace(group, "")
    assert Decimal(digits.replace(",", ".").replace("−", "-")) == number


def test_no_number_is_a_negative_zero():
    kelvin = quantities.UNITS["K"]
    assert quantities.written(quantities.rounded(-1e-9, kelvin, 1), kelvin, LANGUAGES["en"]) == "0.0\u00a0K"


def test_a_fact_without_a_finite_value_is_refused():
    with pytest.raises(ExplainerError, match="its value is inf"):
        evaluate(FactSpec("endless", partial(float, "inf")))


def test_a_call_is_written_out_from_itself():
    assert source_of(partial(physics.entropy.multiplicity, 4, n=1)) == "physics.entropy.multiplicity(4, n=1)"
    assert len({spec.id for spec in SPECS}) == len(SPECS)


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (0, "れい"),
        (1, "いち"),
        (10, "じゅう"),
        (40, "よんじゅう"),
        (60, "ろくじゅう"),
        (100, "ひゃく"),
        (308, "さんびゃくはち"),
        (666, "ろっぴゃくろくじゅうろく"),
        (800, "はっぴゃく"),
        (1000, "せん"),
        (3333, "さんぜんさんびゃくさんじゅうさん"),
        (8000, "はっせん"),
        (184_756, "じゅうはちまんよんせんななひゃくごじゅうろく"),
    ],
)
def test_japanese_numbers_are_spelled_with_their_sound_changes(number, spelled):
    assert kana(number) == spelled


@given(st.sets(st.integers(0, 10**12 - 1), min_size=2, max_size=2))
def test_no_two_numbers_are_spelled_alike(numbers):
    assert len({kana(number) for number in numbers}) == 2
    with pytest.raises(ValueError, match="cannot be spelled"):
        kana(10**12)
