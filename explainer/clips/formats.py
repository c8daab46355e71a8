"""Formats of moving pictures: one row each. A new format is one row here and one function that writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explainer.errors import ExplainerError

# A GIF's delays are whole hundredths of a second and browsers slow down those of one: no other rate plays evenly.
RATES = (50, 25, 20, 10)
STILL_KINDS = ("png", "svg", "pdf")
JUMP, DISSOLVE, BACK = LOOPS = ("jump", "dissolve", "back")
"""How a clip comes from its end to its beginning."""


@dataclass(frozen=True)
class Format:
    """A file format.

    Args:
        name: as the user writes it, and the file's suffix.
        alpha: what it can say of transparency.
        writer: module whose `write(clip, settings, target)` writes it.
        levels: from best to smallest.
        usual: the level that is used when nothing else is asked for.
        level_name: what a level is, for people.
        video_options: ffmpeg's options, with `{level}`; for formats that ffmpeg writes.
        clear_options: the same for a picture with transparency, where they differ.
        pixels: ffmpeg's pixel format without and with transparency.
    """

    name: str
    alpha: Literal["none", "one bit", "full"]
    writer: str
    levels: tuple[int, ...]
    usual: int
    level_name: str
    video_options: str = ""
    pixels: tuple[str, str] = ("", "")
    clear_options: str = ""

    def level_of(self, quality: str) -> int:
        """Return the level of a quality: the best, the usual, or some steps less.

        Raises:
            ExplainerError: if there is no such quality.
        """
        if quality not in QUALITIES:
            raise ExplainerError(f"no quality {quality!r}", "--quality", f"use one of {', '.join(QUALITIES)}")
        usual = self.levels.index(self.usual)
        return self.levels[{"high": 0, "medium": usual, "low": min(usual + _LOWER, len(self.levels) - 1)}[quality]]

    @property
    def suffix(self) -> str:
        """The file's suffix."""
        return f".{self.name}"


_VIDEO = "explainer.clips.video"

_WEBP = "-c:v libwebp_anim -quality {level} -compression_level 4 -loop 0 -f webp"
_APNG = "-c:v apng -pred mixed -plays 0 -f apng"
_AVIF = "-c:v libsvtav1 -crf {level} -preset 5 -svtav1-params scm=1 -loop 0 -f avif"
_MP4 = "-c:v libx264 -preset slow -tune animation -crf {level} -movflags +faststart -f mp4"
_WEBM = "-c:v libvpx-vp9 -crf {level} -b:v 0 -cpu-used 3 -row-mt 1 -auto-alt-ref 0 -f webm"
_MOV = "-c:v prores_ks -profile:v standard -vendor apl0 -q:v {level} -f mov"
_CLEAR_MOV = "-c:v prores_ks -profile:v 4444 -vendor apl0 -alpha_bits 16 -q:v {level} -f mov"
QUALITIES = ("high", "medium", "low")
_LOWER = 2  # levels below the usual

FORMATS = {
    row.name: row
    for row in (
        Format("gif", "one bit", "explainer.clips.gif", (256, 128, 64, 48, 32, 24, 16), 64, "colours"),
        Format("webp", "full", _VIDEO, (95, 85, 75, 60, 45, 30), 75, "quality", _WEBP, ("bgra", "bgra")),
        Format("apng", "full", _VIDEO, (0,), 0, "loss", _APNG, ("rgb24", "rgba")),
        Format("avif", "none", _VIDEO, (20, 30, 38, 46, 54), 30, "CRF", _AVIF, ("yuv420p", "")),
        Format("mp4", "none", _VIDEO, (14, 18, 22, 26, 30, 34), 18, "CRF", _MP4, ("yuv420p", "")),
        Format("webm", "full", _VIDEO, (16, 24, 32, 40, 48), 24, "CRF", _WEBM, ("yuv420p", "yuva420p")),
        Format(
            "mov", "full", _VIDEO, (4, 8, 14, 22), 8, "quantizer", _MOV, ("yuv422p10le", "yuva444p10le"), _CLEAR_MOV
        ),
    )
}


@dataclass(frozen=True)
class Settings:
    """All that decides how a clip's frames become a file."""

    format: str
    level: int
    transparent: bool = False
    dither: bool = False
    matte: str = "#000000"
    """Colour of the theme's ground, over which edges were drawn."""
    words: tuple[str, ...] = ()
    """Colours that words are set in, which a palette keeps."""


def checked_format(name: str, transparent: bool) -> Format:
    """Return a known format that can do what is asked of it.

    Raises:
        ExplainerError: on an unknown format, or one without transparency where that is asked for.
    """
    form = FORMATS.get(name)
    if form is None:
        raise ExplainerError(f"no format {name!r}", "--format", f"use one of {', '.join(FORMATS)}")
    if transparent and form.alpha == "none":
        able = ", ".join(row.name for row in FORMATS.values() if row.alpha == "full")
        raise ExplainerError(f"{name} holds no transparency", "--transparent", f"use {able}, or gif (edges not soft)")
    return form


def checked_rate(fps: int) -> int:
    """Return a rate that players honour.

    Raises:
        ExplainerError: if it is not one.
    """
    if fps not in RATES:
        rates = ", ".join(map(str, sorted(RATES)))
        raise ExplainerError(f"{fps} frames a second do not play evenly everywhere", "--fps", f"use one of {rates}")
    return fps


def checked_loop(name: str) -> str:
    """Return the name of a known loop.

    Raises:
        ExplainerError: it is none.
    """
    if name not in LOOPS:
        raise ExplainerError(f"no loop {name!r}", "--loop", f"use one of {', '.join(LOOPS)}")
    return name
