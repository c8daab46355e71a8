"""The words and numbers of the figures in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from babel.numbers import get_decimal_symbol
from matplotlib.ticker import Formatter

from explainer.words.languages import SOURCE_TAG, Language, languages_of
from explainer.words.quantities import LEFT_TO_RIGHT_ISOLATE, POP_DIRECTIONAL_ISOLATE, written
from explainer.words.texts import filled, of_domain, read_texts

__all__ = ["Ticks", "Words", "as_written"]

DOMAIN = "figures"
_TEXTS = Path(__file__).with_name("text.toml")
_SIGN = r"(?:[0-9A-Za-zΑ-ω¹²³⁰-₟±∞−|%+](?:\([^()\u0590-\u08ff]*\))?)"
_FORMULA = re.compile(rf"{_SIGN}(?:[^()\u0590-\u08ff،؛؟]*{_SIGN})?")
_MATHS = re.compile(r"\$(.+?)\$")
_POWER = re.compile(r"\$\\mathdefault\{10\^\{(-?\d+)\}\}\$")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SHAPED = re.compile("[\u0590-\u0dff]")


@dataclass(frozen=True)
class Words:
    """The texts of a language by id, such as ``contact.caption``, and how it writes numbers."""

    language: Language
    texts: Mapping[str, str]

    def say(self, id: str, **values: str) -> str:
        """Give a text with values filled in; beside words from right to left, formulas keep their own direction.

        Matplotlib sets text that holds ``$maths$`` letter by letter, so where letters join the maths is set as text.
        """
        text = filled(self.texts[id], values)
        if _SHAPED.search(text):
            text = _MATHS.sub(lambda found: found[1].replace(r"\mu", "μ"), text)
        if self.language.direction == "rtl":
            text = re.sub(f"[{LEFT_TO_RIGHT_ISOLATE}{POP_DIRECTIONAL_ISOLATE}]", "", text)
            text = _FORMULA.sub(lambda found: f"{LEFT_TO_RIGHT_ISOLATE}{found[0]}{POP_DIRECTIONAL_ISOLATE}", text)
        return text

    def number(self, value: float, unit: str = "", *, signed: bool = False) -> str:
        """Give a number to three figures as the language writes it."""
        sign = "+" if signed and value > 0 else None
        return written(Decimal(f"{value:.3g}"), unit, self.language, sign=sign)

    @property
    def decimal_mark(self) -> str:
        """What stands between ones and tenths."""
        return str(get_decimal_symbol(self.language.locale))


def as_written() -> Words:
    """Give the words of the language that they were written in."""
    texts = {text.id: text.text for text in read_texts(_TEXTS)}
    return Words(languages_of()[SOURCE_TAG], of_domain(texts, DOMAIN))


class Ticks(Formatter):
    """The labels of another formatter's ticks with a language's decimal mark."""

    def __init__(self, of: Formatter, mark: str) -> None:
        """Take the formatter whose labels these are."""
        self._of, self._mark = of, mark

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Give the label of a tick."""
        return self._marked(self._of(x, pos))

    def format_ticks(self, values: list[float]) -> list[str]:
        """Give the labels of all ticks."""
        return [self._marked(label) for label in self._of.format_ticks(values)]

    def set_locs(self, locs: list[float]) -> None:
        """Pass on where the ticks are."""
        self._of.set_locs(locs)

    def get_offset(self) -> str:
        """Give what all labels have in common."""
        return self._marked(self._of.get_offset())

    def _marked(self, label: str) -> str:
        # Matplotlib sets maths in one font, which not every script's has the signs for.
        label = _POWER.sub(lambda found: "10" + found[1].translate(_SUPERSCRIPTS), label)
        return label.replace(".", self._mark)
