"""From what is asked for to tasks, each with the key that decides its result."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from exports import work
from exports.formats import FORMATS, Settings
from exports.stretch import Stretch
from narration.localize import SpokenCue, SpokenSegment
from pipeline import plan as planning
from pipeline.build import Account, Site, timed
from pipeline.graph import Task, task
from pipeline.plan import Ground, Version
from pipeline.publish import check_writable
from pipeline.request import FILM_NAME, Request
from pipeline.tongues import check_apart, folder_of

ENCODE_TOOLS = ("imageio-ffmpeg", "pillow", "numpy", "av")


def versions(requests: Sequence[Request], out: Path, site: Site, account: Account) -> tuple[Version, ...]:
    """Return each request's version, timed by its own speech, when there is a folder for each to go to."""
    tags = tuple(request.language_tag for request in requests)
    check_apart(out, tags)
    for tag in tags:
        check_writable(folder_of(out, tag))
    return tuple(voiced.version for voiced in timed(requests, site, account))


def at_rate(version: Version, fps: int) -> Version:
    """Return the same version with its timeline at another rate."""
    return replace(version, timeline=version.master.resampled(fps))


def stem(request: Request, *parts: str) -> str:
    """Return a file name without suffix that tells all that makes the file differ from its sisters."""
    theme = [] if request.theme == "dark" else [request.theme]
    shape = [] if request.aspect == "16:9" else [request.aspect.replace(":", "x")]
    words = [FILM_NAME, *(part.replace(":", ".") for part in parts if part), *theme, *shape]
    return f"{'-'.join(words)}.{request.language_tag}"


def frames_task(
    version: Version,
    segment_id: str,
    size: tuple[int, int],
    stretch: Stretch,
    base: Ground,
    transparent: bool = False,
    seamless: bool = False,
) -> Task:
    """Raw frames of a stretch of a segment, at the rate of the version's timeline."""
    shot = planning.shot_of(version, segment_id, size, stretch.start_frame, stretch.stop_frame, transparent)
    job = work.FramesJob(version.request.renderer, shot, seamless)
    code = planning.picture_code(version, segment_id, base, "render", "exports.work:draw_frames")
    cost = stretch.frames * planning.DRAW_SECONDS_A_FRAME
    return task(f"draw {segment_id}", work.draw_frames, job, code, steps=stretch.frames, cost=cost)


def encode_task(frames: Task, settings: Settings, poster_frame: int, label: str, base: Ground) -> Task:
    """A clip's file and its poster."""
    code = base.code("exports.work:encode", FORMATS[settings.format].write, tools=ENCODE_TOOLS)
    tools = {**code, "gifsicle": gifsicle_version()} if settings.format == "gif" else code
    job = work.EncodeJob(settings, poster_frame)
    return task(f"encode {label}", work.encode, job, tools, {"frames": frames})


def still_task(
    version: Version,
    segment_id: str,
    size: tuple[int, int],
    frame: int,
    kind: str,
    words: tuple[str, str],
    base: Ground,
    transparent: bool = False,
) -> Task:
    """One frame of a segment as png, svg or pdf; `words` are the picture's title and description."""
    shot = planning.shot_of(version, segment_id, size, transparent=transparent)
    job = work.StillJob(version.request.renderer, shot, frame, kind, *words)
    entry = "stills" if kind == "png" else "stage"
    code = planning.picture_code(version, segment_id, base, entry, "exports.work:draw_still")
    return task(f"still {segment_id}", work.draw_still, job, code)


def spoken_segment(version: Version, segment_id: str) -> SpokenSegment:
    """Return a segment's words."""
    return next(segment for segment in version.narration.segments if segment.id == segment_id)


def cue_at(version: Version, segment_id: str, frame: int) -> SpokenCue:
    """Return the cue that is on at a frame counted from the segment's first: the last to have begun, or the first."""
    spoken = spoken_segment(version, segment_id).cues
    begun = [cue.start_frame <= frame for cue in version.timeline.relative(segment_id).cues]
    return spoken[max(sum(begun) - 1, 0)]


def gifsicle_version() -> str:
    """Return the version of gifsicle, empty where it is not installed."""
    tool = shutil.which("gifsicle")
    if tool is None:
        return ""
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout
    return said.partition("\n")[0]
