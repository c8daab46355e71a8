"""Draw one frame to be seen at once: as little as can be is spent on the size of its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.jobs.draw import TOOLS as DRAW_TOOLS
from explainer.jobs.draw import renderer
from explainer.media.shot import Shot
from explainer.tasks.graph import Tick

__all__ = ["GLANCE", "TOOLS", "GlanceJob", "glance"]

TOOLS = DRAW_TOOLS
GLANCE = "glance.png"


@dataclass(frozen=True)
class GlanceJob:
    """A frame of a segment, counted from its first. `renderer` names the module that draws."""

    renderer: str
    shot: Shot
    frame: int


def glance(job: GlanceJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw the frame."""
    from PIL import Image

    (_, rgba), *_ = renderer(job.renderer).stills(job.shot, (job.frame,))
    Image.fromarray(rgba[..., :3]).save(folder / GLANCE, compress_level=1)
    tick(1)
