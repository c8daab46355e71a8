"""Moving pictures for slides and the web: a segment, or a stretch of one, in any format, within a byte budget."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.clips import clip_job, tasks
from explainer.clips.budget import Candidate, candidates, fit
from explainer.clips.formats import BACK, DISSOLVE, JUMP, Format, Settings, checked_format, checked_loop, checked_rate
from explainer.clips.frame_range import FrameRange, between, checked_place, first_seconds
from explainer.errors import ExplainerError
from explainer.film.outputs import folder_of
from explainer.film.request import DEFAULT_QUALITY, Request, size_px
from explainer.film.tasks import show_of
from explainer.film.timed import LocalizedFilm, at_rate
from explainer.tasks.atomic import Content, publish, sibling
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Output, Session, run

MOST_COLOURS, LEAST_COLOURS = 256, 4
# What sits well beside text on a slide, for clips whose width is not asked for.
CLIP_WIDTHS_PX = {"16:9": 960, "9:16": 540, "1:1": 720}


@dataclass(frozen=True)
class Excerpt:
    """What is to be shown of a segment, and how.

    Args:
        segment_id: which segment.
        start, stop: places in it (`swing.fall`, `swing.fall:lowest+0.5`); its own ends if None.
        format: a row of `formats.FORMATS`.
        width: pixels; None for what suits a slide. The height follows from the request's shape.
        fps: 10, 20, 25 or 50.
        colours: of a GIF; None for the usual number.
        dither: a GIF's in-between colours as dots.
        transparent: no ground.
        loop: how it begins again, a name of `formats.LOOPS`.
        max_bytes: a budget that rate, size and colours (or quality) give way to.
        seconds: how long it lasts from its start; to `stop` if None.
        quality: high, medium or low.
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
    loop: str = JUMP
    max_bytes: int | None = None
    seconds: float | None = None
    quality: str = "medium"


@dataclass(frozen=True)
class _Clip:
    """A finished clip: its file and poster, what it was made as, and how long it lasts."""

    file: Path
    poster: Path
    candidate: Candidate
    duration_s: float


def moving_pictures(
    requests: Sequence[Request],
    excerpts: Sequence[Excerpt],
    out: Path,
    session: Session,
    tell: Callable[[str], None] = lambda line: None,
) -> tuple[tuple[Output, ...], BuildReport, tuple[str, ...]]:
    """Make clips in each language, each with a poster beside it. Nothing is put into place before all are made.

    Args:
        requests: one a language, otherwise alike; their quality is not used.
        excerpts: what to show; one a segment.
        out: the output folder.
        session: where the work is done.
        tell: hears of each try to keep a budget.

    Returns:
        The files, the report of the build, and a line on each clip that had a budget, or that could be smaller.

    Raises:
        ExplainerError: on anything that cannot be; what is possible is said.
    """
    forms = [checked(excerpt, requests[0]) for excerpt in excerpts]
    report = BuildReport()
    wanted = tuple(dict.fromkeys(excerpt.segment_id for excerpt in excerpts))
    asked = tuple(replace(request, quality=DEFAULT_QUALITY, segments=wanted) for request in requests)
    films = tasks.localized_films(asked, out, session, report)
    clips = [(v, e, f) for v in films for e, f in zip(excerpts, forms, strict=True)]
    for localized, excerpt, _ in clips:  # a misspelt place is told before anything is drawn
        _check_places(localized, excerpt)
    # For each clip to find them made: one after the other they would leave all cores but one idle.
    tasks.holds_for([(v, e.segment_id, _ends(e)) for v, e, _ in clips], session, report)
    at_once = [_tasks(v, e, f, _wished(v, e, f), session, report) for v, e, f in clips if e.max_bytes is None]
    run(session, sum(at_once, ()), tuple(encoded for _, encoded in at_once), report)
    files: dict[Path, Content] = {}
    made: list[Output] = []
    notes: list[str] = []
    for localized, excerpt, form in clips:
        clip = _made(localized, excerpt, form, session, report, tell)
        stem = folder_of(out, localized.request.language_tag) / _name(localized.request, excerpt)
        target, poster = sibling(stem, form.suffix), sibling(stem, f"{form.suffix}.poster.png")
        files |= {target: clip.file, poster: clip.poster}
        made += [Output(target, clip.duration_s), Output(poster)]
        notes += _said(excerpt, form, clip, target.name)
    publish(files)
    return tuple(made), report, tuple(notes)


def checked(excerpt: Excerpt, request: Request) -> Format:
    """Return the excerpt's format when all that is asked for goes together.

    Raises:
        ExplainerError: when it does not.
    """
    form = checked_format(excerpt.format, excerpt.transparent)
    checked_rate(excerpt.fps)
    checked_loop(excerpt.loop)
    form.level_of(excerpt.quality)
    if excerpt.seconds is not None and excerpt.stop is not None:
        raise ExplainerError("the stretch has two ends", "--seconds", "give either --to or --seconds")
    size_px(_width(excerpt, request), request.aspect)
    if form.name != "gif":
        for option, given in (("--colours", excerpt.colours is not None), ("--dither", excerpt.dither)):
            if given:
                raise ExplainerError(f"{form.name} has no palette", option, f"leave {option} out, or use --format gif")
    elif excerpt.colours is not None and excerpt.quality != Excerpt.quality:
        raise ExplainerError("colours are a GIF's quality", "--quality", "give either --colours or --quality")
    elif not LEAST_COLOURS <= (excerpt.colours or form.usual) <= MOST_COLOURS:
        raise ExplainerError(
            f"no GIF of {excerpt.colours} colours", "--colours", f"use {LEAST_COLOURS} to {MOST_COLOURS}"
        )
    return form


def _width(excerpt: Excerpt, request: Request) -> int:
    return CLIP_WIDTHS_PX[request.aspect] if excerpt.width is None else excerpt.width


def _wished(localized: LocalizedFilm, excerpt: Excerpt, form: Format) -> Candidate:
    size = size_px(_width(excerpt, localized.request), localized.request.aspect)
    return Candidate(*size, excerpt.fps, excerpt.colours or form.level_of(excerpt.quality))


def _check_places(localized: LocalizedFilm, excerpt: Excerpt) -> None:
    show = show_of(at_rate(localized, excerpt.fps), excerpt.segment_id)
    for option, place in (("--from", excerpt.start), ("--to", excerpt.stop)):
        if place is not None:
            checked_place(show, place, option)


def _stretch(
    localized: LocalizedFilm, excerpt: Excerpt, session: Session, report: BuildReport
) -> tuple[FrameRange, int]:
    """The frames of an excerpt, and which of them, from its first, is the poster: where it, or its segment, stands."""
    segment_id = excerpt.segment_id
    (holds,) = tasks.holds_for([(localized, segment_id, _ends(excerpt))], session, report)
    show = show_of(localized, segment_id)
    stretch = between(show, excerpt.start, excerpt.stop, holds)
    if excerpt.seconds is not None:
        stretch = first_seconds(stretch, excerpt.seconds, show)
    last = stretch.frames - 1
    if excerpt.stop is not None or excerpt.seconds is not None:
        return stretch, last
    held = holds[segment_id] - stretch.start_frame
    return stretch, held if 0 <= held <= last else last


def _ends(excerpt: Excerpt) -> tuple[str | None, str]:
    """Where an excerpt begins, and where it, or its segment, stands."""
    return excerpt.start, excerpt.stop or f"{excerpt.segment_id}:hold"


def _tasks(
    localized: LocalizedFilm,
    excerpt: Excerpt,
    form: Format,
    choice: Candidate,
    session: Session,
    report: BuildReport,
) -> tuple[Task, Task]:
    timed_so = at_rate(localized, choice.fps)
    stretch, poster_frame = _stretch(timed_so, excerpt, session, report)
    size = (choice.width, choice.height)
    frames = tasks.frames_task(
        timed_so, excerpt.segment_id, size, stretch, session.context, excerpt.transparent, excerpt.loop
    )
    theme = localized.request.theme
    words = (theme.ink, theme.muted) if form.name == "gif" else ()
    settings = Settings(form.name, choice.level, excerpt.transparent, excerpt.dither, theme.background, words)
    label = f"{excerpt.segment_id} {form.name}"
    return frames, tasks.encode_task(frames, settings, poster_frame, label, session.context)


def _made(
    localized: LocalizedFilm,
    excerpt: Excerpt,
    form: Format,
    session: Session,
    report: BuildReport,
    tell: Callable[[str], None],
) -> _Clip:
    def folder_of(choice: Candidate) -> Path:
        wanted = _tasks(localized, excerpt, form, choice, session, report)
        return run(session, wanted, wanted[1:], report)[wanted[1].key]

    choice = _wished(localized, excerpt, form)
    if excerpt.max_bytes is not None:
        choices = candidates(form, choice.width, choice.fps, choice.level, localized.request.aspect)
        name = f"{excerpt.segment_id} {form.name}"

        def size_of(tried: Candidate) -> int:
            size = (folder_of(tried) / clip_job.CLIP).stat().st_size
            tell(f"{name}: {_sized(tried, form)}: {size:,} bytes")
            return size

        choice = fit(choices, excerpt.max_bytes, form.levels, size_of)
    folder = folder_of(choice)
    return _Clip(folder / clip_job.CLIP, folder / clip_job.POSTER, choice, clip_job.duration_s(folder))


def _name(request: Request, excerpt: Excerpt) -> str:
    parts = [excerpt.segment_id]
    if excerpt.seconds is not None:
        start = (excerpt.start or "start").removeprefix(f"{excerpt.segment_id}.")
        parts += ["at", start, f"{excerpt.seconds:g}s"]
    elif excerpt.start or excerpt.stop:
        places = (excerpt.start or "start", excerpt.stop or "end")
        start, stop = (place.removeprefix(f"{excerpt.segment_id}.") for place in places)
        parts += ["from", start, "to", stop]
    parts += ["transparent"] if excerpt.transparent else []
    parts += {JUMP: [], DISSOLVE: ["loop"], BACK: ["there-and-back"]}[excerpt.loop]
    return request.named(*parts)


def _sized(choice: Candidate, form: Format) -> str:
    level = f"{choice.level} {form.level_name}" if form.name == "gif" else f"{form.level_name} {choice.level}"
    return f"{choice.width}x{choice.height} at {choice.fps} frames/s, {level}"


def _said(excerpt: Excerpt, form: Format, clip: _Clip, name: str) -> list[str]:
    lines = []
    size = clip.file.stat().st_size
    choice = clip.candidate
    if excerpt.max_bytes is not None:
        lines.append(f"{name}: {_sized(choice, form)}: {size:,} of {excerpt.max_bytes:,} bytes")
    if form.name == "gif" and shutil.which("gifsicle") is None:
        lines.append(f"{name}: install gifsicle to make it about a tenth smaller")
    return lines
