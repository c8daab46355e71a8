"""Small films for the page to play, as a build leaves them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import imageio_ffmpeg
from PIL import Image

from narration.languages import LANGUAGES, PSEUDO_TAG
from narration.localize import localize
from narration.script import load_script
from narration.timeline import Budget, Timeline, plan
from narration.voices import draft

TAGS = tuple(tag for tag in LANGUAGES if tag != PSEUDO_TAG)
SPOKEN = ("en", "ar")
ANY_LENGTH = Budget(minimum_s=1.0, target_s=60.0, maximum_s=120.0)


def timeline_of(tag: str) -> Timeline:
    narration = localize(load_script(), LANGUAGES[tag], allow_missing=True)
    spoken = {cue.id: draft.duration(cue.speech, narration.language) for cue in narration.cues}
    return plan(narration, spoken, ANY_LENGTH)


def write_film(folder: Path, tag: str, name: str = "", height: int = 90) -> Path:
    """A film as a build leaves it, of one colour and a hum."""
    folder.mkdir(parents=True, exist_ok=True)
    timeline = timeline_of(tag)
    stem = name or f"negative-temperature.{tag}"
    length, size = f"{timeline.duration_s}", f"{height * 16 // 9}x{height}"
    sources = [f"color=c=navy:s={size}:r=5:d={length}", f"sine=frequency=220:r=48000:d={length}"]
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", source)]
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "5", "-c:a", "aac"]
    target = folder / f"{stem}.mp4"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *inputs, *codecs, "-movflags", "+faststart", str(target)]
    subprocess.run(command, check=True)
    Image.new("RGB", (160, 90), "navy").save(folder / f"{stem}.png")
    picture = {"width": height * 16 // 9, "height": height, "fps": 5}
    manifest = {"language": tag, "picture": picture, "plan": asdict(timeline)}
    (folder / f"{stem}.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder
