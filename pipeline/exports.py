"""What is made of the film's scenes besides the film: GIFs and the storyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from narration.languages import SOURCE_TAG, language
from narration.timeline import SegmentTime
from pipeline import plan as planning
from pipeline import work
from pipeline.build import Account, Made, Site, made, run, timed
from pipeline.captions import caption_at
from pipeline.fingerprint import font_face
from pipeline.gif import GifFormat
from pipeline.graph import Task, task
from pipeline.moments import moments
from pipeline.plan import Version
from pipeline.publish import check_writable, publish
from pipeline.request import FILM_NAME, Quality, Request
from pipeline.storyboard import Panel, Row, Type

BOARD_QUALITY = Quality(1280, 720, 60)


def segment_gif(
    request: Request, segment_id: str, width: int, fps: int, out: Path, site: Site
) -> tuple[tuple[Made, ...], Account]:
    """A GIF of one segment; returns the file and the account of the build."""
    form = GifFormat(width, round(width * request.quality.height / request.quality.width / 2) * 2, fps)
    folder = out / request.language_tag
    check_writable(folder)
    account = Account()
    quality = Quality(form.width, form.height, form.fps)
    version, _ = timed(replace(request, quality=quality, segments=(segment_id,)), site, account)
    drawn = planning.gif_task(version, segment_id, form, site.ground)
    folders = run(site, (drawn,), (drawn,), account)
    files = {folder / f"{FILM_NAME}-{segment_id}.{request.language_tag}.gif": folders[drawn.key] / work.GIF}
    publish(files)
    return made(files, version.timeline), account


def contact_sheet(request: Request, out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """The storyboard; returns the file and the account of the build."""
    folder = out / request.language_tag
    check_writable(folder)
    account = Account()
    version, _ = timed(replace(request, quality=BOARD_QUALITY), site, account)
    rows = tuple(_row(version, segment) for segment in version.timeline.segments)
    stills = {
        segment.id: _stills(version, row, site) for segment, row in zip(version.timeline.segments, rows, strict=True)
    }
    spoken = version.narration.language
    letters = Type(font_face(spoken.font), font_face(language(SOURCE_TAG).font), spoken.tag, spoken.direction)
    job = work.SheetJob(rows, letters, version.narration.title, BOARD_QUALITY.width / BOARD_QUALITY.height)
    code = site.ground.code("pipeline.work:draw_sheet", tools=("pillow",))
    drawn = task("draw storyboard", work.draw_sheet, job, code, stills)
    folders = run(site, (*stills.values(), drawn), (drawn,), account)
    name = "-".join((FILM_NAME, *request.segments))
    files = {folder / f"{name}.{request.language_tag}.storyboard.png": folders[drawn.key] / work.SHEET}
    publish(files)
    return made(files, version.timeline), account


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
