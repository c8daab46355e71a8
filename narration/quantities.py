"""A number with a unit, as a language writes it and as it is said aloud."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from narration.errors import NarrationError, quoted
from narration.kana import kana
from narration.languages import PSEUDO_TAG, SOURCE_TAG, Language

__all__ = ["UNITS", "Fact", "Unit", "read_fact", "rounded", "spoken", "written"]

MINUS = "\u2212"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_DIRECTIONAL_ISOLATE = "\u2069"
LARGEST_IN_UNITS = 1e12
MOST_DECIMALS = 12


@dataclass(frozen=True)
class Unit:
    """A unit: its symbol, its size in SI base units, and its name aloud by language tag."""

    symbol: str
    size_si: float
    names: Mapping[str, str]


UNITS: dict[str, Unit] = {
    unit.symbol: unit
    for unit in (
        Unit("", 1.0, {}),
        Unit(
            "K",
            1.0,
            {
                "en": "kelvin",
                "zh-Hans": "开尔文",
                "es": "kelvin",
                "de": "Kelvin",
                "fr": "kelvins",
                "ja": "ケルビン",
                "ar": "كِلْفِن",
                "hi": "केल्विन",
            },
        ),
        Unit(
            "mK",
            1e-3,
            {
                "en": "millikelvin",
                "zh-Hans": "毫开尔文",
                "es": "milikelvin",
                "de": "Millikelvin",
                "fr": "millikelvins",
                "ja": "ミリケルビン",
                "ar": "مِلِّي كِلْفِن",
                "hi": "मिलीकेल्विन",
            },
        ),
        Unit(
            "T",
            1.0,
            {
                "en": "tesla",
                "zh-Hans": "特斯拉",
                "es": "tesla",
                "de": "Tesla",
                "fr": "tesla",
                "ja": "テスラ",
                "ar": "تِسْلا",
                "hi": "टेस्ला",
            },
        ),
    )
}


def rounded(value: float, unit: Unit, decimals: int) -> Decimal:
    """An SI value in the unit, rounded half to even at ``decimals`` places; never a negative zero."""
    exact = Decimal(repr(value)) / Decimal(repr(unit.size_si))
    result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    return abs(result) if result.is_zero() else result


def written(number: Decimal, unit: Unit, language: Language) -> str:
    """The number as text: the language's decimal sign, a real minus, a space that does not break, isolates.

    Babel writes an ASCII hyphen, so the sign is put here.
    """
    from babel.numbers import format_decimal

    places = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    digits = format_decimal(abs(number), format=pattern, locale=language.locale)
    text = (MINUS if number < 0 else "") + digits
    if unit.symbol:
        text += language.unit_space + unit.symbol
    if language.direction == "rtl":
        text = LEFT_TO_RIGHT_ISOLATE + text + POP_DIRECTIONAL_ISOLATE
    return text


def spoken(number: Decimal, unit: Unit, language: Language) -> str:
    """The number for a voice: words for the sign, the point and the unit, decimals one by one.

    Whole numbers mostly stay digits, which every voice reads in its own grammar; "5.0" as digits would lose its
    point in Chinese.
    """
    whole, _, decimals = format(abs(number), "f").partition(".")
    digits = (lambda text: kana(int(text))) if language.numerals == "kana" else str
    words = [digits(whole)]
    if number < 0:
        words.insert(0, language.spoken_minus)
    if decimals:
        words += [language.spoken_point, *map(digits, decimals)]
    if unit.symbol:
        words.append(unit.names[SOURCE_TAG if language.tag == PSEUDO_TAG else language.tag])
    return " ".join(words)


@dataclass(frozen=True)
class Fact:
    """An evaluated quantity. ``value_si`` is unrounded; ``source`` is the call it came from."""

    id: str
    value_si: float
    unit: str
    decimals: int
    source: str

    def text(self, language: Language) -> str:
        """As the language writes it, with its unit."""
        unit = UNITS[self.unit]
        return written(rounded(self.value_si, unit, self.decimals), unit, language)

    def spoken(self, language: Language) -> str:
        """As a voice of the language says it."""
        unit = UNITS[self.unit]
        return spoken(rounded(self.value_si, unit, self.decimals), unit, language)


def read_fact(fields: Mapping[str, object], *, file: str) -> Fact:
    """A fact that somebody wrote down: its ``id``, ``value_si``, ``unit``, ``decimals`` and ``source``.

    Raises:
        NarrationError: it is not a number that can be written with a known unit.
    """
    id, value, unit, decimals, source = (fields.get(name) for name in ("id", "value_si", "unit", "decimals", "source"))

    def refusal(problem: str) -> NarrationError:
        return NarrationError(file, quoted(id), problem, "let the physics state it again")

    if not isinstance(id, str) or not isinstance(source, str):
        raise refusal("a fact without a name or a source")
    if not isinstance(unit, str) or unit not in UNITS:
        raise refusal(f"unknown unit {quoted(unit)}")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise refusal(f"{quoted(value)} is not a number")
    if not math.isfinite(value) or abs(value) > LARGEST_IN_UNITS * UNITS[unit].size_si:
        raise refusal(f"{quoted(value)} is too large a number")
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
        raise refusal(f"{quoted(decimals)} is no number of decimals")
    return Fact(id, float(value), unit, decimals, source)
