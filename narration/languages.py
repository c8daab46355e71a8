"""The languages of the film: one row each. A new language is one row here and one PO file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from narration.errors import NarrationError, quoted

__all__ = ["LANGUAGES", "PSEUDO_TAG", "SOURCE_TAG", "Language", "language"]

SOURCE_TAG = "en"
PSEUDO_TAG = "qps"
NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"


@dataclass(frozen=True)
class Language:
    """All that the film needs to know of a language.

    ``line_length`` counts characters (in Japanese full-width ones, half-width counting half);
    ``reading_warning_cps`` and ``reading_error_cps`` are characters a second; ``draft_cps`` is the pace of
    the draft voice; ``phrases`` says where a line may break: at spaces, between any characters, or
    between phrases found by a model.
    """

    tag: str
    name: str
    english_name: str
    iso639_2: str
    locale: str
    direction: Literal["ltr", "rtl"]
    font: str
    voice: str
    espeak_voice: str
    espeak_rate_wpm: int
    draft_cps: float
    line_length: int
    reading_warning_cps: float
    reading_error_cps: float
    spoken_minus: str
    spoken_point: str
    phrases: Literal["spaces", "characters", "model"] = "spaces"
    unit_space: str = NO_BREAK_SPACE
    half_width_counts: float = 1.0


LANGUAGES: dict[str, Language] = {
    row.tag: row
    for row in (
        Language(
            "en",
            "English",
            "English",
            "eng",
            "en",
            "ltr",
            "Inter",
            "flite",
            "en-us",
            157,
            20.0,
            42,
            20,
            20,
            "minus",
            "point",
        ),
        Language(
            "zh-Hans",
            "简体中文",
            "Simplified Chinese",
            "zho",
            "zh_Hans",
            "ltr",
            "Noto Sans CJK SC",
            "espeak",
            "cmn",
            197,
            4.6,
            16,
            9,
            11,
            "负",
            "点",
            phrases="characters",
        ),
        Language(
            "es",
            "Español",
            "Spanish",
            "spa",
            "es",
            "ltr",
            "Inter",
            "espeak",
            "es",
            178,
            15.5,
            42,
            17,
            17,
            "menos",
            "coma",
        ),
        Language(
            "de",
            "Deutsch",
            "German",
            "deu",
            "de",
            "ltr",
            "Inter",
            "espeak",
            "de",
            180,
            15.5,
            42,
            17,
            17,
            "minus",
            "Komma",
        ),
        Language(
            "fr",
            "Français",
            "French",
            "fra",
            "fr",
            "ltr",
            "Inter",
            "espeak",
            "fr",
            153,
            15.5,
            42,
            17,
            17,
            "moins",
            "virgule",
            unit_space=NARROW_NO_BREAK_SPACE,
        ),
        Language(
            "ja",
            "日本語",
            "Japanese",
            "jpn",
            "ja",
            "ltr",
            "Noto Sans CJK JP",
            "espeak",
            "ja",
            170,
            7.0,
            13,
            4,
            7,
            "マイナス",
            "てん",
            phrases="model",
            half_width_counts=0.5,
        ),
        Language(
            "ar",
            "العربية",
            "Arabic",
            "ara",
            "ar",
            "rtl",
            "Noto Sans Arabic",
            "espeak",
            "ar",
            216,
            11.5,
            42,
            20,
            23,
            "ناقص",
            "فاصلة",
        ),
        Language(
            "hi",
            "हिन्दी",
            "Hindi",
            "hin",
            "hi",
            "ltr",
            "Noto Sans Devanagari",
            "espeak",
            "hi",
            170,
            12.0,
            42,
            22,
            25,
            "ऋण",
            "दशमलव",
        ),
        Language(
            PSEUDO_TAG,
            "[Þšéûðö]",
            "Pseudo-language",
            "qps",
            "en",
            "ltr",
            "Inter",
            "draft",
            "en-us",
            157,
            20.0,
            42,
            20,
            20,
            "minus",
            "point",
        ),
    )
}


def language(tag: str) -> Language:
    """The row of a language.

    Raises:
        NarrationError: unknown tag, with the known ones.
    """
    try:
        return LANGUAGES[tag]
    except KeyError:
        raise NarrationError(
            "narration/languages.py",
            quoted(tag),
            "unknown language",
            f"use one of {', '.join(LANGUAGES)}, or add a row and a PO file",
        ) from None
