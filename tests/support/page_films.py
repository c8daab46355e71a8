"""Small films for the page to play, as a build leaves them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import imageio_ffmpeg
from PIL import Image

from explainer.timing.timeline import Budget, Timeline, plan
from explainer.voices import draft
from explainer.words.languages import LANGUAGES, PSEUDO_TAG
from explainer.words.localize import localize
from explainer.words.script import load_script

TAGS = tuple(tag for tag in LANGUAGES if tag != PSEUDO_TAG)
SPOKEN = ("en", "ar")
WIDTH, HEIGHT, FPS = 160, 90, 5
ANY_LENGTH = Budget(minimum_s=1.0, target_s=60.0, maximum_s=120.0)


def timeline_of(tag: str) -> Timeline:
    narration = localize(load_script(), LANGUAGES[tag], allow_missing=True)
    spoken = {cue.id: draft.duration(cue.speech, narration.language) for cue in narration.cues}
    return plan(narration, spoken, ANY_LENGTH)


def write_film(folder: Path, tag: str) -> Path:
    """A film as a build leaves it, of one colour and a hum."""
    folder.mkdir(parents=True)
    timeline = timeline_of(tag)
    stem = folder / f"negative-temperature.{tag}"
    sources = [f"color=c=navy:s={WIDTH}x{HEIGHT}:r={FPS}", "sine=frequency=220:r=48000"]
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", f"{source}:d={timeline.duration_s}")]
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", str(FPS), "-c:a", "aac"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *inputs, *codecs, "-movflags", "+faststart"]
    subprocess.run([*command, f"{stem}.mp4"], check=True)
    Image.new("RGB", (WIDTH, HEIGHT), "navy").save(f"{stem}.png")
    picture = {"width": WIDTH, "height": HEIGHT, "fps": FPS}
    manifest = {"language": tag, "picture": picture, "plan": asdict(timeline)}
    Path(f"{stem}.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder
