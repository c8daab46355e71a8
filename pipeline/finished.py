"""A finished film, as the manifest beside it tells of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narration.errors import NarrationError
from narration.languages import Language, language
from narration.quantities import Fact, read_fact
from narration.timeline import Timeline, from_json
from page.films import read_manifest
from pipeline.errors import PipelineError
from pipeline.publish import beside

FILM_SUFFIX = ".mp4"
FASTEST_FPS = 240


@dataclass(frozen=True)
class FinishedFilm:
    """A film file, the timeline it was made to (at the planning rate), the numbers it shows, its rate and voice."""

    path: Path
    master: Timeline
    facts: Mapping[str, Fact]
    fps: int
    voice: Language
    manifest: Mapping[str, Any]

    @property
    def stem(self) -> Path:
        """Its path without the ending."""
        return _stem(self.path)

    def stem_in(self, tag: str) -> Path:
        """What the names of files in a language begin with: negative-temperature.es beside negative-temperature.en."""
        return self.path.with_name(f"{self.stem.name.removesuffix(f'.{self.voice.tag}')}.{tag}")


def read_film(path: Path) -> FinishedFilm:
    """Read what the manifest tells of a film.

    Raises:
        PipelineError: if there is no such film, or no readable manifest beside it.
    """
    if path.suffix != FILM_SUFFIX:
        raise PipelineError("captions go into .mp4 files", str(path), "name the .mp4 film")
    if not path.is_file():
        raise PipelineError("no such film", str(path), "make it first: render.py video")
    place = beside(_stem(path), ".json")
    content = _content(place)
    try:
        facts = [read_fact({**each, "source": each["physics"]}, file=place.name) for each in content["facts"]]
        return FinishedFilm(
            path,
            from_json(json.dumps(content["plan"]), file=place.name),
            {fact.id: fact for fact in facts},
            _rate(content["picture"]["fps"]),
            language(content["language"]),
            {**content, "captions": dict(content.get("captions", {}))},
        )
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, NarrationError):
            raise
        raise _unreadable(place) from None


def _content(place: Path) -> dict[str, Any]:
    try:
        content = read_manifest(place)
    except (OSError, ValueError, RecursionError):
        raise _unreadable(place) from None
    if not isinstance(content, dict):
        raise _unreadable(place)
    return content


def _rate(fps: object) -> int:
    if isinstance(fps, bool) or not isinstance(fps, int) or not 0 < fps <= FASTEST_FPS:
        raise ValueError(f"{fps!r} frames a second")
    return fps


def _unreadable(place: Path) -> PipelineError:
    return PipelineError("no readable manifest beside the film", str(place), "make the film again: render.py video")


def _stem(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(FILM_SUFFIX))
