"""A stepped deck, one slide a cue: its words, and where its pictures are. How it is written is a row of `KINDS`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import PipelineError


@dataclass(frozen=True)
class Slide:
    """One cue: its id, the segment's title, the narration, what is on screen, and how long its clip plays."""

    cue_id: str
    title: str
    notes: str
    shows: str
    duration_s: float


@dataclass(frozen=True)
class Deck:
    """The slides, their language and look; width and height in pixels say the shape."""

    title: str
    language_tag: str
    direction: str
    font: str
    theme: str
    width: int
    height: int
    slides: tuple[Slide, ...]


@dataclass(frozen=True)
class Pictures:
    """The files of a slide: its clip (MP4) and the frame it ends on (PNG), or that frame as PDF."""

    still: Path
    clip: Path | None = None


@dataclass(frozen=True)
class Kind:
    """A file format of decks.

    Args:
        name: as the user writes it, and the file's suffix.
        write: address of the function that writes it, `(deck, pictures, target)`.
        plays: whether it holds the clips.
        still: what it shows a slide's last frame as: png or pdf.
        tools: packages that decide what is written.
        template: a file in `templates/` that it is made from.
    """

    name: str
    write: str
    plays: bool
    still: str
    tools: tuple[str, ...]
    template: str = ""


KINDS = {
    kind.name: kind
    for kind in (
        Kind("html", "exports.deck_html:write", True, "png", ("jinja2",), "slides.html.j2"),
        Kind("pptx", "exports.deck_pptx:write", True, "png", ("python-pptx",)),
        Kind("pdf", "exports.deck_pdf:write", False, "pdf", ("weasyprint", "pypdf", "jinja2"), "handout.html.j2"),
    )
}
TEMPLATES = Path(__file__).parent / "templates"
NO_CHARACTER = "\ufffd"


def checked_kind(name: str) -> Kind:
    """Return a known kind of deck.

    Raises:
        PipelineError: if it is not one.
    """
    if name not in KINDS:
        raise PipelineError(f"no slides as {name!r}", "--to", f"use one of {', '.join(KINDS)}")
    return KINDS[name]


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
    from narration.markup import is_plain  # the command line asks this module for kinds, before any work

    return "".join(
        character if is_plain(character) else " " if character.isspace() else NO_CHARACTER for character in text
    )
