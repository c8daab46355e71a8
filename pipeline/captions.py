"""Captions by themselves: files written anew, and put into a finished film without touching picture and sound.

Neither Manim nor the physics is loaded: timing and numbers are those of the film, from the manifest beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from narration.captions import Caption, captions
from narration.languages import LANGUAGES, SOURCE_TAG
from pipeline import plan as planning
from pipeline import sidecars
from pipeline.build import Account, Made, Site, timed
from pipeline.errors import PipelineError
from pipeline.finished import FILM_SUFFIX, FinishedFilm
from pipeline.plan import Version
from pipeline.publish import Content, beside, check_writable, publish, workroom
from pipeline.request import Request
from pipeline.store import disk_errors
from pipeline.tongues import folder_of


def english_film(request: Request, out: Path) -> Path:
    """Where the film with the English voice is, for a request in any language."""
    english = replace(request, language_tag=SOURCE_TAG)
    return beside(folder_of(out, SOURCE_TAG) / english.stem, FILM_SUFFIX)


def caption_film(requests: Sequence[Request], film: FinishedFilm) -> tuple[Made, ...]:
    """Captions, chapters and transcripts beside a film in the languages of the requests, and their tracks in it."""
    from pipeline.mux import add_captions

    check_writable(film.path.parent)
    versions = tuple(version_for(request, film) for request in requests)
    told = {version.narration.language.tag: version for version in versions}
    files: dict[Path, Content] = {}
    for tag, version in told.items():
        files |= sidecars.words(version, film.stem_in(tag), film.stem.name)
    files[beside(film.stem, ".json")] = _manifest(film, told)
    spoken = told.get(film.voice.tag)
    order = (film.voice.iso639_2, *(each.iso639_2 for each in LANGUAGES.values()))
    tracks = tuple(sidecars.track(version) for version in versions)
    with disk_errors(film.path.parent), workroom(film.path.parent) as room:
        part = room / film.path.name
        add_captions(film.path, tracks, order, sidecars.labels(spoken) if spoken else None, part)
        publish({**files, film.path: part})
    return (Made(film.path, film.master.duration_s), *(Made(path) for path in files))


def caption_voice(requests: Sequence[Request], out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """The same files without a film, timed to the English voice; returns them and the account of the build."""
    folder = folder_of(out, SOURCE_TAG)
    check_writable(folder)
    account = Account()
    (voiced,) = timed((replace(requests[0], language_tag=SOURCE_TAG),), site, account)
    files: dict[Path, Content] = {}
    for request in requests:
        narration = planning.narrowed(planning.words(request), request.segments)
        version = replace(voiced.version, request=request, narration=narration)
        files |= sidecars.words(version, folder / request.stem, voiced.version.request.stem)
    publish(files)
    return tuple(Made(path) for path in files), account


def version_for(request: Request, film: FinishedFilm) -> Version:
    """The words of a request on the timeline of a film, with the numbers that the film shows.

    Raises:
        PipelineError, NarrationError: if the words do not hold, or the film was made from another script.
    """
    segments = tuple(segment.id for segment in film.master.segments)
    narration = planning.narrowed(planning.words(request, film.facts), segments)
    if [cue.id for cue in narration.cues] != [cue.id for cue in film.master.cues]:
        raise PipelineError("the film has other cues than the script", film.path.name, "make it again: render.py video")
    return Version(request, narration, film.master, film.master.resampled(film.fps))


def _manifest(film: FinishedFilm, told: dict[str, Version]) -> str:
    digests = {tag: sidecars.words_digests(version.request) for tag, version in told.items()}
    content = {**film.manifest, "captions": {**film.manifest.get("captions", {}), **digests}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def shown(version: Version) -> tuple[Caption, ...]:
    """The captions of a version."""
    return captions(version.master, version.narration)


def caption_at(version: Version, frame: int) -> str:
    """The caption on screen at a frame of the version's timeline; empty if there is none."""
    time_s = frame / version.timeline.fps
    return next((each.text for each in shown(version) if each.start_s <= time_s < each.stop_s), "")
