"""Languages: one TOML file each, the engine's in ``languages/`` here, a film's own in its ``narration/languages/``.

A film's file of a language that the engine knows adds to it: a unit's name, another voice, a slower pace.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from explainer.errors import ExplainerError, quoted

__all__ = ["ENGINE_FOLDER", "PSEUDO_TAG", "SOURCE_TAG", "Language", "SmallWords", "chosen", "languages_of"]

ENGINE_FOLDER = Path(__file__).with_name("languages")
SOURCE_TAG = "en"
PSEUDO_TAG = "qps"
NO_BREAK_SPACE = "\u00a0"
POSITIVE = (
    *("espeak_rate_wpm", "kokoro_pace", "draft_cps"),
    *("line_length", "reading_warning_cps", "reading_error_cps"),
)
TABLES = ("units", "small_words")
WANTED = {str: 'a text in "..."', bool: "true or false", int: "a whole number", float: "a number"}
PSEUDO = {"name": "[Þšéûðö]", "english_name": "Pseudo-language", "iso639_2": "qps", "voice": "draft"}


@dataclass(frozen=True)
class SmallWords:
    """Words that bind, where a caption is broken into lines; single characters where words are not parted by spaces.

    ``binders`` hold to the word after them and never end a line: articles, determiners, negations;
    ``openers`` begin a phrase, so that a line may well begin with them: conjunctions, prepositions;
    ``closers`` hold to the word before them and never begin a line: postpositions, negations after a verb;
    ``pairs`` are two words, written ``room+temperature``, that are parted only if nothing else fits: terms, formulas.
    """

    binders: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    closers: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Language:
    """All that a film needs to know of a language; these are the keys of its file.

    Args:
        tag: BCP 47; the file's name, and that of folders.
        name: in the language itself.
        english_name: in English.
        iso639_2: three letters, for MP4 tracks.
        locale: Babel's name.
        font: family of the text on screen.
        voice: the voice that speaks if none is asked for.
        espeak_voice: eSpeak NG's name of the language.
        espeak_rate_wpm: eSpeak NG's pace at which a film of many words fits its time.
        kokoro_voice: Kokoro's name of the voice that speaks it; empty if none does.
        kokoro_pace: how much faster than its makers meant this voice speaks.
        draft_cps: pace of the draft voice, characters a second.
        line_length: characters in a caption's line; in Japanese full-width ones.
        reading_warning_cps: characters a second above which a caption is hard to read.
        reading_error_cps: and above which it is refused.
        spoken_minus: the word for a minus sign.
        spoken_point: the word for the decimal sign.
        leading_em: height of a line of captions that are drawn in, in ems: what the script's marks need.
        direction: of writing.
        phrases: where lines may break: at spaces, between characters, or between phrases found by a model.
        unit_space: between a number and its unit.
        half_width_counts: what a half-width character counts against the line length.
        numerals: how whole numbers are given to the voice.
        slanted: whether its script has italics.
        rank: its place among languages, as in the tracks of a film.
        units: names of units aloud, by symbol.
        small_words: where lines are not broken.
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
    kokoro_voice: str = ""
    kokoro_pace: float = 1.0
    leading_em: float = 1.21
    direction: Literal["ltr", "rtl"] = "ltr"
    phrases: Literal["spaces", "characters", "model"] = "spaces"
    unit_space: str = NO_BREAK_SPACE
    half_width_counts: float = 1.0
    numerals: Literal["digits", "kana"] = "digits"
    slanted: bool = True
    rank: int = 100
    units: tuple[tuple[str, str], ...] = ()
    small_words: SmallWords = field(default_factory=SmallWords)

    def __post_init__(self) -> None:
        for name, kind in _kinds().items():
            value = getattr(self, name)
            choices = get_args(kind)
            fits = value in choices if choices else isinstance(value, (int, float) if kind is float else kind)
            if not fits or (isinstance(value, bool) and kind is not bool):
                wanted = f"one of {', '.join(map(str, choices))}" if choices else WANTED[kind]
                raise ExplainerError(f"{name} = {quoted(value)}", f"{self.tag}.toml", f"give {wanted}")
        for name in (
            "espeak_rate_wpm",
            "kokoro_pace",
            "draft_cps",
            "line_length",
            "leading_em",
            "reading_warning_cps",
            "reading_error_cps",
        ):
            if not getattr(self, name) > 0:
                raise ExplainerError(f"{name} = {getattr(self, name)}", f"{self.tag}.toml", "give a positive number")

    def unit_name(self, symbol: str) -> str:
        """The unit's name aloud.

        Raises:
            ExplainerError: the language's file has none.
        """
        for known, name in self.units:
            if known == symbol:
                return name
        remedy = f'write {symbol} = "..." under [units] in narration/languages/{self.tag}.toml'
        raise ExplainerError(f"no spoken name for the unit {quoted(symbol)}", self.english_name, remedy)


@cache
def _kinds() -> Mapping[str, Any]:
    """The types of the plain fields."""
    hints = get_type_hints(Language)
    return {name: hints[name] for name in hints if name not in TABLES}


@cache
def languages_of(folder: Path | None = None) -> Mapping[str, Language]:
    """Every language by its tag, the pseudo-language last.

    Args:
        folder: of a film's own languages and additions.

    Raises:
        ExplainerError: a file is broken or lacks a key.
    """
    tables = {path.stem: _read(path) for path in sorted(ENGINE_FOLDER.glob("*.toml"))}
    for path in sorted(folder.glob("*.toml")) if folder else ():
        own = _read(path)
        known = tables.get(path.stem, {})
        merged = {name: {**known.get(name, {}), **own.get(name, {})} for name in TABLES}
        tables[path.stem] = {**known, **own, **merged}
    languages = [_language(tag, table) for tag, table in tables.items()]
    found = {language.tag: language for language in sorted(languages, key=lambda language: language.rank)}
    found[PSEUDO_TAG] = _language(PSEUDO_TAG, {**tables[SOURCE_TAG], **PSEUDO})
    return found


def chosen(languages: Mapping[str, Language], tag: str) -> Language:
    """The language of a tag.

    Raises:
        ExplainerError: unknown tag, with the known ones.
    """
    if tag not in languages:
        remedy = f"use one of {', '.join(languages)}, or write narration/languages/<tag>.toml"
        raise ExplainerError("unknown language", quoted(tag), remedy)
    return languages[tag]


def _read(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExplainerError(f"not a language file ({error})", path.name, "mend it, see the engine's own") from None
    for name in TABLES:
        entries = table.get(name, {})
        if not isinstance(entries, dict) or not all(isinstance(text, str) for text in entries.values()):
            raise ExplainerError(f"{name} is no table of texts", path.name, f'write name = "..." under [{name}]')
    return table


def _language(tag: str, table: Mapping[str, Any]) -> Language:
    plain = {name: value for name, value in table.items() if name not in TABLES}
    small = {name: frozenset(text.split()) for name, text in table.get("small_words", {}).items()}
    known = [each for each in fields(Language) if each.name not in ("tag", *TABLES)]
    _check_keys(tag, plain, {each.name for each in known})
    _check_keys(tag, small, {each.name for each in fields(SmallWords)})
    missing = {each.name for each in known if each.default is MISSING} - plain.keys()
    if missing:
        raise ExplainerError(f"it lacks {', '.join(sorted(missing))}", f"{tag}.toml", "write them")
    return Language(tag, units=tuple(table.get("units", {}).items()), small_words=SmallWords(**small), **plain)


def _check_keys(tag: str, table: Mapping[str, Any], known: set[str]) -> None:
    for name in table:
        if name not in known:
            remedy = f"known here: {', '.join(sorted(known))}"
            raise ExplainerError(f"unknown key {quoted(name)}", f"{tag}.toml", remedy)
