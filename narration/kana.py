"""Whole numbers in Japanese kana: eSpeak NG reads digits and kanji numerals with the wrong sounds."""

from __future__ import annotations

__all__ = ["kana"]

DIGITS = ("れい", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
TENS = ("じゅう", "ひゃく", "せん")
FUSED = {
    "さんひゃく": "さんびゃく",
    "ろくひゃく": "ろっぴゃく",
    "はちひゃく": "はっぴゃく",
    "さんせん": "さんぜん",
    "はちせん": "はっせん",
}
MYRIADS = ("", "まん", "おく")


def kana(number: int) -> str:
    """Spell a whole number from 0 to 999 999 999 999.

    Raises:
        ValueError: out of that range.
    """
    if not 0 <= number < 10_000 ** len(MYRIADS):
        raise ValueError(f"{number} cannot be spelled: give a number from 0 to {10_000 ** len(MYRIADS) - 1}")
    if number == 0:
        return DIGITS[0]
    spelled = ""
    for power in reversed(range(len(MYRIADS))):
        group = number // 10_000**power % 10_000
        spelled += _below_ten_thousand(group) + MYRIADS[power] if group else ""
    return spelled


def _below_ten_thousand(number: int) -> str:
    spelled = ""
    for power in (3, 2, 1):
        digit = number // 10**power % 10
        if digit:
            part = (DIGITS[digit] if digit > 1 else "") + TENS[power - 1]
            spelled += FUSED.get(part, part)
    return spelled + (DIGITS[number % 10] if number % 10 else "")
