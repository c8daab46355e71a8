"""Captions by themselves: files written anew, and put into a finished film without touching picture and sound."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from narration.captions import Caption, captions
from narration.timeline import Timeline, from_json
from pipeline import plan as planning
from pipeline import sidecars
from pipeline.build import Account, Made, Site, made, timed
from pipeline.errors import PipelineError
from pipeline.plan import Version
from pipeline.publish import Content, beside, check_writable, publish
from pipeline.request import Request
from pipeline.store import disk_errors


def write_captions(request: Request, out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """Captions, chapters, transcript and manifest; and the film's tracks, if it is there.

    A film's captions follow the film's own timeline. Without a film they follow the voice.
    """
    folder = out / request.language_tag
    check_writable(folder)
    account = Account()
    stem = folder / request.stem
    film = beside(stem, ".mp4")
    version = _of_film(request, stem) if film.is_file() else timed(request, site, account)[0]
    files: dict[Path, Content] = dict(sidecars.files(version, stem, site.ground))
    with tempfile.TemporaryDirectory(prefix="captions-") as name:
        if film.is_file():
            from pipeline.mux import assemble

            with disk_errors(Path(name)):
                assemble(film, film, sidecars.labels(version), Path(name) / film.name)
            files[film] = Path(name) / film.name
        publish(files)
    return made(files, version.timeline), account


def _of_film(request: Request, stem: Path) -> Version:
    narration = planning.narrowed(planning.words(request), request.segments)
    master = film_timeline(stem)
    cues = tuple(cue.id for cue in narration.cues)
    if cues != tuple(cue.id for cue in master.cues):
        raise PipelineError("the film has other cues than the script", stem.name, "make it again: render.py video")
    return Version(request, narration, master, master.resampled(request.quality.fps))


def film_timeline(stem: Path) -> Timeline:
    """The timeline, at the planning rate, that a finished film was made to; from the manifest beside it.

    Raises:
        PipelineError: if there is no readable manifest.
    """
    path = beside(stem, ".json")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))["plan"]
    except (OSError, ValueError, KeyError, TypeError):
        remedy = "make the film again: render.py video"
        raise PipelineError("no readable manifest beside the film", str(path), remedy) from None
    return from_json(json.dumps(content), file=path.name)


def shown(version: Version) -> tuple[Caption, ...]:
    """The captions of a version."""
    return captions(version.master, version.narration)


def caption_at(version: Version, frame: int) -> str:
    """The caption on screen at a frame of the version's timeline; empty if there is none."""
    time_s = frame / version.timeline.fps
    return next((each.text for each in shown(version) if each.start_s <= time_s < each.stop_s), "")
