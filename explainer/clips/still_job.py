"""Draw one frame, as pixels or as outlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.jobs.draw import TOOLS as DRAW_TOOLS
from explainer.jobs.draw import renderer
from explainer.media.shot import Shot
from explainer.tasks.graph import Tick

TOOLS = DRAW_TOOLS
STILL, PAGE = "still", "page"
HEAVY_BYTES = 300_000  # of outlines, which are then drawn as pixels too; most pages have a third of it
LONG_SIDE_PX = 1920


@dataclass(frozen=True)
class StillJob:
    """One frame of a segment as `kind`: png, svg, pdf or page; what the picture is called and what is on it.

    A page is a PDF; where its outlines weigh more than 300 kB and than a PNG of 1920 pixels, it is that PNG instead.
    """

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
        _draw_pixels(job, shot, folder / STILL)
        return
    from explainer.clips.vector import draw

    outlines, kind = folder / STILL, "pdf" if job.kind == PAGE else job.kind
    draw(shot, job.frame, kind, outlines, job.title, job.description)
    if job.kind == PAGE and outlines.stat().st_size > HEAVY_BYTES:
        pixels, scale = folder / "pixels", LONG_SIDE_PX / max(shot.width, shot.height)
        large = replace(shot, width=round(scale * shot.width), height=round(scale * shot.height))
        _draw_pixels(job, large, pixels)
        lighter, heavier = sorted((pixels, outlines), key=lambda path: path.stat().st_size)
        heavier.unlink()
        lighter.rename(folder / STILL)


def _draw_pixels(job: StillJob, shot: Shot, target: Path) -> None:
    from explainer.clips.clip import save_png

    rgba = next(picture for _, picture in renderer(job.renderer).stills(shot, (job.frame,)))
    save_png(rgba, shot.transparent, shot.show.theme.background, target)
