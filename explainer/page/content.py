"""Everything the page tells its scripts, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from explainer.film.manifest import FinishedFilm
from explainer.page.colours import coldness_hex
from explainer.page.shown import Shown
from explainer.stage.look import Theme
from explainer.timing.captions import Caption, captions
from explainer.words.languages import Language
from explainer.words.localize import Narration

LABEL = "label."
MILLISECONDS = 1000


def content(
    name: str,
    themes: Mapping[str, Theme],
    languages: Sequence[Language],
    texts: Mapping[str, Mapping[str, str]],
    films: Sequence[Shown],
    addresses: Mapping[Path, tuple[str, str]],
) -> dict[str, Any]:
    """The page's data.

    Args:
        name: under which a reader's choices are kept.
        themes: colours by name.
        languages: those that the page can be read in.
        texts: the page's own words by language tag and id.
        films: those that the page holds, the one it begins with first.
        addresses: of each finished film and its poster, relative to the page, by the finished film's path.
    """
    return {
        "name": name,
        "languages": [{**_named(language), "texts": dict(texts[language.tag])} for language in languages],
        "films": [_film(film, addresses) for film in films],
        "palette": {theme_name: coldness_hex(theme) for theme_name, theme in themes.items()},
        "panels": {film.id: dict(film.panels.data) for film in films},
    }


def _named(language: Language) -> dict[str, Any]:
    return {"tag": language.tag, "name": language.name, "direction": language.direction}


def _film(film: Shown, addresses: Mapping[Path, tuple[str, str]]) -> dict[str, Any]:
    """A film: its words once a language, its voices with times that point into them."""
    lines: dict[str, dict[str, int]] = {narration.language.tag: {} for narration in film.narrations}
    voices = [_voice(each, film, lines, addresses[each.path]) for each in film.finished]
    return {
        "id": film.id,
        "source": film.source,
        "words": [_words(film, narration, list(lines[narration.language.tag])) for narration in film.narrations],
        "voices": voices,
    }


def _words(film: Shown, narration: Narration, lines: Sequence[str]) -> dict[str, Any]:
    language = narration.language
    labels = {LABEL + id: text for id, text in narration.labels.items()}
    return {
        **_named(language),
        "unit_space": language.unit_space,
        "sentence_space": " " if language.phrases == "spaces" else "",
        "title": narration.title,
        "texts": {**film.texts[language.tag], **labels},
        "segments": [
            {
                "id": segment.id,
                "title": segment.title,
                "cues": [{"id": cue.id, "text": cue.text} for cue in segment.cues],
            }
            for segment in narration.segments
        ],
        "captions": list(lines),
    }


def _voice(
    finished: FinishedFilm, film: Shown, lines: Mapping[str, dict[str, int]], addresses: tuple[str, str]
) -> dict[str, Any]:
    timeline = finished.planned
    return {
        **_named(film.film.language(finished.language_tag)),
        "video": addresses[0],
        "poster": addresses[1],
        "width": finished.width,
        "height": finished.height,
        "cues": {cue.id: [cue.start_frame / timeline.fps, cue.stop_frame / timeline.fps] for cue in timeline.cues},
        "chapters": {
            segment.id: [segment.start_frame / timeline.fps, segment.stop_frame / timeline.fps]
            for segment in timeline.segments
        },
        "captions": {
            narration.language.tag: [
                _caption(caption, lines[narration.language.tag]) for caption in captions(timeline, narration)
            ]
            for narration in film.narrations
        },
    }


def _caption(caption: Caption, lines: dict[str, int]) -> list[float]:
    """Start and stop in seconds, cut inward to milliseconds as in the caption files, and which line, kept once."""
    start_ms = -(-caption.start_frame * MILLISECONDS // caption.fps)
    stop_ms = caption.stop_frame * MILLISECONDS // caption.fps
    line = lines.setdefault(caption.text, len(lines))
    return [start_ms / MILLISECONDS, max(stop_ms, start_ms + 1) / MILLISECONDS, line]
