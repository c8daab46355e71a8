"""Draw a scene: a stretch of it as silent picture, single frames, or what its frames show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from explainer.errors import CheckFailedError
from explainer.media.encode_settings import H264
from explainer.media.shot import Shot
from explainer.tasks.graph import Tick

TOOLS = ("manim", "ManimPango", "pycairo", "skia-pathops", "typst", "numpy", "scipy", "av", "pillow", "babel")
PICTURE = "picture.mp4"
TEXTS, REPORTS, COURSE, HOLDS = "texts.json", "reports.json", "course.json", "holds.json"
POSTER = "poster.png"


@dataclass(frozen=True)
class RenderJob:
    """A stretch of a segment as silent picture. `renderer` names the module that draws."""

    renderer: str
    shot: Shot
    encoder: H264


@dataclass(frozen=True)
class StillsJob:
    """Single frames of a segment as PNG."""

    renderer: str
    shot: Shot
    frames: tuple[int, ...]


@dataclass(frozen=True)
class PosterJob:
    """The frame at which the segment of a shot stands at its end, as PNG."""

    renderer: str
    shot: Shot


@dataclass(frozen=True)
class HoldsJob:
    """The frames at which the segment of a shot stands."""

    renderer: str
    shot: Shot


@dataclass(frozen=True)
class InspectJob:
    """What frames of a segment show: their texts, numbers and places, and the pictures of some of them."""

    renderer: str
    shot: Shot
    frames: tuple[int, ...]
    pictured: tuple[int, ...]


@dataclass(frozen=True)
class CourseJob:
    """The numbers that all frames of a shot show, none of them drawn."""

    renderer: str
    shot: Shot


def render(job: RenderJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw and encode a stretch."""
    from explainer.media.encode import PictureFormat, encoder

    shot = job.shot
    count = 0
    with encoder(folder / PICTURE, PictureFormat(shot.width, shot.height, shot.show.fps, job.encoder)) as sink:

        def write(rgba: Any, repeat: int, changed: Any) -> None:
            nonlocal count
            sink.write(rgba, repeat, changed)
            count += repeat
            tick(repeat)

        renderer(job.renderer).render(shot, write)
    if count != shot.frames:
        raise CheckFailedError(
            f"the scene drew {count} frames, the timeline has {shot.frames}", shot.scene, "mend the scene"
        )


def stills(job: StillsJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw single frames."""
    from PIL import Image

    for frame, rgba in renderer(job.renderer).stills(job.shot, job.frames):
        Image.fromarray(rgba[..., :3]).save(folder / still_name(frame), optimize=True)
        tick(1)


def poster(job: PosterJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw the frame at which a segment stands at its end."""
    from PIL import Image

    module = renderer(job.renderer)
    held = module.holds(job.shot)[job.shot.show.segment.id]
    rgba = next(picture for _, picture in module.stills(job.shot, (held,)))
    Image.fromarray(rgba[..., :3]).save(folder / POSTER, optimize=True)


def holds(job: HoldsJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write down at which frames a segment stands, by place."""
    (folder / HOLDS).write_text(json.dumps(renderer(job.renderer).holds(job.shot)), encoding="utf-8")


def inspect(job: InspectJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write down what frames show, for the checks."""
    from PIL import Image

    module = renderer(job.renderer)
    texts = {str(frame): [asdict(box) for box in boxes] for frame, boxes in module.texts(job.shot, job.frames).items()}
    (folder / TEXTS).write_text(json.dumps(texts, default=float), encoding="utf-8")
    reports = [asdict(report) for report in module.reports(job.shot, job.frames)]
    (folder / REPORTS).write_text(json.dumps(reports, default=float), encoding="utf-8")
    for frame, rgba in module.stills(job.shot, job.pictured):
        Image.fromarray(rgba[..., :3]).save(folder / still_name(frame))


def course(job: CourseJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write down the numbers that frames show, in order, for the checks."""
    values = [*renderer(job.renderer).values(job.shot)]
    (folder / COURSE).write_text(json.dumps(values, default=float), encoding="utf-8")


def still_name(frame: int) -> str:
    """File name of a still."""
    return f"{frame:06d}.png"


def renderer(name: str) -> Any:
    """The module that draws: `explainer.media.frames`, or a stand-in."""
    return import_module(name)
