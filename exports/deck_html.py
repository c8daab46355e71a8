"""A deck as one HTML file that needs nothing else: clips inside, keys and buttons, notes, for any browser, offline."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from exports.deck import TEMPLATES, Deck, Pictures, plain
from exports.words import words_for
from scenes.palette import THEMES


def write(deck: Deck, pictures: Mapping[str, Pictures], target: Path) -> None:
    """Write a deck; `pictures` holds each slide's files by its cue's id."""
    deck = plain(deck)
    words, words_tag = words_for(deck.language_tag)
    labels = [
        words.slide.format(number=number, count=len(deck.slides), title=slide.title)
        for number, slide in enumerate(deck.slides, 1)
    ]
    text = template("slides.html.j2").render(
        deck=deck,
        look=THEMES[deck.theme],
        words=asdict(words),
        words_tag=words_tag,
        slides=[
            {
                "slide": slide,
                "label": label,
                "clip": data_uri(pictures[slide.cue_id].clip, "video/mp4"),
                "still": data_uri(pictures[slide.cue_id].still, "image/png"),
            }
            for slide, label in zip(deck.slides, labels, strict=True)
        ],
    )
    target.write_text(text, encoding="utf-8")


def template(name: str) -> Template:
    """Return a template that refuses unknown names and escapes all text."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(name)


def data_uri(path: Path | None, kind: str) -> str:
    """Return a file's content as an address that needs no network; empty without a file."""
    return "" if path is None else f"data:{kind};base64,{b64encode(path.read_bytes()).decode('ascii')}"
