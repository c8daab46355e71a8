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

    Args:
        tag: BCP 47; names files and folders.
        name: in the language itself.
        english_name: in English.
        iso639_2: three letters, for MP4 tracks.
        locale: Babel's name.
        font: family of the text on screen.
        voice: the voice that speaks if none is asked for.
        espeak_voice: eSpeak NG's name of the language.
        espeak_rate_wpm: eSpeak NG's pace at which the film fits its minute.
        draft_cps: pace of the draft voice, characters a second.
        line_length: characters in a caption's line; in Japanese full-width ones.
        reading_warning_cps: characters a second above which a caption is hard to read.
        reading_error_cps: and above which it is refused.
        spoken_minus: the word for a minus sign.
        spoken_point: the word for the decimal sign.
        direction: of writing.
        phrases: where lines may break: at spaces, between characters, or between phrases found by a model.
        unit_space: between a number and its unit.
        half_width_counts: what a half-width character counts against the line length.
        numerals: how whole numbers are given to the voice.
    """

    tag: str
    name: str
    english_name: str
    iso639_2: str
    locale: str
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
    direction: Literal["ltr", "rtl"] = "ltr"
    phrases: Literal["spaces", "characters", "model"] = "spaces"
    unit_space: str = NO_BREAK_SPACE
    half_width_counts: float = 1.0
    numerals: Literal["digits", "kana"] = "digits"


# fmt: off
_ROWS = (
    Language("en", "English", "English", "eng", locale="en", font="Inter",
             voice="flite", espeak_voice="en-us", espeak_rate_wpm=190, draft_cps=20.0,
             line_length=42, reading_warning_cps=20, reading_error_cps=20,
             spoken_minus="minus", spoken_point="point"),
    Language("zh-Hans", "简体中文", "Simplified Chinese", "zho", locale="zh_Hans", font="Noto Sans CJK SC",
             voice="espeak", espeak_voice="cmn", espeak_rate_wpm=225, draft_cps=7.1,
             line_length=16, reading_warning_cps=9, reading_error_cps=11,
             spoken_minus="负", spoken_point="点", phrases="characters"),
    Language("es", "Español", "Spanish", "spa", locale="es", font="Inter",
             voice="espeak", espeak_voice="es", espeak_rate_wpm=187, draft_cps=20.8,
             line_length=42, reading_warning_cps=17, reading_error_cps=20,
             spoken_minus="menos", spoken_point="coma"),
    Language("de", "Deutsch", "German", "deu", locale="de", font="Inter",
             voice="espeak", espeak_voice="de", espeak_rate_wpm=186, draft_cps=19.5,
             line_length=42, reading_warning_cps=17, reading_error_cps=20,
             spoken_minus="minus", spoken_point="Komma"),
    Language("fr", "Français", "French", "fra", locale="fr", font="Inter",
             voice="espeak", espeak_voice="fr", espeak_rate_wpm=162, draft_cps=21.8,
             line_length=42, reading_warning_cps=17, reading_error_cps=20,
             spoken_minus="moins", spoken_point="virgule", unit_space=NARROW_NO_BREAK_SPACE),
    Language("ja", "日本語", "Japanese", "jpn", locale="ja", font="Noto Sans CJK JP",
             voice="espeak", espeak_voice="ja", espeak_rate_wpm=205, draft_cps=13.0,
             line_length=13, reading_warning_cps=4, reading_error_cps=7,
             spoken_minus="マイナス", spoken_point="てん", phrases="model", half_width_counts=0.5, numerals="kana"),
    Language("ar", "العربية", "Arabic", "ara", locale="ar", font="Noto Sans Arabic",
             voice="espeak", espeak_voice="ar", espeak_rate_wpm=268, draft_cps=20.5,
             line_length=42, reading_warning_cps=20, reading_error_cps=23,
             spoken_minus="سالب", spoken_point="فاصلة", direction="rtl"),
    Language("hi", "हिन्दी", "Hindi", "hin", locale="hi", font="Noto Sans Devanagari",
             voice="espeak", espeak_voice="hi", espeak_rate_wpm=200, draft_cps=19.6,
             line_length=42, reading_warning_cps=22, reading_error_cps=25,
             spoken_minus="ऋण", spoken_point="दशमलव"),
    Language(PSEUDO_TAG, "[Þšéûðö]", "Pseudo-language", "qps", locale="en", font="Inter",
             voice="draft", espeak_voice="en-us", espeak_rate_wpm=190, draft_cps=20.0,
             line_length=42, reading_warning_cps=20, reading_error_cps=20,
             spoken_minus="minus", spoken_point="point"),
)
# fmt: on

LANGUAGES: dict[str, Language] = {row.tag: row for row in _ROWS}


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
