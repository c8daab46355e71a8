"""The master: one picture, with the captions of all languages and every dubbed voice that fits to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.film import sidecars
from explainer.film.labels import labels
from explainer.film.manifest import amended
from explainer.film.request import Request
from explainer.film.speaking import speech_tasks
from explainer.film.tasks import film_task, picture_task, picture_tasks, sound_task
from explainer.film.timed import LocalizedFilm, TimedFilm, timed
from explainer.jobs.speak import spoken_time
from explainer.media.mux import CONTAINERS
from explainer.tasks.atomic import Content, check_writable, publish, sibling
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Output, Session, run
from explainer.timing.dubbing import FASTEST, MARGIN, Squeeze, dubbed, squeezed
from explainer.timing.planning import SpokenTime
from explainer.timing.timeline import Timeline
from explainer.words.languages import Language


@dataclass(frozen=True)
class Dub:
    """A language in the master: whether its voice is there, and what was done or is in the way."""

    language: Language
    heard: bool
    why: str


@dataclass(frozen=True)
class _Fit:
    """A film as its voice would say it over the master's picture, and the cues that still do not fit."""

    localized: LocalizedFilm
    speech: Mapping[str, Task]
    hurried: tuple[Squeeze, ...]
    left: tuple[Squeeze, ...]


def make_master(
    requests: Sequence[Request], out: Path, session: Session
) -> tuple[tuple[Output, ...], tuple[Dub, ...], BuildReport]:
    """Build the master as Matroska and MP4; returns the files, what became of each language, and the report.

    The picture is that of the film in its script's language. A voice of another language is in it if each of its cues,
    begun where the first one's begins, ends before the next; synthetic voices may be hurried a little for it.
    """
    check_writable(out)
    source_tag = requests[0].film.source.tag
    own = replace(requests[0], language_tag=source_tag)
    others = tuple(request for request in requests if request.language_tag != source_tag)
    report = BuildReport()
    base, *rest = timed((own, *others), session, report)
    fits = tuple(_fit(timed_film, base.localized.planned, session, report) for timed_film in rest)
    heard = [fit for fit in fits if not fit.left]
    voices = ((base.localized, base.speech), *((fit.localized, fit.speech) for fit in heard))
    parts = picture_tasks(base.localized, session.context)
    picture = picture_task(base.localized, parts, session.context)
    sounds = tuple(sound_task(localized, speech, session.context) for localized, speech in voices)
    words = labels((base.localized, *(fit.localized for fit in fits)), tuple(localized for localized, _ in voices))
    finished = {suffix: film_task(picture, sounds, words, f"master{suffix}", session.context) for suffix in CONTAINERS}
    upstream = (*parts, picture, *(task for _, speech in voices for task in speech.values()), *sounds)
    folders = run(session, (*upstream, *finished.values()), tuple(finished.values()), report)
    stem = out / own.stem.removesuffix(f".{source_tag}")
    dubs = tuple(_told(fit) for fit in fits)
    files: dict[Path, Content] = {
        sibling(stem, suffix): folders[item.key] / f"master{suffix}" for suffix, item in finished.items()
    }
    told = json.loads(sidecars.manifest_of(base.localized, session.context))
    files[sibling(stem, ".json")] = amended(
        told, voices={dub.language.tag: {"heard": dub.heard, "why": dub.why} for dub in dubs}
    )
    publish(files)
    length_s = base.localized.timeline.duration_s
    made = tuple(Output(path, None if path.suffix == ".json" else length_s) for path in files)
    return made, dubs, report


def _fit(timed_film: TimedFilm, planned: Timeline, session: Session, report: BuildReport) -> _Fit:
    """Lay a voice over the master's picture, saying faster what is a little too long."""
    localized = timed_film.localized
    narration, request = localized.narration, localized.request
    speech = dict(timed_film.speech)
    spoken = _spoken(speech, session)
    tight = squeezed(narration, spoken, planned)
    hurried = tuple(each for each in tight if each.pace <= FASTEST)
    if tight and len(hurried) == len(tight):
        paces = {each.cue_id: each.pace * MARGIN for each in hurried}
        faster, _ = speech_tasks(request, narration, session.context, paces)
        speech |= {cue_id: faster[cue_id] for cue_id in paces}
        run(session, tuple(speech.values()), tuple(speech.values()), report)
        spoken = _spoken(speech, session)
    left = squeezed(narration, spoken, planned)
    timeline = planned if left else dubbed(narration, spoken, planned)
    fitted = replace(localized, planned=timeline, timeline=timeline.resampled(request.quality.fps))
    return _Fit(fitted, speech, hurried, left)


def _spoken(speech: Mapping[str, Task], session: Session) -> dict[str, SpokenTime]:
    return {cue_id: spoken_time(session.store.path(task.key)) for cue_id, task in speech.items()}


def _told(fit: _Fit) -> Dub:
    language = fit.localized.narration.language
    if fit.left:
        worst = max(fit.left, key=lambda each: each.pace)
        cuts = ", ".join(f"{each.cue_id} {each.cut_characters}" for each in fit.left)
        why = (
            f"left out: {worst.cue_id} takes {worst.speech_s:.1f} s where there are {worst.room_s:.1f} s;"
            f" characters to cut: {cuts}"
        )
        return Dub(language, False, why)
    if not fit.hurried:
        return Dub(language, True, "at its own pace")
    fastest = max(each.pace * MARGIN for each in fit.hurried)
    cues = ", ".join(each.cue_id for each in fit.hurried)
    return Dub(language, True, f"up to {100 * (fastest - 1):.0f} % faster in {cues}")
