"""What the page is told of a film, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError, place_in
from explainer.film.timed import LocalizedFilm
from explainer.tasks.imports import ENGINE
from explainer.timing.captions import captions
from explainer.words.localize import Narration

__all__ = ["Send", "captions_told", "error_told", "failure", "plan_told"]

# Takes what kind of thing is told, and what of it.
Send = Callable[[str, dict[str, Any]], None]


def plan_told(localized: LocalizedFilm, notes: Sequence[str]) -> dict[str, Any]:
    """When each segment and cue comes, in seconds, what is said, and what the user should know."""
    planned, request = localized.planned, localized.request
    words = {segment.id: segment for segment in localized.narration.segments}
    texts = {cue.id: cue.text for cue in localized.narration.cues}
    film = request.film

    def seconds(frame: int) -> float:
        return round(frame / planned.fps, 4)

    return {
        "film": film.id,
        "title": localized.narration.title,
        "language": request.language_tag,
        "languages": [{"tag": tag, "name": film.language(tag).name} for tag in film.tags],
        "fps": localized.timeline.fps,
        "width": request.quality.width,
        "height": request.quality.height,
        "duration_s": seconds(planned.frames),
        "segments": [
            {
                "id": segment.id,
                "title": words[segment.id].title,
                "start_s": seconds(segment.start_frame),
                "stop_s": seconds(segment.stop_frame),
                "cues": [
                    {"id": cue.id, "start_s": seconds(cue.start_frame), "text": texts[cue.id]} for cue in segment.cues
                ],
            }
            for segment in planned.segments
        ],
        "notes": list(notes),
    }


def captions_told(localized: LocalizedFilm, narration: Narration) -> dict[str, Any]:
    """The captions of a language on the timeline of the voice."""
    language = narration.language
    return {
        "tag": language.tag,
        "direction": language.direction,
        "lines": [
            {"start_s": each.start_s, "stop_s": each.stop_s, "text": each.text}
            for each in captions(localized.planned, narration)
        ],
    }


def failure(error: Exception, root: Path) -> ExplainerError:
    """Whatever went wrong as one line, with the file and line of the film's code that it came through last."""
    if isinstance(error, ExplainerError):
        return error
    place = place_in(error, root, (".venv", ENGINE))
    remedy = "mend it there" if place else "look at what was changed last"
    return ExplainerError(f"{type(error).__name__}: {error}", place or ENGINE, remedy)


def error_told(error: Exception, root: Path, segment_id: str = "") -> dict[str, Any]:
    """One clear line, and the segment that cannot be drawn; the whole film if none is named."""
    return {"segment": segment_id, "line": str(failure(error, root))}
