"""What each kind of export task does, in the process that does it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.graph import Tick
from pipeline.shot import Shot

if TYPE_CHECKING:
    from exports.deck import Deck
    from exports.formats import Settings

CLIP, CLIP_FACTS, POSTER, STILL, DECK = "clip", "clip.json", "poster.png", "still", "deck"


@dataclass(frozen=True)
class FramesJob:
    """Raw frames of a stretch of a segment. `renderer` names the module that draws."""

    renderer: str
    shot: Shot
    seamless: bool


@dataclass(frozen=True)
class EncodeJob:
    """Input "frames" as a file, and a poster beside it; `poster_frame` counts from the stretch's first."""

    settings: Settings
    poster_frame: int


@dataclass(frozen=True)
class StillJob:
    """One frame of a segment as `kind`: png, svg or pdf."""

    renderer: str
    shot: Shot
    frame: int
    kind: str
    title: str
    description: str


def draw_frames(job: FramesJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw a stretch into a lossless file."""
    from exports.clip import clip_writer, close_loop

    module: Any = import_module(job.renderer)
    shot = job.shot
    with clip_writer(folder, shot.width, shot.height, shot.show.fps) as writer:

        def write(rgba: Any, repeat: int, changed: Any) -> None:
            writer.write(rgba, repeat)
            tick(repeat)

        module.render(shot, write)
        if job.seamless:
            close_loop(writer, shot.show.fps)


def encode(job: EncodeJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write a clip's frames in a format, and one of them as poster."""
    from exports.clip import load
    from exports.formats import FORMATS
    from exports.png import save_png

    clip = load(inputs["frames"])
    module, _, name = FORMATS[job.settings.format].write.partition(":")
    getattr(import_module(module), name)(clip, job.settings, folder / CLIP)
    (folder / CLIP_FACTS).write_text(json.dumps({"duration_s": clip.frames / clip.fps}), encoding="utf-8")
    at = 0
    for rgba, repeat in clip.pictures():
        at += repeat
        if at > job.poster_frame:
            save_png(rgba, job.settings.transparent, job.settings.matte, folder / POSTER)
            break


def duration_s(folder: Path) -> float:
    """Return how long the clip in a folder that `encode` filled lasts."""
    return float(json.loads((folder / CLIP_FACTS).read_text(encoding="utf-8"))["duration_s"])


def draw_still(job: StillJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw one frame, as pixels or as outlines."""
    shot = job.shot
    if job.kind == "png":
        from exports.png import save_png
        from scenes.palette import THEMES

        module: Any = import_module(job.renderer)
        rgba = next(picture for _, picture in module.stills(shot, (job.frame,)))
        save_png(rgba, shot.transparent, THEMES[shot.show.theme].background, folder / STILL)
    else:
        from exports.vector import draw

        draw(shot, job.frame, job.kind, folder / STILL, job.title, job.description)


@dataclass(frozen=True)
class DeckJob:
    """A deck as `kind`; inputs "still <cue>", and "clip <cue>" where the kind plays."""

    kind: str
    deck: Deck


def make_deck(job: DeckJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write a deck."""
    from exports.deck import KINDS, Pictures
    from pipeline.work import PICTURE

    kind = KINDS[job.kind]
    pictures = {
        slide.cue_id: Pictures(
            inputs[f"still {slide.cue_id}"] / STILL,
            inputs[f"clip {slide.cue_id}"] / PICTURE if kind.plays else None,
        )
        for slide in job.deck.slides
    }
    module, _, name = kind.write.partition(":")
    getattr(import_module(module), name)(job.deck, pictures, folder / DECK)
