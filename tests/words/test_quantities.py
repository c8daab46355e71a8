import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from narration_samples import ENGLISH, LANGUAGES

from explainer.errors import ExplainerError
from explainer.words.quantities import UNITS, Fact, Quantity, kana, read_fact, rounded, written

ARABIC = LANGUAGES["ar"]
COMMA_DECIMALS = ("es", "de", "fr")


@pytest.mark.parametrize(
    ("tag", "text", "aloud"),
    [
        ("en", "−5.0\u00a0mK", "minus 5 point 0 millikelvin"),
        ("de", "−5,0\u00a0mK", "minus 5 Komma 0 Millikelvin"),
        ("es", "−5,0\u00a0mK", "menos 5 coma 0 milikelvin"),
        ("fr", "−5,0\u202fmK", "moins 5 virgule 0 millikelvins"),
        ("zh-Hans", "−5.0\u00a0mK", "负 5 点 0 毫开尔文"),
        ("hi", "−5.0\u00a0mK", "ऋण 5 दशमलव 0 मिलीकेल्विन"),
        ("ar", "\u2066−5.0\u00a0mK\u2069", "سالب 5 فاصلة 0 مِلِّي كِلْفِن"),
        ("ja", "−5.0\u00a0mK", "マイナス ご てん れい ミリケルビン"),
    ],
)
def test_each_language_writes_and_says_a_quantity_its_own_way(tag, text, aloud):
    fact = Fact("t", -0.00504, "mK", 1, "", 1e-3)
    assert fact.text(LANGUAGES[tag]) == text
    assert fact.spoken(LANGUAGES[tag]) == aloud


def test_a_changed_fact_changes_in_every_language():
    before, after = (Fact("t", value, "mK", 1, "", 1e-3) for value in (-0.005, 0.0123))
    for language in LANGUAGES.values():
        assert before.text(language) != after.text(language)
        assert before.spoken(language) != after.spoken(language)


@given(
    st.floats(-1e6, 1e6, allow_nan=False),
    st.integers(-3, 4),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(list(LANGUAGES.values())),
)
def test_a_written_number_can_be_read_back(value, decimals, unit, language):
    """Written for any language, a number still is that number, with a real minus sign and no plain space."""
    number = rounded(value, UNITS[unit], decimals)
    assert abs(number - Decimal(repr(value)) / Decimal(repr(UNITS[unit]))) <= Decimal(1).scaleb(-decimals) / 2
    text = written(number, unit, language)
    assert "-" not in text and " " not in text
    digits = text.strip("\u2066\u2069").removesuffix(language.unit_space + unit if unit else "")
    assert ("." if language.tag in COMMA_DECIMALS else ",") not in digits
    assert Decimal(digits.replace("\u202f", "").replace(",", ".").replace("−", "-")) == number


@pytest.mark.parametrize(
    ("quantity", "value_si", "text"),
    [
        (Quantity("q", "K", 1), 4.26, "4.3\u00a0K"),
        (Quantity("q", "K", signed=True), 4.0, "+4\u00a0K"),
        (Quantity("q", "K", signed=True), -4.0, "−4\u00a0K"),
        (Quantity("q", "K", signed=True), 0.0, "+0\u00a0K"),
        (Quantity("q", "K", signed=True), -0.0, "−0\u00a0K"),
        (Quantity("q", decimals=1, signed=True, bare_zero=True), 0.04, "0.0"),
        (Quantity("q", decimals=1, signed=True, bare_zero=True), -0.0, "0.0"),
        (Quantity("q", decimals=1, signed=True, bare_zero=True), -0.06, "−0.1"),
        (Quantity("q", "mK"), 0.25, "250\u00a0mK"),
        (Quantity("q", "K", -2), 1234.0, "1200\u00a0K"),
        (Quantity("q", "K", -2), 49.0, "0\u00a0K"),
        (Quantity("q", "K", -2), 987_654.0, "987\u202f700\u00a0K"),
        (Quantity("q"), 9999.4, "9999"),
        (Quantity("q"), 9999.6, "10\u202f000"),
        (Quantity("q", decimals=1), -1234567.25, "−1\u202f234\u202f567.2"),
        (Quantity("q", "K", most=99.0), 99.0, "99\u00a0K"),
        (Quantity("q", "K", most=99.0, signed=True), -99.5, "∞"),
        (Quantity("q", "mK", most=99.0), 0.1, "∞"),
        (Quantity("q", "K", signed=True), -math.inf, "∞"),
        (Quantity("q", "furlong", 1, unit_si=201.168), 402.336, "2.0\u00a0furlong"),
    ],
)
def test_a_quantity_that_moves_is_read_out_as_it_is_described(quantity, value_si, text):
    """Its sign tells plus zero from minus zero; infinity stands alone; groups are parted from five figures on."""
    assert quantity.text(value_si, ENGLISH) == text


def test_a_quantity_stands_from_left_to_right_in_arabic():
    quantity = Quantity("q", "K", signed=True, most=1e6)
    assert quantity.text(-12345.0, ARABIC) == "\u2066−12\u202f345\u00a0K\u2069"
    assert quantity.text(math.inf, ARABIC) == "∞"


def test_no_fact_is_a_negative_zero():
    assert Fact("t", -1e-9, "K", 1, "").text(ENGLISH) == "0.0\u00a0K"


def test_an_unknown_unit_is_refused_with_what_to_give():
    with pytest.raises(ExplainerError, match="q: unknown unit 'furlong'; give its size in SI units beside it: unit_si"):
        Quantity("q", "furlong")


WRITTEN_DOWN = {"id": "t", "value_si": 5e-3, "unit": "mK", "unit_si": 1e-3, "decimals": 1, "source": "physics.f()"}


def test_a_fact_that_was_written_down_is_the_fact():
    assert read_fact(WRITTEN_DOWN, file="film.json") == Fact("t", 5e-3, "mK", 1, "physics.f()", 1e-3)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": 3}, "without a name or a source"),
        ({"unit": "m" * 17}, "is no unit"),
        ({"unit": "m\u202e"}, "is no unit"),
        ({"value_si": True}, "is not a number"),
        ({"value_si": math.nan}, "too large a number"),
        ({"value_si": 1e10}, "too large a number"),
        ({"unit_si": 0}, "no size of a unit"),
        ({"unit_si": None}, "no size of a unit"),
        ({"decimals": 13}, "no number of decimals"),
        ({"decimals": 0.5}, "no number of decimals"),
    ],
)
def test_a_fact_that_was_written_down_wrong_is_refused(changes, said):
    with pytest.raises(ExplainerError, match=said) as caught:
        read_fact(WRITTEN_DOWN | changes, file="film.json")
    assert caught.value.place.startswith("film.json") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (0, "れい"),
        (1, "いち"),
        (10, "じゅう"),
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


def test_a_number_beyond_what_is_spelled_is_refused():
    with pytest.raises(ValueError, match="cannot be spelled"):
        kana(10**12)
