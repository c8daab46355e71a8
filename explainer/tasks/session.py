"""Session: where a build happens; `run` has results in its store, `BuildReport` tells what was done for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from explainer.tasks.context import BuildContext
from explainer.tasks.graph import Task, needed
from explainer.tasks.progress import Progress
from explainer.tasks.store import Store, find


class Executor(Protocol):
    """Runs tasks somewhere; see `explainer.tasks.local`."""

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Have the tasks' results in the store, each task after those it builds on."""


@dataclass(frozen=True)
class Session:
    """What a build relies on: the context that decides results, their store, who works and who watches."""

    context: BuildContext
    store: Store
    executor: Executor
    progress: Progress


@dataclass(frozen=True)
class BuildReport:
    """What a build did: label of each task by its key, made anew or found in the store."""

    made: dict[str, str] = field(default_factory=dict)
    reused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Output:
    """A finished file, and how long it plays, if it does."""

    path: Path
    duration_s: float | None = None


def run(session: Session, tasks: tuple[Task, ...], wanted: tuple[Task, ...], report: BuildReport) -> dict[str, Path]:
    """Have the wanted tasks' results in the store; returns their folders by task key."""
    found: dict[str, Path | None] = {}

    def have(key: str) -> bool:
        if key not in found:
            found[key] = find(session.store, key)
        return found[key] is not None

    missing = needed(tasks, tuple(item.key for item in wanted), have)
    if missing:
        session.executor.run(missing, session.store, session.progress)
    report.made.update({item.key: item.label for item in missing})
    report.reused.update({item.key: item.label for item in tasks if item.key not in report.made})
    return {item.key: session.store.path(item.key) for item in wanted}
