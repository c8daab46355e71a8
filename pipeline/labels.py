"""The words inside a film file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CaptionTrack:
    """Captions as WebVTT text, for one language."""

    iso639_2: str
    title: str
    vtt: str


@dataclass(frozen=True)
class Chapter:
    """A named stretch of the film, in frames."""

    title: str
    start_frame: int
    stop_frame: int


@dataclass(frozen=True)
class Labels:
    """All the words that go into a film file. The first caption track is the one shown unless another is chosen."""

    title: str
    spoken_iso639_2: str
    spoken_title: str
    captions: tuple[CaptionTrack, ...]
    chapters: tuple[Chapter, ...]
    fps: int
