"""Runs what is not made yet, and puts finished films into the output folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from narration.timeline import Timeline, plan
from pipeline import plan as planning
from pipeline import sidecars, work
from pipeline.graph import Task, needed
from pipeline.plan import Ground, Version
from pipeline.progress import Progress
from pipeline.publish import Content, beside, check_writable, publish
from pipeline.request import Request
from pipeline.store import Store, find

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


def timed(request: Request, site: Site, account: Account) -> tuple[Version, Mapping[str, Task]]:
    """The version with its timeline, planned from its own speech, and the tasks of that speech by cue."""
    narration = planning.words(request)
    speech, warnings = planning.speech_tasks(narration, request.voicing, site.ground)
    for warning in warnings:
        site.store.warn(warning)
    folders = run(site, tuple(speech.values()), tuple(speech.values()), account)
    durations = {cue_id: _duration(folders[item.key]) for cue_id, item in speech.items()}
    master = planning.chosen(plan(narration, durations), request.segments)
    told = planning.narrowed(narration, request.segments)
    return Version(request, told, master, master.resampled(request.quality.fps)), speech


def _duration(folder: Path) -> tuple[float, dict[str, float]]:
    facts = json.loads((folder / work.CLIP_FACTS).read_text(encoding="utf-8"))
    return facts["duration_s"], facts["marks_s"]


def film(request: Request, out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """Build a film with all that goes beside it; returns the files and the account of the build."""
    folder = out / request.language_tag
    check_writable(folder)
    account = Account()
    version, speech = timed(request, site, account)
    parts = planning.picture_tasks(version, site.ground)
    picture = planning.picture_task(version, parts, site.ground)
    sound = planning.sound_task(version, speech, site.ground)
    poster, poster_name = planning.poster_task(version, site.ground)
    finished = planning.film_task(picture, sound, sidecars.labels(version), site.ground)
    upstream = (*speech.values(), *parts.values(), picture, sound, poster, finished)
    folders = run(site, upstream, (finished, poster), account)
    stem = folder / request.stem
    files: dict[Path, Content] = {
        beside(stem, ".mp4"): folders[finished.key] / work.FILM,
        beside(stem, ".png"): folders[poster.key] / poster_name,
        **sidecars.files(version, stem, site.ground),
    }
    publish(files)
    return made(files, version.timeline), account


def made(files: Mapping[Path, object], timeline: Timeline) -> tuple[Made, ...]:
    """The files, with the film's length for those that play."""
    return tuple(Made(path, timeline.duration_s if path.suffix in PLAYED else None) for path in files)
