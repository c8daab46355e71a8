"""A finished film, as the manifest beside it tells of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narration.errors import NarrationError
from narration.languages import Language, language
from narration.quantities import Fact
from narration.timeline import Timeline, from_json
from pipeline.errors import PipelineError
from pipeline.publish import beside

FILM_SUFFIX = ".mp4"


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
    try:
        content = json.loads(place.read_text(encoding="utf-8"))
        known = [
            Fact(each["id"], each["value_si"], each["unit"], each["decimals"], each["physics"])
            for each in content["facts"]
        ]
        return FinishedFilm(
            path,
            from_json(json.dumps(content["plan"]), file=place.name),
            {fact.id: fact for fact in known},
            int(content["picture"]["fps"]),
            language(content["language"]),
            content,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, NarrationError):
            raise
        remedy = "make the film again: render.py video"
        raise PipelineError("no readable manifest beside the film", str(place), remedy) from None


def _stem(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(FILM_SUFFIX))
