"""Small films for the page to play, as a build leaves them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, replace
from pathlib import Path

import imageio_ffmpeg
from export_bench import MINUTE, changed
from narration_samples import drafted
from PIL import Image

from explainer.page.shown import Built
from explainer.timing.planning import plan
from explainer.timing.timeline import Timeline
from explainer.words.facts import known
from explainer.words.film import Film, open_film
from explainer.words.localize import Narration

KNOWN = known(MINUTE.facts)
TAGS = MINUTE.tags
SPOKEN = ("en", "ar")
WIDTH, HEIGHT, FPS = 160, 90, 5
PLAIN = changed(MINUTE, panels="")
"""The minute without its panels, whose page is made in no time."""


def narration_in(tag: str) -> Narration:
    return MINUTE.narration(tag, KNOWN.facts)


def built_film(id: str, folder: Path) -> Built:
    """Another film of the folder with its panels, as if it had its own language only, as a build leaves it."""
    film = open_film(MINUTE.root, id)
    film = replace(changed(film, panels=f"panels.{id}"), languages={film.source.tag: film.source})
    numbers = known(film.facts)
    narration = film.narration(film.source.tag, numbers.facts)
    return Built(film, numbers, [write_timed(folder, film, plan(narration, drafted(narration), None), film.source.tag)])


def timeline_of(tag: str) -> Timeline:
    narration = narration_in(tag)
    return plan(narration, drafted(narration), None)


def write_film(folder: Path, tag: str) -> Path:
    """A film as a build leaves it, of one colour and a hum."""
    return write_timed(folder, MINUTE, timeline_of(tag), tag)


def write_timed(folder: Path, film: Film, timeline: Timeline, tag: str) -> Path:
    """A film of a length."""
    folder.mkdir(parents=True)
    stem = folder / f"{film.name}.{tag}"
    sources = [f"color=c=navy:s={WIDTH}x{HEIGHT}:r={FPS}", "sine=frequency=220:r=48000"]
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", f"{source}:d={timeline.duration_s}")]
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", str(FPS), "-c:a", "aac"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *inputs, *codecs, "-movflags", "+faststart"]
    subprocess.run([*command, f"{stem}.mp4"], check=True)
    Image.new("RGB", (WIDTH, HEIGHT), "navy").save(f"{stem}.png")
    picture = {"width": WIDTH, "height": HEIGHT, "fps": FPS}
    manifest = {"film": film.id, "language": tag, "picture": picture, "plan": asdict(timeline), "facts": []}
    Path(f"{stem}.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder
