"""A stepped deck, a slide a cue or mark: its words, where its pictures are. How it is written is a row of `KINDS`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.stage.look import Theme


@dataclass(frozen=True)
class Slide:
    """One cue or mark: its id, the segment's title, the narration, what is on screen, and how long its clip plays."""

    id: str
    title: str
    notes: str
    shows: str
    duration_s: float


@dataclass(frozen=True)
class Deck:
    """The slides, their language and look; width and height in pixels say the shape, `words` name the controls.

    `per_page` is how many slides a printed page has; `loops` says whether clips begin again when they end; `shown_in`
    is the language that tells what is on screen, that of the script.
    """

    title: str
    language_tag: str
    direction: str
    font: str
    theme_name: str
    theme: Theme
    words: Mapping[str, str]
    width: int
    height: int
    slides: tuple[Slide, ...]
    per_page: int = 1
    loops: bool = False
    shown_in: str = "en"


@dataclass(frozen=True)
class Pictures:
    """The files of a slide: its clip (MP4) and the frame it ends on: PNG, or PDF on pages of PDF."""

    still: Path
    clip: Path | None = None


@dataclass(frozen=True)
class Kind:
    """A file format of decks.

    Args:
        name: as the user writes it, and the file's suffix.
        writer: module whose `write(deck, pictures, target)` writes it.
        plays: whether it holds the clips.
        still: what it shows a slide's last frame as, a `kind` of `StillJob`.
    """

    name: str
    writer: str
    plays: bool
    still: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("html", "explainer.decks.deck_html", True, "png"),
        Kind("pptx", "explainer.decks.deck_pptx", True, "png"),
        Kind("pdf", "explainer.decks.deck_pdf", False, "page"),
    )
}
STEPS = ("cues", "marks")
PER_PAGE = (1, 2, 4)
_ISOLATED_NUMBER = re.compile(r"\u2066[^\u2066\u2069]*[0-9∞][^\u2066\u2069]*\u2069")
NO_CHARACTER = "\ufffd"


def checked_kind(name: str) -> Kind:
    """Return a known kind of deck.

    Raises:
        ExplainerError: if it is not one.
    """
    if name not in KINDS:
        raise ExplainerError(f"no slides as {name!r}", "--to", f"use one of {', '.join(KINDS)}")
    return KINDS[name]


def checked_step(name: str) -> str:
    """Return what has a slide each: cues or marks.

    Raises:
        ExplainerError: if it is not one of them.
    """
    if name not in STEPS:
        raise ExplainerError(f"no slide for each of {name!r}", "--step", f"use one of {', '.join(STEPS)}")
    return name


def plain(deck: Deck) -> Deck:
    """The deck with each of its words as one line that every format can hold.

    A script's words are that; in others, what the grammar of a line refuses shows as a space or as no character.
    """
    slides = tuple(
        replace(slide, title=_line(slide.title), notes=_line(slide.notes), shows=_line(slide.shows))
        for slide in deck.slides
    )
    return replace(deck, title=_line(deck.title), slides=slides)


def _line(text: str) -> str:
    # The command line asks this module for kinds, before any work.
    from explainer.words.markup import is_plain

    # A number in a line that runs from the right stands between isolates, as facts are written; a script has no others.
    own = {at for number in _ISOLATED_NUMBER.finditer(text) for at in (number.start(), number.end() - 1)}
    return "".join(
        character if at in own or is_plain(character) else " " if character.isspace() else NO_CHARACTER
        for at, character in enumerate(text)
    )
