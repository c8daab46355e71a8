"""A deck as one HTML file that needs nothing else: clips inside, keys and buttons, notes, for any browser, offline."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from explainer.decks.deck import Deck, Pictures, plain
from explainer.html.pages import rendered
from explainer.words.texts import filled


def write(deck: Deck, pictures: Mapping[str, Pictures], target: Path) -> None:
    """Write a deck; `pictures` holds each slide's files by its id."""
    deck = plain(deck)
    labels = [
        filled(deck.words["buttons.slide"], {"number": number, "count": len(deck.slides), "title": slide.title})
        for number, slide in enumerate(deck.slides, 1)
    ]
    text = rendered(
        "slides.html.j2",
        deck=deck,
        look=deck.theme,
        words={name.removeprefix("buttons."): word for name, word in deck.words.items()},
        slides=[
            {
                "slide": slide,
                "label": label,
                "clip": data_uri(pictures[slide.id].clip, "video/mp4"),
                "still": data_uri(pictures[slide.id].still, "image/png"),
            }
            for slide, label in zip(deck.slides, labels, strict=True)
        ],
    )
    target.write_text(text, encoding="utf-8")


def data_uri(path: Path | None, kind: str) -> str:
    """Return a file's content as an address that needs no network; empty without a file."""
    return "" if path is None else f"data:{kind};base64,{b64encode(path.read_bytes()).decode('ascii')}"
