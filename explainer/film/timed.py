"""LocalizedFilm: a film in one language on its timeline; TimedFilm: with the speech that the timeline follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import add

from explainer.film.request import Request
from explainer.film.speaking import check_forms, speech_tasks
from explainer.jobs import facts as facts_jobs
from explainer.jobs import speak as speak_jobs
from explainer.tasks.graph import Task
from explainer.tasks.local import perform
from explainer.tasks.session import BuildReport, Session, run
from explainer.tasks.store import find
from explainer.timing.planning import budget_of, plan
from explainer.timing.timeline import Timeline, moved
from explainer.words.facts import Known
from explainer.words.film import Film
from explainer.words.localize import Narration


@dataclass(frozen=True)
class LocalizedFilm:
    """A film in one language: its words, its timing as planned and at the picture's rate, how numbers are read out."""

    request: Request
    narration: Narration
    planned: Timeline
    timeline: Timeline
    known: Known


@dataclass(frozen=True)
class TimedFilm:
    """A localized film whose timeline was planned from its own speech, and the tasks of that speech by cue."""

    localized: LocalizedFilm
    speech: Mapping[str, Task]


def timed(requests: Sequence[Request], session: Session, report: BuildReport) -> tuple[TimedFilm, ...]:
    """Read the words, have them spoken and plan each timeline; no language waits for another's voice.

    Raises:
        ExplainerError: words or voices that do not hold, or a film that does not fit its bounds.
    """
    told, tasks = [], []
    for request in requests:
        known = known_of(request.film, session)
        narration = words(request, known)
        speech, warnings = speech_tasks(request, narration, session.context)
        for warning in (*unfinished(narration), *warnings):
            session.store.warn(warning)
        told.append((request, narration, known, speech))
        tasks += list(speech.values())
    folders = run(session, tuple(tasks), tuple(tasks), report)
    films = []
    for request, narration, known, speech in told:
        durations = {cue_id: speak_jobs.spoken_time(folders[item.key]) for cue_id, item in speech.items()}
        budget = budget_of(request.film.script.settings)
        planned = chosen(plan(narration, durations, budget), request.segments)
        kept = narrowed(narration, request.segments)
        localized = LocalizedFilm(request, kept, planned, planned.resampled(request.quality.fps), known)
        films.append(TimedFilm(localized, speech))
    return tuple(films)


def known_of(film: Film, session: Session) -> Known:
    """What the film knows in numbers, from the store or called anew.

    In this process: the words come first, and a worker takes longer.
    """
    if not film.facts:
        return Known()
    job = facts_jobs.FactsJob(film.facts)
    item = session.context.task("state facts", facts_jobs.state, job, modules=(film.facts,))
    folder = find(session.store, item.key)
    if folder is None:
        perform(item, session.store.folder, lambda steps: None)
        folder = session.store.path(item.key)
    return facts_jobs.read(folder)


def words(request: Request, known: Known) -> Narration:
    """The words of the film in the request's language, with numbers filled in.

    Raises:
        ExplainerError: a script or a translation that does not hold, or has a spoken form for an unknown voice.
    """
    check_forms(request.film, request.language_tag)
    return request.film.narration(request.language_tag, known.facts, allowed=request.allowed)


def unfinished(narration: Narration) -> tuple[str, ...]:
    """What to tell of lines that stand as they were written, and of translations that await review."""
    told = ("not translated", narration.missing), ("not reviewed", narration.fuzzy)
    return tuple(f"{narration.language.tag}: {what}: {', '.join(ids)}" for what, ids in told if ids)


def narrowed(narration: Narration, segments: tuple[str, ...]) -> Narration:
    """The words of some segments alone, with their labels and those that belong to no segment; all if none is named."""
    if not segments:
        return narration
    dropped = {segment.id for segment in narration.segments if segment.id not in segments}
    return replace(
        narration,
        segments=tuple(segment for segment in narration.segments if segment.id not in dropped),
        labels={name: text for name, text in narration.labels.items() if name.partition(".")[0] not in dropped},
    )


def chosen(timeline: Timeline, segments: tuple[str, ...]) -> Timeline:
    """The timeline of some of its segments alone, closed up; of all when none is named."""
    if not segments:
        return timeline
    kept = []
    start_frame = 0
    for segment in timeline.segments:
        if segment.id in segments:
            kept.append(moved(segment, partial(add, start_frame - segment.start_frame)))
            start_frame += segment.frames
    return replace(timeline, segments=tuple(kept))


def families(localized: LocalizedFilm) -> tuple[str, ...]:
    """The font families that a picture is set in."""
    return tuple(dict.fromkeys((localized.narration.language.font, localized.request.film.source.font)))


def at_rate(localized: LocalizedFilm, fps: int) -> LocalizedFilm:
    """The same film with its timeline at another rate."""
    return replace(localized, timeline=localized.planned.resampled(fps))
