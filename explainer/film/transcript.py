"""The transcript page: all that is said and shown, with the time of each, in one file without scripts."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from explainer.film.timed import LocalizedFilm
from explainer.html.pages import rendered
from explainer.timing.timeline import SegmentTime
from explainer.words.localize import SpokenSegment


def transcript(localized: LocalizedFilm, stem: str, film: str) -> str:
    """The page as HTML; the names of captions beside it begin with `stem`, those of film and poster with `film`."""
    spoken = {segment.id: segment for segment in localized.narration.segments}
    return rendered(
        "transcript.html.j2",
        language=localized.narration.language,
        title=localized.narration.title,
        film=quote(f"{film}.mp4"),
        poster=quote(f"{film}.png"),
        kind="captions" if localized.planned.language_tag == localized.narration.language.tag else "subtitles",
        captions=quote(f"{stem}.vtt"),
        chapters=quote(f"{stem}.chapters.vtt"),
        segments=[_segment(spoken[time.id], time, localized.timeline.fps) for time in localized.timeline.segments],
    )


def _segment(segment: SpokenSegment, time: SegmentTime, fps: int) -> dict[str, Any]:
    starts = {cue.id: cue.start_frame / fps for cue in time.cues}
    cues = [
        {
            "id": cue.id,
            "text": cue.text,
            "shows": cue.shows,
            "start_s": f"{starts[cue.id]:.3f}",
            "clock": f"{int(starts[cue.id] // 60)}:{int(starts[cue.id] % 60):02d}",
        }
        for cue in segment.cues
    ]
    return {"id": segment.id, "title": segment.title, "cues": cues}
