"""Keep a film's own takes: have its cues said by a voice and put beside the script, for builds without that voice."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from explainer.errors import ExplainerError
from explainer.film.request import Request, Voicing
from explainer.film.speaking import speech_tasks, utterances
from explainer.film.timed import known_of, words
from explainer.jobs import speak as speak_jobs
from explainer.media import opus, sound
from explainer.media.loudness import RATE_HZ, Samples, loudness
from explainer.tasks.atomic import Content, check_writable, publish
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Session, run
from explainer.voices import kept, table
from explainer.words.localize import Narration

# A decoder of Opus may rise above what the coder was given.
CEILING_DBTP = -2.5
LOUDNESS_TOLERANCE_LU = 0.25
ROUNDS = 4


@dataclass(frozen=True)
class Kept:
    """The takes of a language: cues said anew and cues that stood, or why there are none."""

    tag: str
    spoken: tuple[str, ...] = ()
    stood: tuple[str, ...] = ()
    speech_s: float = 0.0
    size_bytes: int = 0
    why: str = ""


@dataclass(frozen=True)
class _Plan:
    """A language whose takes are to be kept.

    ``standing`` are the takes that stay, ``speech`` has the tasks of those to be said, ``dropped`` are files of cues
    that are no more.
    """

    tag: str
    folder: Path
    narration: Narration
    voice: Mapping[str, Any]
    standing: Mapping[str, kept.Take]
    speech: Mapping[str, Task]
    dropped: tuple[Path, ...]


def keep(
    requests: Sequence[Request], voice: str, session: Session, *, everything: bool = False
) -> tuple[tuple[Kept, ...], BuildReport]:
    """Have the cues said that no take says as they are now, and put them beside the script; all languages or none.

    Takes by another voice, model or version of its tools are said anew too: a film has one voice.

    Args:
        requests: one a language, of one film.
        voice: its name.
        session: where the work is done.
        everything: say all cues anew, whatever is there.

    Returns:
        What became of each language, those that the voice does not speak included, and the report of the work.

    Raises:
        ExplainerError: the voice speaks none of the languages, is missing or fails; or an earlier take was changed.
    """
    left = _not_spoken(requests, voice)
    if len(left) == len(requests):
        raise ExplainerError(next(iter(left.values())).why, f"voice {voice}", "name another --lang or --voice")
    spoken = [request for request in requests if request.language_tag not in left]
    plans = [_plan(request, voice, session, everything) for request in spoken]
    for plan in plans:
        check_writable(plan.folder)
    report = BuildReport()
    tasks = tuple(task for plan in plans for task in plan.speech.values())
    folders = run(session, tasks, tasks, report)
    files: dict[Path, Content] = {}
    with tempfile.TemporaryDirectory(prefix="takes-") as name:
        for plan in plans:
            files |= _files(plan, folders, Path(name) / plan.tag)
        publish(files)
    for path in (path for plan in plans for path in plan.dropped):
        path.unlink(missing_ok=True)
    made = {plan.tag: _kept(plan) for plan in plans}
    return tuple((made | left)[request.language_tag] for request in requests), report


def _not_spoken(requests: Sequence[Request], voice: str) -> dict[str, Kept]:
    languages = [request.film.language(request.language_tag) for request in requests]
    return {
        language.tag: Kept(language.tag, why=f"it does not speak {language.english_name}")
        for language in languages
        if not table.speaks(voice, language)
    }


def _plan(request: Request, voice: str, session: Session, everything: bool) -> _Plan:
    narration, folder = words(request, known_of(request.film, session)), request.film.takes(request.language_tag)
    asked = utterances(narration, voice)
    who = table.provenance(voice, next(iter(asked.values())))
    earlier = None if everything else kept.read(folder)
    standing: dict[str, kept.Take] = {}
    if earlier and dict(earlier.voice) == who:
        stale = kept.stale(earlier, asked)
        standing = {cue_id: earlier.takes[cue_id] for cue_id in asked if cue_id not in stale}
    for cue_id, take in standing.items():
        kept.check(folder, cue_id, take)
    tasks, _ = speech_tasks(replace(request, voicing=Voicing(voice)), narration, session.context)
    speech = {cue_id: task for cue_id, task in tasks.items() if cue_id not in standing}
    dropped = tuple(
        kept.path_of(folder, cue_id) for cue_id in (earlier.takes if earlier else ()) if cue_id not in asked
    )
    return _Plan(request.language_tag, folder, narration, who, standing, speech, dropped)


def _files(plan: _Plan, clips: Mapping[str, Path], room: Path) -> dict[Path, Content]:
    """The files of a language, coded in a room of their own, by the paths where they belong."""
    room.mkdir()
    said = {cue_id: _take(plan, cue_id, clips[task.key], room) for cue_id, task in plan.speech.items()}
    takes = {cue.id: said.get(cue.id) or plan.standing[cue.id] for cue in plan.narration.cues}
    content = kept.Table(plan.folder.parent.name, plan.tag, plan.voice, takes)
    files: dict[Path, Content] = {kept.path_of(plan.folder, cue_id): kept.path_of(room, cue_id) for cue_id in said}
    return {**files, plan.folder / kept.TABLE: kept.text(content)}


def _take(plan: _Plan, cue_id: str, clip: Path, room: Path) -> kept.Take:
    """Level and code a clip."""
    samples = sound.resampled(np.load(clip / speak_jobs.CLIP, allow_pickle=False), speak_jobs.rate_hz(clip))
    path = kept.path_of(room, cue_id)
    write_levelled(path, samples, f"{plan.tag} {cue_id}")
    spoken, asked = speak_jobs.spoken_time(clip), utterances(plan.narration, plan.voice["name"])[cue_id]
    duration_s = len(samples) / RATE_HZ
    return kept.Take(asked.text, asked.offsets, spoken.marks_s, spoken.splits_s, duration_s, kept.sha256(path))


def write_levelled(path: Path, samples: Samples, name: str) -> None:
    """Code a clip at the loudness of films, as a decoder plays it, so that no cue stands out from the others.

    Args:
        path: the file to write.
        samples: mono, at 48 kHz.
        name: for errors.

    Raises:
        ExplainerError: it cannot be made as loud without its peaks rising too high.
    """
    even = sound.mastered(repeated(samples), CEILING_DBTP)[: len(samples)]
    for _ in range(ROUNDS):
        opus.write(path, even)
        heard = loudness(repeated(opus.read(path)[: len(samples)]))
        short_lu = sound.TARGET_LUFS - heard.integrated_lufs
        if abs(short_lu) <= LOUDNESS_TOLERANCE_LU and heard.true_peak_dbtp <= sound.TRUE_PEAK_DBTP:
            return
        even = even * np.float32(10 ** (short_lu / 20))
    problem = f"{-short_lu:+.1f} LU from the other cues, with peaks at {heard.true_peak_dbtp:.1f} dBTP"
    raise ExplainerError(problem, name, "the voice is too uneven to level; use another --voice")


def repeated(samples: Samples) -> Samples:
    """A clip as often as a loudness meter needs to hear it."""
    return np.tile(samples, -(-RATE_HZ // max(len(samples), 1)))


def _kept(plan: _Plan) -> Kept:
    takes = kept.read(plan.folder)
    assert takes is not None  # just published
    speech_s = sum(take.duration_s for take in takes.takes.values())
    size_bytes = sum(kept.path_of(plan.folder, cue_id).stat().st_size for cue_id in takes.takes)
    return Kept(plan.tag, tuple(plan.speech), tuple(plan.standing), speech_s, size_bytes)
