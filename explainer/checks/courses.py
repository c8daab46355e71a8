"""Whole courses: what a scene reports from its first frame to its last, held against what the film states of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from explainer.checks.evaluation import Course, Values
from explainer.checks.finding import Finding
from explainer.film.tasks import drawing_task, shot_of
from explainer.film.timed import LocalizedFilm
from explainer.jobs import draw
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Session, run

KIND = "states"


def check_courses(
    films: Sequence[LocalizedFilm], courses: Mapping[str, Course], session: Session, report: BuildReport
) -> tuple[tuple[Finding, ...], ...]:
    """What is wrong with each film's courses; no frame is drawn for it."""
    tasks = [_tasks(localized, courses, session) for localized in films]
    wanted = tuple(task for each in tasks for task in each.values())
    folders = run(session, wanted, wanted, report)
    return tuple(
        (
            *_unknown(localized, courses),
            *(
                finding
                for segment_id, task in own.items()
                for finding in faults(segment_id, courses[segment_id], _read(folders[task.key]))
            ),
        )
        for localized, own in zip(films, tasks, strict=True)
    )


def faults(segment_id: str, course: Course, reported: Sequence[Values]) -> tuple[Finding, ...]:
    """What a segment's course finds wrong with what its scene reported, frame by frame."""
    try:
        wrong = [*course(reported)]
    except KeyError as missing:
        wrong = [f"the scene reports no {missing}, which its course reads"]
    return tuple(Finding(KIND, segment_id, what) for what in wrong)


def _tasks(localized: LocalizedFilm, courses: Mapping[str, Course], session: Session) -> dict[str, Task]:
    ids = [segment.id for segment in localized.timeline.segments if segment.id in courses]
    return {segment_id: _task(localized, segment_id, session) for segment_id in ids}


def _task(localized: LocalizedFilm, segment_id: str, session: Session) -> Task:
    job = draw.CourseJob(localized.request.renderer, shot_of(localized, segment_id))
    return drawing_task(f"follow {segment_id}", draw.course, job, localized, segment_id, session.context)


def _unknown(localized: LocalizedFilm, courses: Mapping[str, Course]) -> tuple[Finding, ...]:
    known = [segment.id for segment in localized.request.film.script.segments]
    what = f"COURSES has no segment's id; use one of {', '.join(known)}"
    return tuple(Finding(KIND, segment_id, what) for segment_id in courses if segment_id not in known)


def _read(folder: Path) -> list[Values]:
    reported: list[Values] = json.loads((folder / draw.COURSE).read_text(encoding="utf-8"))
    return reported
