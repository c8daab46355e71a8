"""The files beside a film: captions, chapters, transcript, manifest; and the words inside it."""

from __future__ import annotations

from pathlib import Path

from narration.captions import captions, chapters
from narration.formats import FORMATS
from pipeline import fingerprint, plan
from pipeline.canonical import digest, file_digest
from pipeline.labels import CaptionTrack, Chapter, Labels
from pipeline.manifest import manifest
from pipeline.plan import Ground, Version
from pipeline.publish import beside
from pipeline.transcript import transcript

BESIDE_FILMS = ("srt", "vtt")


def labels(version: Version) -> Labels:
    """The words that go into the film file."""
    language, timeline = version.narration.language, version.timeline
    titles = {segment.id: segment.title for segment in version.narration.segments}
    stretches = tuple(Chapter(titles[s.id], s.start_frame, s.stop_frame) for s in timeline.segments)
    vtt = FORMATS["vtt"].compose(captions(version.master, version.narration), language)
    track = CaptionTrack(language.iso639_2, language.name, vtt)
    return Labels(version.narration.title, language.iso639_2, language.name, (track,), stretches, timeline.fps)


def files(version: Version, stem: Path, base: Ground) -> dict[Path, str]:
    """Text of each file beside the film, by its path."""
    language = version.narration.language
    shown = captions(version.master, version.narration)
    texts = {beside(stem, f".{name}"): FORMATS[name].compose(shown, language) for name in BESIDE_FILMS}
    texts[beside(stem, ".chapters.vtt")] = FORMATS["vtt"].compose(chapters(version.master, version.narration), language)
    texts[beside(stem, ".html")] = transcript(version, stem.name)
    tools = fingerprint.tool_versions(fingerprint.TOOLS) | dict(base.libraries)
    texts[beside(stem, ".json")] = manifest(version, inputs(version, base), tools)
    return texts


def inputs(version: Version, base: Ground) -> dict[str, object]:
    """Hashes of all that the film is made from: words, code and fonts of each segment."""
    drawn = {
        segment.id: digest(plan.picture_code(version, segment.id, base, "render"))
        for segment in version.timeline.segments
    }
    families = plan.families(version.narration)
    return {
        "script": file_digest(plan.script_path(version.request)),
        "segments": drawn,
        "fonts": fingerprint.font_files(families),
    }
