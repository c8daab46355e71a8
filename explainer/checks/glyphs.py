"""Letters that no font of the language can draw: they would show as empty boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from explainer.checks.finding import Finding
from explainer.film.timed import LocalizedFilm, families
from explainer.tasks.fingerprint import font_characters

ON_SCREEN, IN_CAPTIONS = "layout", "captions"
"""Kinds of findings: what the picture shows, and what captions do, drawn into it or not."""
# Spaces, line feeds and marks of direction have no ink.
INKLESS = ("Zs", "Cc", "Cf")


def check_glyphs(localized: LocalizedFilm, where: Callable[[str], str], kind: str) -> tuple[Finding, ...]:
    """Letters of words on screen, or of captions, that are in none of the film's fonts; `where` gives file and line."""
    names = families(localized)
    known = frozenset().union(*(font_characters(name) for name in names))
    return tuple(
        Finding(kind, where(text_id), f"{text_id}: no glyph for {_named(missing)} in {' or '.join(names)}: {text!r}")
        for text_id, text in (_captions(localized) if kind == IN_CAPTIONS else _words(localized))
        if (missing := uncovered(text, known))
    )


def _words(localized: LocalizedFilm) -> Iterator[tuple[str, str]]:
    narration = localized.narration
    yield "title", narration.title
    for segment in narration.segments:
        yield segment.id, segment.title
    yield from narration.labels.items()


def _captions(localized: LocalizedFilm) -> Iterator[tuple[str, str]]:
    return ((cue.id, cue.text) for cue in localized.narration.cues)


def uncovered(text: str, known: frozenset[int]) -> tuple[str, ...]:
    """The characters of a text that have ink and are not among the known ones, each once."""
    return tuple(dict.fromkeys(c for c in text if unicodedata.category(c) not in INKLESS and ord(c) not in known))


def _named(characters: Sequence[str]) -> str:
    return ", ".join(f"{character!r} (U+{ord(character):04X})" for character in characters)
