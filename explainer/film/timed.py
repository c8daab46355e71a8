"""LocalizedFilm: a film in one language on its timeline; TimedFilm: with the speech that the timeline follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import add
from pathlib import Path

from explainer.errors import ExplainerError, located, quoted
from explainer.film.request import Request, Voicing
from explainer.jobs import facts as facts_jobs
from explainer.jobs import speak as speak_jobs
from explainer.tasks.context import BuildContext
from explainer.tasks.graph import Task
from explainer.tasks.local import perform
from explainer.tasks.session import BuildReport, Session, run
from explainer.tasks.store import find
from explainer.timing.planning import budget_of, plan
from explainer.timing.timeline import Timeline, moved
from explainer.voices.table import VOICES, choose
from explainer.words.facts import Known
from explainer.words.film import Film
from explainer.words.languages import Language
from explainer.words.localize import Narration
from explainer.words.script import SPOKEN


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
        speech, warnings = speech_tasks(narration, request.voicing, session.context)
        for warning in (untranslated(narration), *warnings):
            if warning:
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
    return request.film.narration(request.language_tag, known.facts, allow_missing=request.allow_missing)


def check_forms(film: Film, tag: str) -> None:
    """Refuse spoken forms for voices that there are not, in the script and in the translations of a language.

    Raises:
        ExplainerError: with the form's place and the voices' names.
    """
    catalog = film.catalog(tag)
    cues = film.script.cues
    forms = [(film.path.name, f"{cue.id}|{SPOKEN}:{voice}", voice) for cue in cues for voice in cue.spoken_by]
    forms += [(catalog.at(id), id, voice) for id, voice in catalog.voices.items()] if catalog else []
    names = dict.fromkeys(voice.form for voice in VOICES.values())
    for file, id, voice in forms:
        if voice not in names:
            raise ExplainerError(f"no voice {quoted(voice)}", located(file, id), f"name one of {', '.join(names)}")


def speech_tasks(
    narration: Narration, voicing: Voicing, context: BuildContext, paces: Mapping[str, float] | None = None
) -> tuple[dict[str, Task], tuple[str, ...]]:
    """One task a cue, by the cue's id, and what the user should know about the voices.

    Args:
        narration: the words.
        voicing: who speaks.
        context: what decides results.
        paces: how much faster than usual a cue is said, by its id.

    Raises:
        ExplainerError: the voice is unknown, missing or broken.
    """
    tasks, warnings = {}, []
    name, folder = asked_voice(narration.language, voicing)
    for cue in narration.cues:
        pace = (paces or {}).get(cue.id, 1.0)
        job = speak_jobs.SpeakJob(cue.id, cue.speech, narration.language, name, folder, pace)
        choice = choose(name, job.utterance)
        voice = VOICES[choice.voice]
        own_folder = folder if choice.voice == name else None
        job = replace(job, speech=cue.said_by(voice.form), voice=choice.voice, folder=own_folder)
        module = voice.module
        tasks[cue.id] = context.task(f"speak {cue.id}", speak_jobs.speak, job, modules=(module,), also=choice.signature)
        warnings += [choice.warning] if choice.warning else []
    return tasks, tuple(dict.fromkeys(warnings))


def asked_voice(language: Language, voicing: Voicing) -> tuple[str, Path | None]:
    """The voice to try first, and the folder of its files: takes before piper before a voice by name."""
    if voicing.takes is not None:
        return "takes", voicing.takes
    if voicing.piper_file is not None:
        folder = voicing.piper_file.parent if voicing.piper_file.is_file() else voicing.piper_file
        return "piper", folder
    return voicing.voice or language.voice, None


def untranslated(narration: Narration) -> str:
    """What to tell of lines that stand as they were written; nothing if there are none."""
    if not narration.missing:
        return ""
    return f"{narration.language.tag}: not translated: {', '.join(narration.missing)}"


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
