"""Request: what a user asks for, one version of a film, as a plain record that checks itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.media.encode_settings import FAST, H264
from explainer.stage.look import ASPECTS, PURPOSES, Theme, matte_of, theme_of
from explainer.words.allowed import FINISHED, Allowed
from explainer.words.film import Film

RENDERER = "explainer.media.frames"
SMALLEST_PX, LARGEST_PX = 16, 8192
# Pixels of the picture's short side, and frames a second, by the letter of the quality.
QUALITIES = {"l": (480, 15), "m": (720, 30), "h": (1080, 60), "k": (2160, 60)}


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


def quality_of(letter: str, aspect: str = "16:9") -> Quality:
    """Size and rate of a quality (l, m, h, k) in a shape; even sizes, as codecs want them.

    Raises:
        ExplainerError: there is no such quality or shape.
    """
    if letter not in QUALITIES:
        raise ExplainerError(f"no quality {letter!r}", "-q", f"use one of {', '.join(QUALITIES)}")
    short, fps = QUALITIES[letter]
    across, down = shape(aspect)
    long = -(-short * max(across, down) // (2 * min(across, down))) * 2
    return Quality(*((long, short) if across >= down else (short, long)), fps)


def size_px(width: int, aspect: str) -> tuple[int, int]:
    """Even width and height nearest to a wished width in a shape.

    Raises:
        ExplainerError: a side would be too small or too large, or the shape is unknown.
    """
    across, down = shape(aspect)
    size = (round(width / 2) * 2, round(width * down / across / 2) * 2)
    if min(size) < SMALLEST_PX or max(size) > LARGEST_PX:
        remedy = f"use {SMALLEST_PX} to {LARGEST_PX} pixels a side"
        raise ExplainerError(f"no picture {width} pixels wide in {aspect}", "--width", remedy)
    return size


def shape(aspect: str) -> tuple[int, int]:
    """Width and height of a known shape, as in its name.

    Raises:
        ExplainerError: it is not known.
    """
    if aspect not in ASPECTS:
        raise ExplainerError(f"no shape {aspect!r}", "--aspect", f"use one of {', '.join(ASPECTS)}")
    return ASPECTS[aspect]


DEFAULT_QUALITY = quality_of("h")


@dataclass(frozen=True)
class Voicing:
    """Who speaks: a voice by name (the language's own if empty), takes recorded by a person, a piper voice file.

    Attributes:
        voice: its name.
        takes: the folder of a person's recordings.
        piper_file: the voice's file, or its folder.
        patched: where the film's own takes lack some cues as they are now, the language's voice says those alone. Two
            voices are heard then: for looking at a film while it is made.
    """

    voice: str = ""
    takes: Path | None = None
    piper_file: Path | None = None
    patched: bool = False


@dataclass(frozen=True)
class Request:
    """One version of a film. No segments means all of them; lines not translated may be allowed to stand as written."""

    film: Film
    language_tag: str
    quality: Quality = DEFAULT_QUALITY
    segments: tuple[str, ...] = ()
    voicing: Voicing = Voicing()
    theme_name: str = "dark"
    aspect: str = "16:9"
    encoder: H264 = FAST
    renderer: str = RENDERER
    whole: bool = False
    """Each frame of the film is drawn anew by Manim's camera alone, not only what changed."""
    allowed: Allowed = FINISHED
    purpose: str = "film"
    """What the picture is composed for: film or slide."""
    matte: str = ""
    """A colour, or a theme's name, of the ground that it is drawn over in place of the theme's own."""

    def __post_init__(self) -> None:
        known = [segment.id for segment in self.film.script.segments]
        for wanted in self.segments:
            if wanted not in known:
                raise ExplainerError("unknown segment", wanted, f"use one of {', '.join(known)}")
        self.film.language(self.language_tag)
        shape(self.aspect)
        if self.purpose not in PURPOSES:
            raise ExplainerError(f"no picture for {self.purpose!r}", "--for", f"use one of {', '.join(PURPOSES)}")
        _ = self.theme

    @property
    def theme(self) -> Theme:
        """The colours it is drawn in."""
        themes = self.film.script.settings.themes
        theme = theme_of(self.theme_name, themes)
        return replace(theme, background=matte_of(self.matte, themes)) if self.matte else theme

    @property
    def stem(self) -> str:
        """File name without suffixes; the film that is published carries nothing but its name and language."""
        size = [] if self.quality.name == DEFAULT_QUALITY.name and self.aspect == "16:9" else [self.quality.name]
        return self.named(*self.segments, after=size)

    def named(self, *parts: str, after: list[str] | None = None) -> str:
        """A file name without suffixes: the film's name, more parts, all that tells its look from its sisters'."""
        theme = [] if self.theme_name == "dark" else [self.theme_name]
        aspect = [] if self.aspect == "16:9" else [self.aspect.replace(":", "x")]
        purpose = [] if self.purpose == "film" else [f"for-{self.purpose}"]
        shown = (part.replace(":", ".") for part in parts if part)
        matte = [f"on-{self.matte.lower().removeprefix('#')}"] if self.matte else []
        words = [self.film.name, *shown, *purpose, *theme, *matte, *aspect, *(after or [])]
        return f"{'-'.join(words)}.{self.language_tag}"
