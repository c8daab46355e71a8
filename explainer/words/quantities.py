"""Quantities: numbers with units, as a language writes them on screen and in captions, and as they are said aloud."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from explainer.errors import ExplainerError, located, quoted
from explainer.words.languages import Language
from explainer.words.markup import is_plain

__all__ = ["UNITS", "Fact", "Quantity", "kana", "read_fact", "rounded", "spoken", "unit_size", "written"]

MINUS = "\N{MINUS SIGN}"
INFINITY = "\N{INFINITY}"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_DIRECTIONAL_ISOLATE = "\u2069"
GROUP_SPACE = "\u202f"
GROUPED_FROM = 10_000
LARGEST_IN_UNITS = 1e12
MOST_DECIMALS = 12
LONGEST_UNIT = 16

PREFIXES = {"n": 1e-9, "µ": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9}
PREFIXED = ("K", "T", "s", "m", "Hz", "J", "W", "N", "V")
# SI size of each unit by its symbol. Names aloud are in the languages' files.
UNITS: Mapping[str, float] = {
    "": 1.0,
    **{prefix + unit: size for unit in PREFIXED for prefix, size in PREFIXES.items()},
    **{"%": 1e-2, "°": math.pi / 180, "rad": 1.0, "g": 1e-3, "kg": 1.0, "cm": 1e-2, "min": 60.0, "h": 3600.0},
    **{"m/s": 1.0, "km/h": 1 / 3.6, "m/s²": 1.0},
}

KANA_DIGITS = ("れい", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
KANA_TENS = ("じゅう", "ひゃく", "せん")
KANA_FUSED = {
    "さんひゃく": "さんびゃく",
    "ろくひゃく": "ろっぴゃく",
    "はちひゃく": "はっぴゃく",
    "さんせん": "さんぜん",
    "はちせん": "はっせん",
}
KANA_MYRIADS = ("", "まん", "おく")


def unit_size(symbol: str, *, place: str) -> float:
    """SI size of a unit that the engine knows.

    Raises:
        ExplainerError: it does not.
    """
    if symbol not in UNITS:
        raise ExplainerError(
            f"unknown unit {quoted(symbol)}", place, "give its size in SI units beside it: unit_si=..."
        )
    return UNITS[symbol]


def rounded(value: float, unit_si: float, decimals: int) -> Decimal:
    """An SI value in a unit of this size, rounded half to even at ``decimals`` places; never a negative zero."""
    exact = Decimal(repr(value)) / Decimal(repr(unit_si))
    result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    return abs(result) if result.is_zero() else result


def written(number: Decimal, unit: str, language: Language, *, sign: str | None = None) -> str:
    """The number as text: the language's decimal sign, a real minus, a space that does not break, isolates.

    Groups of three are parted by a space, from five figures on (SI brochure, 9th edition, 5.4.4).

    Args:
        number: in the unit, with the decimals that are shown.
        unit: its symbol.
        language: of the text around it.
        sign: stands before it in the place of its own.
    """
    from babel.numbers import get_decimal_symbol

    grouped = "," if abs(number) >= GROUPED_FROM else ""
    digits = f"{abs(number):{grouped}f}".replace(",", GROUP_SPACE).replace(".", get_decimal_symbol(language.locale))
    text = (sign if sign is not None else MINUS if number < 0 else "") + digits
    if unit:
        text += language.unit_space + unit
    if language.direction == "rtl":
        text = LEFT_TO_RIGHT_ISOLATE + text + POP_DIRECTIONAL_ISOLATE
    return text


def spoken(number: Decimal, unit: str, language: Language) -> str:
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
    if unit:
        words.append(language.unit_name(unit))
    return " ".join(words)


@dataclass(frozen=True)
class Quantity:
    """How a number that moves is read out on screen.

    Args:
        id: what scenes call it.
        unit: its symbol.
        decimals: places that are shown.
        signed: whether a sign stands before every number, zero from above and from below included.
        bare_zero: but before no zero: it is one value like others, not two ends.
        most: in the unit; what exceeds it on its way to infinity stands as that, if there is a bound.
        unit_si: size of the unit in SI units; the engine's own for its units.
    """

    id: str
    unit: str = ""
    decimals: int = 0
    signed: bool = False
    bare_zero: bool = False
    most: float | None = None
    unit_si: float = 0.0

    def __post_init__(self) -> None:
        if not self.unit_si:
            object.__setattr__(self, "unit_si", unit_size(self.unit, place=self.id))

    def text(self, value_si: float, language: Language) -> str:
        """The number as the language writes it.

        Infinity stands alone: with equal populations its sign means nothing, and it needs no unit.
        """
        value = value_si / self.unit_si
        if math.isinf(value) or (self.most is not None and abs(value) > self.most):
            return INFINITY
        number = abs(rounded(value_si, self.unit_si, self.decimals))
        signed = self.signed and not (self.bare_zero and number.is_zero())
        negative = math.copysign(1.0, value) < 0 and (signed or not number.is_zero())
        return written(number, self.unit, language, sign=MINUS if negative else "+" if signed else "")


@dataclass(frozen=True)
class Fact:
    """An evaluated quantity. ``value_si`` is unrounded; ``source`` is the call it came from."""

    id: str
    value_si: float
    unit: str
    decimals: int
    source: str
    unit_si: float = 1.0

    def text(self, language: Language) -> str:
        """As the language writes it, with its unit."""
        return written(rounded(self.value_si, self.unit_si, self.decimals), self.unit, language)

    def spoken(self, language: Language) -> str:
        """As a voice of the language says it."""
        return spoken(rounded(self.value_si, self.unit_si, self.decimals), self.unit, language)


def read_fact(fields: Mapping[str, object], *, file: str) -> Fact:
    """A fact that somebody wrote down: its ``id``, ``value_si``, ``unit``, ``unit_si``, ``decimals`` and ``source``.

    Raises:
        ExplainerError: it is not a number that can be written with a unit.
    """
    id, value, unit, decimals, source = (fields.get(name) for name in ("id", "value_si", "unit", "decimals", "source"))
    size = fields.get("unit_si")

    def refusal(problem: str) -> ExplainerError:
        return ExplainerError(problem, located(file, quoted(id)), "let the physics state it again")

    if not isinstance(id, str) or not isinstance(source, str):
        raise refusal("a fact without a name or a source")
    if not isinstance(unit, str) or len(unit) > LONGEST_UNIT or not all(map(is_plain, unit)):
        raise refusal(f"{quoted(unit)} is no unit")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise refusal(f"{quoted(value)} is not a number")
    if isinstance(size, bool) or not isinstance(size, (int, float)) or not 0 < size < math.inf:
        raise refusal(f"{quoted(size)} is no size of a unit")
    if not math.isfinite(value) or abs(value) > LARGEST_IN_UNITS * size:
        raise refusal(f"{quoted(value)} is too large a number")
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
        raise refusal(f"{quoted(decimals)} is no number of decimals")
    return Fact(id, float(value), unit, decimals, source, float(size))


def kana(number: int) -> str:
    """Spell a whole number from 0 to 999 999 999 999.

    Raises:
        ValueError: out of that range.
    """
    if not 0 <= number < 10_000 ** len(KANA_MYRIADS):
        raise ValueError(f"{number} cannot be spelled: give a number from 0 to {10_000 ** len(KANA_MYRIADS) - 1}")
    if number == 0:
        return KANA_DIGITS[0]
    spelled = ""
    for power in reversed(range(len(KANA_MYRIADS))):
        group = number // 10_000**power % 10_000
        spelled += _below_ten_thousand(group) + KANA_MYRIADS[power] if group else ""
    return spelled


def _below_ten_thousand(number: int) -> str:
    spelled = ""
    for power in (3, 2, 1):
        digit = number // 10**power % 10
        if digit:
            part = (KANA_DIGITS[digit] if digit > 1 else "") + KANA_TENS[power - 1]
            spelled += KANA_FUSED.get(part, part)
    return spelled + (KANA_DIGITS[number % 10] if number % 10 else "")
