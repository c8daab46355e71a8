"""Draw one frame, as pixels or as outlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.jobs.draw import TOOLS as DRAW_TOOLS
from explainer.jobs.draw import renderer
from explainer.media.shot import Shot
from explainer.tasks.graph import Tick

TOOLS = DRAW_TOOLS
STILL = "still"


@dataclass(frozen=True)
class StillJob:
    """One frame of a segment as `kind`: png, svg or pdf; what the picture is called and what is on it."""

    renderer: str
    shot: Shot
    frame: int
    kind: str
    title: str
    description: str


def draw_still(job: StillJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw the frame."""
    shot = job.shot
    if job.kind == "png":
        from explainer.clips.clip import save_png

        rgba = next(picture for _, picture in renderer(job.renderer).stills(shot, (job.frame,)))
        save_png(rgba, shot.transparent, shot.show.theme.background, folder / STILL)
    else:
        from explainer.clips.vector import draw

        draw(shot, job.frame, job.kind, folder / STILL, job.title, job.description)
