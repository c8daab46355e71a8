"""From what is asked for to tasks, each with the key that decides its result."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from explainer.clips import clip_job, still_job
from explainer.clips.formats import FORMATS, JUMP, Settings
from explainer.clips.frame_range import NO_HOLDS, FrameRange, asks_hold
from explainer.film.holds import Holds, holds_of
from explainer.film.outputs import check_folders
from explainer.film.request import Request
from explainer.film.tasks import DRAW_SECONDS_A_FRAME, drawing_task, shot_of
from explainer.film.timed import LocalizedFilm, timed
from explainer.tasks.context import BuildContext
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Session
from explainer.words.localize import SpokenCue, SpokenSegment


def localized_films(
    requests: Sequence[Request], out: Path, session: Session, report: BuildReport
) -> tuple[LocalizedFilm, ...]:
    """Each request's film, timed by its own speech, when there is a folder for each to go to."""
    check_folders(out, tuple(request.language_tag for request in requests))
    return tuple(each.localized for each in timed(requests, session, report))


def holds_for(
    asked: Sequence[tuple[LocalizedFilm, str, Sequence[str | None]]], session: Session, report: BuildReport
) -> tuple[Holds, ...]:
    """The holds of segments, found side by side; none for one with no place that asks for one: no scene need be built.

    Args:
        asked: of each a film, the segment, and places in it.
        session: where the work is done.
        report: of the build.
    """
    asking = [any(map(asks_hold, places)) for _, _, places in asked]
    films = [(localized, id) for (localized, id, _), asks in zip(asked, asking, strict=True) if asks]
    found = iter(holds_of(films, session, report))
    return tuple(next(found) if asks else NO_HOLDS for asks in asking)


def frames_task(
    localized: LocalizedFilm,
    segment_id: str,
    size: tuple[int, int],
    stretch: FrameRange,
    context: BuildContext,
    transparent: bool = False,
    loop: str = JUMP,
) -> Task:
    """Raw frames of a stretch of a segment, at the rate of the film's timeline."""
    shot = shot_of(localized, segment_id, size, stretch.start_frame, stretch.stop_frame, transparent)
    job, cost = clip_job.FramesJob(localized.request.renderer, shot, loop), stretch.frames * DRAW_SECONDS_A_FRAME
    label, work = f"draw {segment_id}", clip_job.draw_frames
    return drawing_task(label, work, job, localized, segment_id, context, steps=stretch.frames, cost=cost)


def encode_task(frames: Task, settings: Settings, poster_frame: int, label: str, context: BuildContext) -> Task:
    """A clip's file and its poster."""
    job = clip_job.EncodeJob(settings, poster_frame)
    tool = gifsicle_version() if settings.format == "gif" else ""
    writer = FORMATS[settings.format].writer
    cost = frames.cost  # about as long as drawing
    inputs = {"frames": frames}
    return context.task(f"encode {label}", clip_job.encode, job, inputs, modules=(writer,), also=tool, cost=cost)


def still_task(
    localized: LocalizedFilm,
    segment_id: str,
    size: tuple[int, int],
    frame: int,
    kind: str,
    words: tuple[str, str],
    context: BuildContext,
    transparent: bool = False,
) -> Task:
    """One frame of a segment as `kind`, see `StillJob`; `words` are the picture's title and description."""
    shot = shot_of(localized, segment_id, size, transparent=transparent)
    job = still_job.StillJob(localized.request.renderer, shot, frame, kind, *words)
    return drawing_task(f"still {segment_id}", still_job.draw_still, job, localized, segment_id, context)


def spoken_segment(localized: LocalizedFilm, segment_id: str) -> SpokenSegment:
    """A segment's words."""
    return next(segment for segment in localized.narration.segments if segment.id == segment_id)


def cue_at(localized: LocalizedFilm, segment_id: str, frame: int) -> SpokenCue:
    """The cue that is on at a frame counted from the segment's first: the last to have begun, or the first."""
    spoken = spoken_segment(localized, segment_id).cues
    begun = [cue.start_frame <= frame for cue in localized.timeline.relative(segment_id).cues]
    return spoken[max(sum(begun) - 1, 0)]


def gifsicle_version() -> str:
    """The version of gifsicle, empty where it is not installed."""
    tool = shutil.which("gifsicle")
    if tool is None:
        return ""
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout
    return said.partition("\n")[0]
