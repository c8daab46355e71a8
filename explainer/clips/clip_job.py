"""Draw a stretch of a segment into a lossless file, and write that in a format."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from explainer.clips.formats import Settings
from explainer.jobs.draw import TOOLS as DRAW_TOOLS
from explainer.jobs.draw import renderer
from explainer.media.shot import Shot
from explainer.tasks.graph import Tick

TOOLS = (*DRAW_TOOLS, "imageio-ffmpeg")
CLIP, CLIP_FACTS, POSTER = "clip", "clip.json", "poster.png"


@dataclass(frozen=True)
class FramesJob:
    """Raw frames of a stretch of a segment, and what leads back to the first (`formats.LOOPS`).

    `renderer` names the module that draws.
    """

    renderer: str
    shot: Shot
    loop: str


@dataclass(frozen=True)
class EncodeJob:
    """Input "frames" as a file, and a poster beside it; `poster_frame` counts from the stretch's first."""

    settings: Settings
    poster_frame: int


def draw_frames(job: FramesJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw a stretch into a lossless file."""
    import numpy as np

    from explainer.clips.clip import clip_writer
    from explainer.clips.loops import Loop
    from explainer.media.rect import copy

    shot, loop = job.shot, Loop(job.loop, job.shot.show.fps)
    picture = np.zeros((shot.height, shot.width, 4), np.uint8)
    with clip_writer(folder, shot.width, shot.height, shot.show.fps) as writer:

        def write(rgba: Any, repeat: int, changed: Any) -> None:
            copy(changed, rgba, picture)
            writer.write(picture, repeat)
            loop.see(picture, repeat)
            tick(repeat)

        renderer(job.renderer).render(shot, write)
        loop.close(writer)


def encode(job: EncodeJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write a clip's frames in a format, and one of them as poster."""
    from explainer.clips.clip import load, save_png
    from explainer.clips.formats import FORMATS

    clip = load(inputs["frames"])
    import_module(FORMATS[job.settings.format].writer).write(clip, job.settings, folder / CLIP)
    (folder / CLIP_FACTS).write_text(json.dumps({"duration_s": clip.frames / clip.fps}), encoding="utf-8")
    at = 0
    for rgba, repeat in clip.pictures():
        at += repeat
        if at > job.poster_frame:
            save_png(rgba, job.settings.transparent, job.settings.matte, folder / POSTER)
            break


def duration_s(folder: Path) -> float:
    """How long the clip of a finished task lasts."""
    return float(json.loads((folder / CLIP_FACTS).read_text(encoding="utf-8"))["duration_s"])
