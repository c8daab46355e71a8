"""Everything the page tells its scripts, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from explainer.film.manifest import FinishedFilm
from explainer.page.colours import coldness_hex
from explainer.stage.look import Theme
from explainer.timing.captions import Caption, captions
from explainer.words.languages import Language
from explainer.words.localize import Narration

LABEL = "label."
MILLISECONDS = 1000


def content(
    name: str,
    themes: Mapping[str, Theme],
    narrations: Sequence[Narration],
    texts: Mapping[str, Mapping[str, str]],
    films: Sequence[FinishedFilm],
    addresses: Mapping[str, tuple[str, str]],
    panels: Mapping[str, Any],
) -> dict[str, Any]:
    """The page's data.

    Args:
        name: the film's, under which a reader's choices are kept.
        themes: colours by name.
        narrations: the film's words, one a language of the page.
        texts: the page's words by language tag and id.
        films: those that the page plays, the one it begins with first.
        addresses: of each film and its poster, relative to the page, by the film's language.
        panels: what the film's panels tell their scripts.
    """
    return {
        "name": name,
        "languages": [_language(narration, texts[narration.language.tag]) for narration in narrations],
        "films": [_film(film, narrations, addresses[film.language_tag]) for film in films],
        "palette": {theme_name: coldness_hex(theme) for theme_name, theme in themes.items()},
        "panels": dict(panels),
    }


def _language(narration: Narration, texts: Mapping[str, str]) -> dict[str, Any]:
    language = narration.language
    labels = {LABEL + id: text for id, text in narration.labels.items()}
    return {
        "tag": language.tag,
        "name": language.name,
        "direction": language.direction,
        "unit_space": language.unit_space,
        "sentence_space": " " if language.phrases == "spaces" else "",
        "title": narration.title,
        "texts": {**texts, **labels},
        "segments": [
            {
                "id": segment.id,
                "title": segment.title,
                "cues": [{"id": cue.id, "text": cue.text} for cue in segment.cues],
            }
            for segment in narration.segments
        ],
    }


def _film(film: FinishedFilm, narrations: Sequence[Narration], addresses: tuple[str, str]) -> dict[str, Any]:
    timeline = film.planned
    return {
        "language": film.language_tag,
        "video": addresses[0],
        "poster": addresses[1],
        "width": film.width,
        "height": film.height,
        "cues": {cue.id: [cue.start_frame / timeline.fps, cue.stop_frame / timeline.fps] for cue in timeline.cues},
        "chapters": {
            segment.id: [segment.start_frame / timeline.fps, segment.stop_frame / timeline.fps]
            for segment in timeline.segments
        },
        "captions": {
            narration.language.tag: [_caption(caption, narration.language) for caption in captions(timeline, narration)]
            for narration in narrations
        },
    }


def _caption(caption: Caption, language: Language) -> list[Any]:
    """Start and stop in seconds, cut inward to milliseconds as in the caption files, and the text."""
    start_ms = -(-caption.start_frame * MILLISECONDS // caption.fps)
    stop_ms = caption.stop_frame * MILLISECONDS // caption.fps
    return [start_ms / MILLISECONDS, max(stop_ms, start_ms + 1) / MILLISECONDS, caption.text]
