"""What the scenes themselves say of their frames, gathered for the checks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from explainer.film.request import Quality, Request
from explainer.film.tasks import drawing_task, shot_of
from explainer.film.timed import LocalizedFilm
from explainer.jobs import draw
from explainer.media.shot import BoxPx, TextBox
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Session, run
from explainer.timing.moments import Moment, between, moments

SHORT_SIDE_PX, FPS = 720, 60


@dataclass(frozen=True)
class Inspection:
    """A moment of a segment: its texts, its numbers by name, places, bodies, the box of all that is drawn, its picture.

    Places are in pixels from the top left; a box is (left, top, right, bottom).
    """

    segment_id: str
    moment: Moment
    texts: tuple[TextBox, ...]
    values: Mapping[str, Any]
    places_px: Mapping[str, tuple[float, float]]
    bodies_px: Mapping[str, BoxPx]
    drawn_px: BoxPx
    picture: Path


def inspected(request: Request) -> Request:
    """The same localized in its own shape at the size that scenes are inspected at."""
    shape = request.quality
    unit = SHORT_SIDE_PX / min(shape.width, shape.height)
    width, height = (2 * round(side * unit / 2) for side in (shape.width, shape.height))
    return replace(request, quality=Quality(width, height, FPS))


def inspect(
    films: Sequence[LocalizedFilm], session: Session, report: BuildReport, pictured: bool
) -> tuple[tuple[Inspection, ...], ...]:
    """Every cue, mark and moment between of each localized; with their pictures if wanted."""
    named = [_moments(localized) for localized in films]
    tasks = [
        {segment_id: _task(localized, segment_id, found, session, pictured) for segment_id, found in each.items()}
        for localized, each in zip(films, named, strict=True)
    ]
    wanted = tuple(task for each in tasks for task in each.values())
    folders = run(session, wanted, wanted, report)
    return tuple(
        tuple(
            seen
            for segment_id, found in each.items()
            for seen in _read(segment_id, found, folders[own[segment_id].key])
        )
        for each, own in zip(named, tasks, strict=True)
    )


def _moments(localized: LocalizedFilm) -> dict[str, list[Moment]]:
    found = {}
    for segment in localized.timeline.segments:
        cues_and_marks = moments(segment)
        named = sorted((*cues_and_marks, *between(cues_and_marks)), key=lambda moment: moment.frame)
        found[segment.id] = [Moment(each.name, each.frame - segment.start_frame) for each in named]
    return found


def _task(localized: LocalizedFilm, segment_id: str, found: Sequence[Moment], session: Session, pictured: bool) -> Task:
    frames = tuple(sorted({moment.frame for moment in found}))
    shot = shot_of(localized, segment_id)
    job = draw.InspectJob(localized.request.renderer, shot, frames, frames if pictured else ())
    return drawing_task(f"inspect {segment_id}", draw.inspect, job, localized, segment_id, session.context)


def _read(segment_id: str, named: list[Moment], folder: Path) -> tuple[Inspection, ...]:
    texts = json.loads((folder / draw.TEXTS).read_text(encoding="utf-8"))
    reports = {report["frame"]: report for report in json.loads((folder / draw.REPORTS).read_text(encoding="utf-8"))}
    return tuple(
        Inspection(
            segment_id,
            moment,
            tuple(TextBox(**box) for box in texts[str(moment.frame)]),
            reports[moment.frame]["values"],
            reports[moment.frame]["places_px"],
            {name: tuple(box) for name, box in reports[moment.frame]["bodies_px"].items()},
            tuple(reports[moment.frame]["drawn_px"]),
            folder / draw.still_name(moment.frame),
        )
        for moment in named
    )
