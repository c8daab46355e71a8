"""Runs tasks in forks of this process, each of which has what is loaded here and ends with its task."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from graphlib import TopologicalSorter
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.preview.telling import failure
from explainer.tasks.graph import Task
from explainer.tasks.local import perform
from explainer.tasks.progress import Progress
from explainer.tasks.store import Store

__all__ = ["Forks"]


@dataclass(frozen=True)
class Forks:
    """An executor. `jobs` tasks are done at once, a single one in this process; `root` is the film's folder."""

    jobs: int
    root: Path

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Have the tasks' results in the store, each task after those it builds on. Raises the first failure."""
        if len(tasks) == 1:
            for line in perform(tasks[0], store.folder, _unheard):
                store.warn(line)
            return
        by_key = {task.key: task for task in tasks}
        sorter = TopologicalSorter({task.key: set(task.inputs.values()) & by_key.keys() for task in tasks})
        sorter.prepare()
        ready: list[Task] = []
        running: dict[Connection, tuple[BaseProcess, Task]] = {}
        try:
            while sorter.is_active():
                ready += [by_key[key] for key in sorter.get_ready()]
                ready.sort(key=lambda task: task.cost)
                while ready and len(running) < self.jobs:
                    process, told = self._forked(task := ready.pop(), store)
                    running[told] = process, task
                done = wait(list(running))
                for told in [each for each in running if each in done]:
                    process, task = running.pop(told)
                    _finish(process, told, task)
                    sorter.done(task.key)
        finally:
            for process, _ in running.values():
                process.kill()

    def _forked(self, task: Task, store: Store) -> tuple[BaseProcess, Connection]:
        context = multiprocessing.get_context("fork")
        told, tells = context.Pipe(duplex=False)
        process = context.Process(target=_perform, args=(task, store.folder, self.root, tells))
        process.start()
        tells.close()
        return process, told


def _unheard(steps: int) -> None:
    """Steps are not told of."""


def _finish(process: BaseProcess, told: Connection, task: Task) -> None:
    try:
        wrong: ExplainerError | None = told.recv()
    except EOFError:
        wrong = ExplainerError("the process that worked on it died", task.label, "change something, or start again")
    process.join()
    if wrong is not None:
        raise wrong


def _perform(task: Task, store_folder: Path, root: Path, tells: Connection) -> None:
    try:
        perform(task, store_folder, _unheard)
    except Exception as error:  # whatever a film's code may raise
        tells.send(failure(error, root))
    else:
        tells.send(None)
