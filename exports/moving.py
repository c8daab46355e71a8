"""Moving pictures for slides and the web: a segment, or a stretch of one, in any format, within a byte budget."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exports import plan, work
from exports.budget import Candidate, candidates, fit
from exports.formats import Format, Settings, checked_format, checked_rate
from exports.sizes import CLIP_WIDTHS_PX, checked_aspect, size_px
from exports.stretch import Stretch, between
from exports.theme import checked_theme
from pipeline import plan as planning
from pipeline.build import Account, Made, Site, run
from pipeline.errors import PipelineError
from pipeline.graph import Task
from pipeline.plan import Version
from pipeline.publish import Content, beside, publish
from pipeline.request import MASTER, Request
from pipeline.tongues import folder_of
from scenes.palette import THEMES

MOST_COLOURS, LEAST_COLOURS = 256, 4


@dataclass(frozen=True)
class Excerpt:
    """What is to be shown of a segment, and how.

    Args:
        segment_id: which segment.
        start, stop: places in it (`dome.top`, `dome.top:flat+0.5`); its own ends if None.
        format: a row of `formats.FORMATS`.
        width: pixels; None for what suits a slide. The height follows from the request's shape.
        fps: 10, 20, 25 or 50.
        colours: of a GIF; None for the usual number.
        dither: a GIF's in-between colours as dots.
        transparent: no ground.
        seamless: the end is held and dissolves into the beginning.
        max_bytes: a budget that rate, size and colours (or quality) give way to.
    """

    segment_id: str
    start: str | None = None
    stop: str | None = None
    format: str = "gif"
    width: int | None = None
    fps: int = 20
    colours: int | None = None
    dither: bool = False
    transparent: bool = False
    seamless: bool = False
    max_bytes: int | None = None


@dataclass(frozen=True)
class _Clip:
    """A finished clip: its file and poster, what it was made as, and how long it lasts."""

    file: Path
    poster: Path
    candidate: Candidate
    duration_s: float


def moving_pictures(
    requests: Sequence[Request], excerpts: Sequence[Excerpt], out: Path, site: Site
) -> tuple[tuple[Made, ...], Account, tuple[str, ...]]:
    """Make clips in each language, each with a poster beside it. Nothing is put into place before all are made.

    Args:
        requests: one a language, otherwise alike; their quality is not used.
        excerpts: what to show; one a segment.
        out: the output folder.
        site: where the work is done.

    Returns:
        The files, the account of the build, and a line on each clip that had a budget, or that could be smaller.

    Raises:
        PipelineError: on anything that cannot be; what is possible is said.
    """
    forms = [checked(excerpt, requests[0]) for excerpt in excerpts]
    account = Account()
    wanted = tuple(dict.fromkeys(excerpt.segment_id for excerpt in excerpts))
    asked = tuple(replace(request, quality=MASTER, segments=wanted) for request in requests)
    versions = plan.versions(asked, out, site, account)
    clips = [(v, e, f) for v in versions for e, f in zip(excerpts, forms, strict=True)]
    for version, excerpt, _ in clips:  # a misspelt place is told before anything is drawn
        _stretch(version, excerpt, excerpt.fps)
    at_once = [_tasks(v, e, f, _wished(v, e, f), site) for v, e, f in clips if e.max_bytes is None]
    run(site, sum(at_once, ()), tuple(encoded for _, encoded in at_once), account)
    files: dict[Path, Content] = {}
    made: list[Made] = []
    notes: list[str] = []
    for version, excerpt, form in clips:
        clip = _made(version, excerpt, form, site, account)
        stem = folder_of(out, version.request.language_tag) / _name(version.request, excerpt)
        target, poster = beside(stem, form.suffix), beside(stem, f"{form.suffix}.poster.png")
        files |= {target: clip.file, poster: clip.poster}
        made += [Made(target, clip.duration_s), Made(poster)]
        notes += _said(excerpt, form, clip, target.name)
    publish(files)
    return tuple(made), account, tuple(notes)


def checked(excerpt: Excerpt, request: Request) -> Format:
    """Return the excerpt's format when all that is asked for goes together.

    Raises:
        PipelineError: when it does not.
    """
    form = checked_format(excerpt.format, excerpt.transparent)
    checked_rate(excerpt.fps)
    checked_aspect(request.aspect)
    size_px(_width(excerpt, request), request.aspect)
    checked_theme(request.theme)
    if form.name != "gif":
        for option, given in (("--colours", excerpt.colours is not None), ("--dither", excerpt.dither)):
            if given:
                raise PipelineError(f"{form.name} has no palette", option, f"leave {option} out, or use --format gif")
    elif not LEAST_COLOURS <= (excerpt.colours or form.usual) <= MOST_COLOURS:
        raise PipelineError(
            f"no GIF of {excerpt.colours} colours", "--colours", f"use {LEAST_COLOURS} to {MOST_COLOURS}"
        )
    return form


def _width(excerpt: Excerpt, request: Request) -> int:
    return CLIP_WIDTHS_PX[checked_aspect(request.aspect)] if excerpt.width is None else excerpt.width


def _wished(version: Version, excerpt: Excerpt, form: Format) -> Candidate:
    size = size_px(_width(excerpt, version.request), version.request.aspect)
    return Candidate(*size, excerpt.fps, excerpt.colours or form.usual)


def _stretch(version: Version, excerpt: Excerpt, fps: int) -> Stretch:
    show = planning.show_of(plan.at_rate(version, fps), excerpt.segment_id)
    return between(show, excerpt.start, excerpt.stop)


def _tasks(version: Version, excerpt: Excerpt, form: Format, choice: Candidate, site: Site) -> tuple[Task, Task]:
    timed_so = plan.at_rate(version, choice.fps)
    stretch = _stretch(version, excerpt, choice.fps)
    size = (choice.width, choice.height)
    frames = plan.frames_task(
        timed_so, excerpt.segment_id, size, stretch, site.ground, excerpt.transparent, excerpt.seamless
    )
    matte = THEMES[version.request.theme].background
    settings = Settings(form.name, choice.level, excerpt.transparent, excerpt.dither, matte)
    label = f"{excerpt.segment_id} {form.name}"
    return frames, plan.encode_task(frames, settings, stretch.frames - 1, label, site.ground)


def _made(version: Version, excerpt: Excerpt, form: Format, site: Site, account: Account) -> _Clip:
    def folder_of(choice: Candidate) -> Path:
        tasks = _tasks(version, excerpt, form, choice, site)
        return run(site, tasks, tasks[1:], account)[tasks[1].key]

    choice = _wished(version, excerpt, form)
    if excerpt.max_bytes is not None:
        choices = candidates(form, choice.width, choice.fps, choice.level, version.request.aspect)
        choice = fit(
            choices, excerpt.max_bytes, form.levels, lambda tried: (folder_of(tried) / work.CLIP).stat().st_size
        )
    folder = folder_of(choice)
    return _Clip(folder / work.CLIP, folder / work.POSTER, choice, work.duration_s(folder))


def _name(request: Request, excerpt: Excerpt) -> str:
    parts = [excerpt.segment_id]
    if excerpt.start or excerpt.stop:
        places = (excerpt.start or "start", excerpt.stop or "end")
        start, stop = (place.removeprefix(f"{excerpt.segment_id}.") for place in places)
        parts += ["from", start, "to", stop]
    parts += ["transparent"] if excerpt.transparent else []
    parts += ["loop"] if excerpt.seamless else []
    return plan.stem(request, *parts)


def _said(excerpt: Excerpt, form: Format, clip: _Clip, name: str) -> list[str]:
    lines = []
    size = clip.file.stat().st_size
    choice = clip.candidate
    if excerpt.max_bytes is not None:
        level = f"{choice.level} {form.level_name}" if form.name == "gif" else f"{form.level_name} {choice.level}"
        lines.append(
            f"{name}: {choice.width}x{choice.height} at {choice.fps} frames/s, {level}: "
            f"{size:,} of {excerpt.max_bytes:,} bytes"
        )
    if form.name == "gif" and shutil.which("gifsicle") is None:
        lines.append(f"{name}: install gifsicle to make it about a tenth smaller")
    return lines
