"""Runs tasks in the test's own process, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from explainer.tasks.graph import Task
from explainer.tasks.local import perform
from explainer.tasks.progress import Progress
from explainer.tasks.store import Store


@dataclass(frozen=True)
class Serial:
    """Runs tasks here and remembers their labels."""

    ran: list[str] = field(default_factory=list)

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        for task in tasks:
            for line in perform(task, store.folder, lambda steps: None):
                store.warn(line)
            self.ran.append(task.label)
