"""The files beside a film: captions, chapters, transcript, manifest; and the words inside it."""

from __future__ import annotations

from pathlib import Path

from narration.captions import captions, chapters
from narration.catalog import path_of
from narration.formats import FORMATS
from narration.languages import PSEUDO_TAG, SOURCE_TAG, language
from pipeline import fingerprint, plan
from pipeline.canonical import digest, file_digest
from pipeline.labels import CaptionTrack, Chapter, Labels, VoiceTrack
from pipeline.manifest import manifest
from pipeline.plan import Ground, Version
from pipeline.publish import beside
from pipeline.request import Request
from pipeline.transcript import transcript

BESIDE_FILMS = ("srt", "vtt")


def labels(version: Version) -> Labels:
    """The words that go into the film file."""
    spoken, timeline = version.narration.language, version.timeline
    titles = {segment.id: segment.title for segment in version.narration.segments}
    stretches = tuple(Chapter(titles[s.id], s.start_frame, s.stop_frame) for s in timeline.segments)
    voice = VoiceTrack(spoken.iso639_2, spoken.name)
    return Labels(version.narration.title, (voice,), (track(version),), stretches, timeline.fps)


def track(version: Version) -> CaptionTrack:
    """The captions as a track of a film."""
    spoken = version.narration.language
    vtt = FORMATS["vtt"].compose(captions(version.master, version.narration), spoken)
    return CaptionTrack(spoken.iso639_2, spoken.name, vtt)


def words(version: Version, stem: Path, film: str) -> dict[Path, str]:
    """Captions, chapters and transcript by their path; the transcript plays the film of that name beside it."""
    read = version.narration.language
    shown, parts = captions(version.master, version.narration), chapters(version.master, version.narration)
    texts = {beside(stem, f".{name}"): FORMATS[name].compose(shown, read) for name in BESIDE_FILMS}
    texts[beside(stem, ".chapters.vtt")] = FORMATS["vtt"].compose(parts, read)
    texts[beside(stem, ".html")] = transcript(version, stem.name, film)
    return texts


def files(version: Version, stem: Path, base: Ground) -> dict[Path, str]:
    """Text of each file beside the film, by its path."""
    tools = fingerprint.tool_versions(fingerprint.TOOLS) | dict(base.libraries)
    told = manifest(version, inputs(version, base), tools)
    return {**words(version, stem, stem.name), beside(stem, ".json"): told}


def inputs(version: Version, base: Ground) -> dict[str, object]:
    """Hashes of all that the film is made from: words, code and fonts of each segment."""
    drawn = {
        segment.id: digest(plan.picture_code(version, segment.id, base, "render"))
        for segment in version.timeline.segments
    }
    families = plan.families(version.narration)
    return {
        "words": words_digests(version.request),
        "segments": drawn,
        "fonts": base.fonts(families),
    }


def words_digests(request: Request) -> dict[str, str]:
    """Hashes of the files that the words come from, by name."""
    paths = [plan.script_path(request)]
    if request.language_tag not in (SOURCE_TAG, PSEUDO_TAG):
        paths.append(path_of(language(request.language_tag), plan.locale_folder(request)))
    return {path.name: file_digest(path) for path in paths}
