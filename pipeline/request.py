"""What a user asks for, as plain records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.encode_settings import FAST, H264

FILM_NAME = "negative-temperature"
RENDERER = "pipeline.frames"


@dataclass(frozen=True)
class Quality:
    """Size and rate of a picture."""

    width: int
    height: int
    fps: int

    @property
    def name(self) -> str:
        """As people write it: 1080p60."""
        return f"{self.height}p{self.fps}"


QUALITIES = {
    "l": Quality(854, 480, 15),
    "m": Quality(1280, 720, 30),
    "h": Quality(1920, 1080, 60),
    "k": Quality(3840, 2160, 60),
}
MASTER = QUALITIES["h"]


@dataclass(frozen=True)
class Voicing:
    """Who speaks: a voice by name (the language's own if empty), takes recorded by a person, a piper voice file."""

    voice: str = ""
    takes: Path | None = None
    piper_file: Path | None = None


@dataclass(frozen=True)
class Request:
    """One version of the film. No segments means all of them; lines not translated may be allowed to be English."""

    language_tag: str = "en"
    quality: Quality = MASTER
    segments: tuple[str, ...] = ()
    voicing: Voicing = Voicing()
    theme: str = "dark"
    aspect: str = "16:9"
    encoder: H264 = FAST
    renderer: str = RENDERER
    whole: bool = False
    """Each frame of the film is drawn anew by Manim's camera alone, not only what changed."""
    script: Path | None = None
    locale: Path | None = None
    allow_missing: bool = False

    @property
    def stem(self) -> str:
        """File name without suffixes; the film that is published carries nothing but its name and language."""
        look = [*([] if self.theme == "dark" else [self.theme]), *([] if self.aspect == "16:9" else [self.aspect])]
        size = [] if self.quality.name == MASTER.name and self.aspect == "16:9" else [self.quality.name]
        parts = [FILM_NAME, *self.segments, *look, *size]
        return f"{'-'.join(parts).replace(':', 'x')}.{self.language_tag}"
