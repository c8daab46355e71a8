"""Where films stand: for each segment the frames of its holds, found once and kept.

They are found at the rate that films are planned at, whatever that of the picture: a deck and a still show one moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from explainer.film.tasks import holds_task
from explainer.film.timed import LocalizedFilm
from explainer.jobs.draw import HOLDS
from explainer.tasks.session import BuildReport, Session, run
from explainer.timing.timeline import frame_at_rate

Holds = Mapping[str, int]
"""Frames from a segment's first, by place: the segment, its cues, their steps."""


def holds_of(films: Sequence[tuple[LocalizedFilm, str]], session: Session, report: BuildReport) -> tuple[Holds, ...]:
    """Return the holds of a segment of each film, at the rate of its timeline; nothing is drawn."""
    tasks = tuple(holds_task(localized, segment_id, session.context) for localized, segment_id in films)
    folders = run(session, tasks, tasks, report)
    found = (json.loads((folders[task.key] / HOLDS).read_text(encoding="utf-8")) for task in tasks)
    return tuple(at_picture_rate(*film, planned) for film, planned in zip(films, found, strict=True))


def at_picture_rate(localized: LocalizedFilm, segment_id: str, planned: Holds) -> Holds:
    """Return a segment's holds at the rate of a film's timeline, from those at the rate that it was planned at."""
    begins = localized.planned.segment(segment_id).start_frame
    own, fps = localized.timeline.segment(segment_id), localized.timeline.fps
    return {
        place: min(frame_at_rate(begins + frame, fps) - own.start_frame, own.frames - 1)
        for place, frame in planned.items()
    }


def standing(
    films: Sequence[LocalizedFilm], session: Session, report: BuildReport
) -> tuple[tuple[LocalizedFilm, dict[str, Holds]], ...]:
    """Return each film with the holds of its segments, by their ids."""
    asked = [(localized, segment.id) for localized in films for segment in localized.timeline.segments]
    found = iter(holds_of(asked, session, report))
    return tuple((each, {segment.id: next(found) for segment in each.timeline.segments}) for each in films)
