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
class VoiceTrack:
    """A sound track: the language that is spoken in it, and its name."""

    iso639_2: str
    title: str


@dataclass(frozen=True)
class Chapter:
    """A named stretch of the film, in frames."""

    title: str
    start_frame: int
    stop_frame: int


@dataclass(frozen=True)
class Labels:
    """All the words that go into a film file. The first voice and caption track play unless others are chosen."""

    title: str
    voices: tuple[VoiceTrack, ...]
    captions: tuple[CaptionTrack, ...]
    chapters: tuple[Chapter, ...]
    fps: int
