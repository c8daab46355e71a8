"""Write a deck from its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from explainer.clips.still_job import STILL
from explainer.decks.deck import KINDS, Deck, Pictures
from explainer.jobs.draw import PICTURE
from explainer.tasks.graph import Tick

TOOLS = ("jinja2", "python-pptx", "weasyprint", "pypdf")
DECK = "deck"


@dataclass(frozen=True)
class DeckJob:
    """A deck as `kind`; inputs "still <slide>", and "clip <slide>" where the kind plays."""

    kind: str
    deck: Deck


def make_deck(job: DeckJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write the deck."""
    kind = KINDS[job.kind]
    pictures = {
        slide.id: Pictures(
            inputs[f"still {slide.id}"] / STILL,
            inputs[f"clip {slide.id}"] / PICTURE if kind.plays else None,
        )
        for slide in job.deck.slides
    }
    import_module(kind.writer).write(job.deck, pictures, folder / DECK)
