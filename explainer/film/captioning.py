"""Captions by themselves: written anew, put into a finished film by stream copy, or drawn into its picture.

Neither Manim nor the physics is loaded: timing and numbers are those of the film, from the manifest beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.film import sidecars
from explainer.film.labels import labels, track
from explainer.film.manifest import FILM_SUFFIX, FinishedFilm, amended
from explainer.film.outputs import folder_of
from explainer.film.request import Request
from explainer.film.timed import LocalizedFilm, families, known_of, narrowed, timed, words
from explainer.jobs import burn
from explainer.tasks import fingerprint
from explainer.tasks.atomic import Content, check_writable, disk_errors, publish, sibling, unfinished_folder
from explainer.tasks.context import BuildContext
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Output, Session, run
from explainer.timing.captions import captions
from explainer.timing.formats import ass
from explainer.words.facts import Known


def spoken_as_written(request: Request, out: Path) -> Path:
    """Where the film with the voice of its script's language is, for a request in any language."""
    own = replace(request, language_tag=request.film.source.tag)
    return sibling(folder_of(out, own.language_tag) / own.stem, FILM_SUFFIX)


def caption_film(localized: Sequence[LocalizedFilm], finished: FinishedFilm) -> tuple[Output, ...]:
    """Captions, chapters and transcripts beside a film, and their tracks in it, of words that `localized_for` gives."""
    from explainer.media.mux import add_captions

    check_writable(finished.path.parent)
    film = localized[0].request.film
    told = {each.narration.language.tag: each for each in localized}
    files: dict[Path, Content] = {}
    for tag, each in told.items():
        files |= sidecars.words(each, finished.stem_in(tag), finished.stem.name)
    digests = {tag: sidecars.words_digests(each.request) for tag, each in told.items()}
    files[sibling(finished.stem, ".json")] = amended(finished.content, captions=digests)
    spoken = told.get(finished.language_tag)
    first = film.language(finished.language_tag)
    order = tuple(dict.fromkeys((first.iso639_2, *(film.language(tag).iso639_2 for tag in film.languages))))
    tracks = tuple(map(track, localized))
    with disk_errors(finished.path.parent), unfinished_folder(finished.path.parent) as room:
        part = room / finished.path.name
        add_captions(finished.path, tracks, order, labels([spoken]) if spoken else None, part)
        publish({**files, finished.path: part})
    return (Output(finished.path, finished.planned.duration_s), *(Output(path) for path in files))


def told_to_voice(
    requests: Sequence[Request], session: Session
) -> tuple[LocalizedFilm, tuple[LocalizedFilm, ...], BuildReport]:
    """The film as it is spoken in the script's language; the words of each request on its timeline; the report."""
    source_tag = requests[0].film.source.tag
    report = BuildReport()
    (timed_film,) = timed((replace(requests[0], language_tag=source_tag),), session, report)
    spoken = timed_film.localized
    told = []
    for request in requests:
        narration = narrowed(words(request, known_of(request.film, session)), request.segments)
        told.append(replace(spoken, request=request, narration=narration))
    return spoken, tuple(told), report


def caption_voice(spoken: LocalizedFilm, told: Sequence[LocalizedFilm], out: Path) -> tuple[Output, ...]:
    """The same files without a film, timed to the voice of the script's language, as `told_to_voice` gives them."""
    folder = folder_of(out, spoken.request.language_tag)
    check_writable(folder)
    files: dict[Path, Content] = {}
    for each in told:
        files |= sidecars.words(each, folder / each.request.stem, spoken.request.stem)
    publish(files)
    return tuple(Output(path) for path in files)


def burn_films(
    localized: Sequence[LocalizedFilm], finished: FinishedFilm, session: Session
) -> tuple[tuple[Output, ...], BuildReport]:
    """A version of a film a language with its captions drawn in; returns the files and the report of the build."""
    from explainer.media.probe import content_digest

    check_writable(finished.path.parent)
    content = content_digest(finished.path)
    tasks = {
        finished.stem_in(each.narration.language.tag): _burn_task(each, finished, content, session.context)
        for each in localized
    }
    report = BuildReport()
    folders = run(session, tuple(tasks.values()), tuple(tasks.values()), report)
    files = {sibling(stem, f".burned{FILM_SUFFIX}"): folders[item.key] / burn.BURNED for stem, item in tasks.items()}
    publish(files)
    return tuple(Output(path, finished.planned.duration_s) for path in files), report


def _burn_task(localized: LocalizedFilm, finished: FinishedFilm, content: str, context: BuildContext) -> Task:
    names = families(localized)
    also = fingerprint.font_files(names)
    fonts = tuple(Path(fingerprint.font_face(name)[0]) for name in names)
    language = localized.narration.language
    text = ass(captions(localized.planned, localized.narration), language, finished.width, finished.height)
    encoder = localized.request.encoder
    job = burn.BurnJob(finished.path.resolve(), content, text, fonts, language.leading_em, encoder)
    frames = localized.timeline.frames
    return context.task(f"burn {language.tag}", burn.burn, job, also=also, steps=frames, cost=frames)


def localized_for(request: Request, finished: FinishedFilm) -> LocalizedFilm:
    """The words of a request on the timeline of a film, with the numbers that the film shows.

    Raises:
        ExplainerError: if the words do not hold, or the film was made from another script.
    """
    known = Known(finished.facts)
    segments = tuple(segment.id for segment in finished.planned.segments)
    narration = narrowed(words(request, known), segments)
    if [cue.id for cue in narration.cues] != [cue.id for cue in finished.planned.cues]:
        raise ExplainerError("the film has other cues than the script", finished.path.name, "make it again: video")
    return LocalizedFilm(request, narration, finished.planned, finished.planned.resampled(finished.fps), known)


def caption_at(localized: LocalizedFilm, frame: int) -> str:
    """The caption on screen at a frame of the film's timeline; empty if there is none."""
    time_s = frame / localized.timeline.fps
    shown = captions(localized.planned, localized.narration)
    return next((each.text for each in shown if each.start_s <= time_s < each.stop_s), "")
