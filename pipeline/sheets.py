"""The storyboard: contact sheets of a film's cues and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from narration.languages import SOURCE_TAG, language
from narration.timeline import SegmentTime
from pipeline import plan as planning
from pipeline import work
from pipeline.build import Account, Made, Site, made, run, timed
from pipeline.captions import caption_at
from pipeline.fingerprint import font_face
from pipeline.graph import Task, task
from pipeline.moments import moments
from pipeline.plan import Version
from pipeline.publish import check_writable, publish
from pipeline.request import FILM_NAME, Quality, Request
from pipeline.storyboard import Panel, Row, Type
from pipeline.tongues import check_apart, folder_of

BOARD_QUALITY = Quality(1280, 720, 60)


def contact_sheets(requests: Sequence[Request], out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """The storyboard in each language; returns the files and the account of the build."""
    account = Account()
    wanted = tuple(replace(request, quality=BOARD_QUALITY) for request in requests)
    versions = _versions(wanted, out, site, account)
    sheets = tuple(_sheet(version, site) for version in versions)
    drawn = tuple(sheet for sheet, _ in sheets)
    stills = tuple(task for _, tasks in sheets for task in tasks)
    folders = run(site, (*stills, *drawn), drawn, account)
    names = tuple(
        f"{'-'.join((FILM_NAME, *request.segments))}.{request.language_tag}.storyboard.png" for request in requests
    )
    return _published(versions, names, tuple(folders[each.key] / work.SHEET for each in drawn), out), account


def _versions(requests: Sequence[Request], out: Path, site: Site, account: Account) -> tuple[Version, ...]:
    tags = tuple(request.language_tag for request in requests)
    check_apart(out, tags)
    for tag in tags:
        check_writable(folder_of(out, tag))
    return tuple(each.version for each in timed(requests, site, account))


def _published(
    versions: Sequence[Version], names: Sequence[str], results: Sequence[Path], out: Path
) -> tuple[Made, ...]:
    paths = tuple(
        folder_of(out, version.request.language_tag) / name for version, name in zip(versions, names, strict=True)
    )
    publish(dict(zip(paths, results, strict=True)))
    return tuple(
        each for version, path in zip(versions, paths, strict=True) for each in made({path: path}, version.timeline)
    )


def _sheet(version: Version, site: Site) -> tuple[Task, tuple[Task, ...]]:
    rows = tuple(_row(version, segment) for segment in version.timeline.segments)
    stills = {
        segment.id: _stills(version, row, site) for segment, row in zip(version.timeline.segments, rows, strict=True)
    }
    spoken = version.narration.language
    letters = Type(font_face(spoken.font), font_face(language(SOURCE_TAG).font), spoken.tag, spoken.direction)
    job = work.SheetJob(rows, letters, version.narration.title, BOARD_QUALITY.width / BOARD_QUALITY.height)
    code = site.ground.code("pipeline.work:draw_sheet", tools=("pillow",))
    return task("draw storyboard", work.draw_sheet, job, code, stills), tuple(stills.values())


def _row(version: Version, segment: SegmentTime) -> Row:
    fps = version.timeline.fps
    panels = tuple(
        Panel(
            segment.id,
            moment.frame - segment.start_frame,
            f"{_clock(moment.frame / fps)}  {moment.name}",
            caption_at(version, moment.frame),
        )
        for moment in moments(segment)
    )
    title = next(each.title for each in version.narration.segments if each.id == segment.id)
    return Row(title, panels)


def _stills(version: Version, row: Row, site: Site) -> Task:
    segment_id = row.panels[0].segment_id
    frames = tuple(sorted({panel.frame for panel in row.panels}))
    return planning.stills_task(version, segment_id, frames, site.ground, f"stills {segment_id}")


def _clock(time_s: float) -> str:
    return f"{int(time_s // 60)}:{time_s % 60:04.1f}"
