"""The storyboard: contact sheets of where a film stands at its cues and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from explainer.clips.tasks import localized_films
from explainer.film.captioning import caption_at
from explainer.film.holds import Holds, standing
from explainer.film.outputs import folder_of, outputs
from explainer.film.request import Quality, Request
from explainer.film.tasks import stills_task
from explainer.film.timed import LocalizedFilm
from explainer.jobs import sheet
from explainer.media.contact_sheet import Panel, Row, Type
from explainer.tasks.atomic import publish
from explainer.tasks.fingerprint import font_face
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Output, Session, run
from explainer.timing.spans import stood_apart
from explainer.timing.timeline import SegmentTime
from explainer.words.markup import HOLD

BOARD_QUALITY = Quality(1280, 720, 60)


def contact_sheets(requests: Sequence[Request], out: Path, session: Session) -> tuple[tuple[Output, ...], BuildReport]:
    """The storyboard in each language; returns the files and the report of the build."""
    report = BuildReport()
    wanted = tuple(replace(request, quality=BOARD_QUALITY) for request in requests)
    films = localized_films(wanted, out, session, report)
    drawn = tuple(_sheet(localized, holds, session) for localized, holds in standing(films, session, report))
    sheets = tuple(task for task, _ in drawn)
    folders = run(session, (*(still for _, stills in drawn for still in stills), *sheets), sheets, report)
    files: dict[Path, Path] = {}
    made: list[Output] = []
    for localized, task in zip(films, sheets, strict=True):
        request = localized.request
        name = f"{request.named(*request.segments)}.storyboard.png"
        own = {folder_of(out, request.language_tag) / name: folders[task.key] / sheet.SHEET}
        files |= own
        made += outputs(own, localized.timeline)
    publish(files)
    return tuple(made), report


def _sheet(localized: LocalizedFilm, holds: Mapping[str, Holds], session: Session) -> tuple[Task, tuple[Task, ...]]:
    rows = tuple(_row(localized, segment, holds[segment.id]) for segment in localized.timeline.segments)
    stills = {
        segment.id: _stills(localized, row, session)
        for segment, row in zip(localized.timeline.segments, rows, strict=True)
    }
    spoken, latin = localized.narration.language, localized.request.film.source.font
    letters = Type(font_face(spoken.font), font_face(latin), spoken.tag, spoken.direction)
    job = sheet.SheetJob(rows, letters, localized.narration.title, BOARD_QUALITY.width / BOARD_QUALITY.height)
    return session.context.task("draw storyboard", sheet.draw_sheet, job, stills), tuple(stills.values())


def _row(localized: LocalizedFilm, segment: SegmentTime, holds: Holds) -> Row:
    fps = localized.timeline.fps
    panels = tuple(
        Panel(
            segment.id,
            holds[place],
            f"{_clock((segment.start_frame + holds[place]) / fps)}  {place}:{HOLD}",
            caption_at(localized, segment.start_frame + holds[place]),
        )
        for cue in segment.cues
        for place in stood_apart(cue, holds)
    )
    title = next(each.title for each in localized.narration.segments if each.id == segment.id)
    return Row(title, panels)


def _stills(localized: LocalizedFilm, row: Row, session: Session) -> Task:
    segment_id = row.panels[0].segment_id
    frames = tuple(sorted({panel.frame for panel in row.panels}))
    return stills_task(localized, segment_id, frames, session.context, f"stills {segment_id}")


def _clock(time_s: float) -> str:
    return f"{int(time_s // 60)}:{time_s % 60:04.1f}"
