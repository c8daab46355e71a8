"""The files beside a film: captions, chapters, transcript, manifest."""

from __future__ import annotations

from pathlib import Path

from explainer.film.manifest import manifest
from explainer.film.request import Request
from explainer.film.tasks import drawn_by, set_in
from explainer.film.timed import LocalizedFilm, families
from explainer.film.transcript import transcript
from explainer.jobs import draw, mix, speak
from explainer.tasks.atomic import sibling
from explainer.tasks.context import BuildContext
from explainer.tasks.digest import digest, file_digest
from explainer.tasks.fingerprint import tool_versions
from explainer.timing.captions import captions, chapters
from explainer.timing.formats import FORMATS

BESIDE_FILMS = ("srt", "vtt")
TOOLS = tuple(dict.fromkeys((*draw.TOOLS, *mix.TOOLS, *speak.TOOLS, "jinja2")))


def words(localized: LocalizedFilm, stem: Path, film: str) -> dict[Path, str]:
    """Captions, chapters and transcript by their path; the transcript plays the film of that name beside it."""
    read = localized.narration.language
    shown, parts = captions(localized.planned, localized.narration), chapters(localized.planned, localized.narration)
    texts = {sibling(stem, f".{name}"): FORMATS[name].compose(shown, read) for name in BESIDE_FILMS}
    texts[sibling(stem, ".chapters.vtt")] = FORMATS["vtt"].compose(parts, read)
    texts[sibling(stem, ".html")] = transcript(localized, stem.name, film)
    return texts


def files(localized: LocalizedFilm, stem: Path, context: BuildContext) -> dict[Path, str]:
    """Text of each file beside the film, by its path."""
    return {**words(localized, stem, stem.name), sibling(stem, ".json"): manifest_of(localized, context)}


def manifest_of(localized: LocalizedFilm, context: BuildContext) -> str:
    """The manifest, with hashes of all that the film is made from: words, fonts, and the code of each segment."""
    drawn = {
        segment.id: digest([context.code(draw.render, *drawn_by(localized, segment.id)), set_in(localized, context)])
        for segment in localized.timeline.segments
    }
    inputs = {
        "words": words_digests(localized.request),
        "segments": drawn,
        "fonts": context.fonts(families(localized)),
    }
    return manifest(localized, inputs, tool_versions(TOOLS) | dict(context.libraries))


def words_digests(request: Request) -> dict[str, str]:
    """Hashes of the files that the words come from, by name."""
    film, tag = request.film, request.language_tag
    paths = [film.path] if film.is_written_in(tag) else [film.path, film.locale / f"{tag}.po"]
    return {path.name: file_digest(path) for path in paths}
