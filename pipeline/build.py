"""Runs what is not made yet, and puts finished films into the output folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from narration.localize import Narration
from narration.quantities import Fact
from narration.timeline import Timeline, plan
from pipeline import plan as planning
from pipeline import sidecars, work
from pipeline.graph import Task, needed
from pipeline.local import perform
from pipeline.plan import Ground, Version
from pipeline.progress import Progress
from pipeline.publish import Content, beside, check_writable, publish
from pipeline.request import Request
from pipeline.store import Store, find
from pipeline.tongues import check_apart, folder_of

PLAYED = (".mp4", ".gif")


class Executor(Protocol):
    """Runs tasks somewhere; see `pipeline.local`."""

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Have the tasks' results in the store, each task after those it builds on."""


@dataclass(frozen=True)
class Site:
    """Where a build happens: the ground it stands on, its store, who works and who watches."""

    ground: Ground
    store: Store
    executor: Executor
    progress: Progress


@dataclass(frozen=True)
class Account:
    """What a build did: label of each task by its key, made anew or found in the store."""

    made: dict[str, str] = field(default_factory=dict)
    reused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """A finished file."""

    path: Path
    duration_s: float | None = None


def run(site: Site, tasks: tuple[Task, ...], wanted: tuple[Task, ...], account: Account) -> dict[str, Path]:
    """Have the wanted tasks' results in the store; returns their folders by task key."""
    found: dict[str, Path | None] = {}

    def have(key: str) -> bool:
        if key not in found:
            found[key] = find(site.store, key)
        return found[key] is not None

    missing = needed(tasks, tuple(item.key for item in wanted), have)
    if missing:
        site.executor.run(missing, site.store, site.progress)
    account.made.update({item.key: item.label for item in missing})
    others = {item.key: item.label for item in tasks if item.key not in account.made}
    account.reused.update(others)
    return {item.key: site.store.path(item.key) for item in wanted}


def known_facts(site: Site) -> Mapping[str, Fact]:
    """The facts, from the store or called anew. In this process: the words come first, and a worker takes longer."""
    item = planning.facts_task(site.ground)
    folder = find(site.store, item.key)
    if folder is None:
        perform(item, site.store.folder, lambda steps: None)
        folder = site.store.path(item.key)
    return work.read_facts(folder)


@dataclass(frozen=True)
class Voiced:
    """A version with its timeline, planned from its own speech, and the tasks of that speech by cue."""

    version: Version
    speech: Mapping[str, Task]


def timed(requests: Sequence[Request], site: Site, account: Account) -> tuple[Voiced, ...]:
    """Read the words, have them spoken and plan the timeline of each version; no language waits for another's voice.

    Raises:
        PipelineError, NarrationError: on words or voices that do not hold, or a film that does not fit its minute.
    """
    told, tasks = [], []
    facts = known_facts(site)
    for request in requests:
        narration = planning.words(request, facts)
        speech, warnings = planning.speech_tasks(narration, request.voicing, site.ground)
        for warning in (planning.untranslated(narration), *warnings):
            if warning:
                site.store.warn(warning)
        told.append((request, narration, speech))
        tasks += list(speech.values())
    folders = run(site, tuple(tasks), tuple(tasks), account)
    return tuple(_planned(request, narration, speech, folders) for request, narration, speech in told)


def _planned(request: Request, narration: Narration, speech: Mapping[str, Task], folders: Mapping[str, Path]) -> Voiced:
    durations = {cue_id: spoken_time(folders[item.key]) for cue_id, item in speech.items()}
    master = planning.chosen(plan(narration, durations), request.segments)
    told = planning.narrowed(narration, request.segments)
    return Voiced(Version(request, told, master, master.resampled(request.quality.fps)), speech)


def spoken_time(folder: Path) -> tuple[float, dict[str, float]]:
    """Seconds of a clip in the store and of its marks."""
    facts = json.loads((folder / work.CLIP_FACTS).read_text(encoding="utf-8"))
    return facts["duration_s"], facts["marks_s"]


@dataclass(frozen=True)
class FilmTasks:
    """The tasks that end in a film and its poster."""

    film: Task
    poster: Task
    poster_name: str
    upstream: tuple[Task, ...]


def film_tasks(voiced: Voiced, ground: Ground) -> FilmTasks:
    """All that is to be done for a film."""
    version, speech = voiced.version, voiced.speech
    parts = planning.picture_tasks(version, ground)
    picture = planning.picture_task(version, parts, ground)
    sound = planning.sound_task(version, speech, ground)
    poster, name = planning.poster_task(version, ground)
    finished = planning.film_task(picture, (sound,), sidecars.labels(version), work.FILM, ground)
    return FilmTasks(finished, poster, name, (*speech.values(), *parts, picture, sound, poster, finished))


def films(requests: Sequence[Request], out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """Build a film a request with all that goes beside it; returns the files and the account of the build.

    All languages are one graph, and nothing is put into the output folder before all of it is made.
    """
    tags = tuple(request.language_tag for request in requests)
    check_apart(out, tags)
    for tag in tags:
        check_writable(folder_of(out, tag))
    account = Account()
    voiced = timed(requests, site, account)
    tasks = tuple(film_tasks(each, site.ground) for each in voiced)
    wanted = tuple(task for each in tasks for task in (each.film, each.poster))
    folders = run(site, tuple(task for each in tasks for task in each.upstream), wanted, account)
    files: dict[Path, Content] = {}
    finished: list[Made] = []
    for each, todo in zip(voiced, tasks, strict=True):
        stem = folder_of(out, each.version.request.language_tag) / each.version.request.stem
        own: dict[Path, Content] = {
            beside(stem, ".mp4"): folders[todo.film.key] / work.FILM,
            beside(stem, ".png"): folders[todo.poster.key] / todo.poster_name,
            **sidecars.files(each.version, stem, site.ground),
        }
        finished += made(own, each.version.timeline)
        files |= own
    publish(files)
    return tuple(finished), account


def film(request: Request, out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """Build one film; see `films`."""
    return films((request,), out, site)


def made(files: Mapping[Path, object], timeline: Timeline) -> tuple[Made, ...]:
    """The files, with the film's length for those that play."""
    return tuple(Made(path, timeline.duration_s if path.suffix in PLAYED else None) for path in files)
