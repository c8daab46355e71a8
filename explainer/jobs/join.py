"""Put silent pictures one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.jobs.draw import PICTURE
from explainer.tasks.graph import Tick

TOOLS = ("av",)


@dataclass(frozen=True)
class JoinJob:
    """Silent pictures, input "0", "1", ..., with so many frames each."""

    frames: tuple[int, ...]
    fps: int


def join(job: JoinJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Put the parts one after the other."""
    from explainer.media.mux import join_pictures

    parts = [inputs[str(number)] / PICTURE for number in range(len(job.frames))]
    join_pictures(parts, job.frames, job.fps, folder / PICTURE)
