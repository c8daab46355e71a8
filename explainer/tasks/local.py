"""Runs a graph in processes of this machine: longest task first, one task a process at a time."""

from __future__ import annotations

import heapq
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError
from explainer.tasks.graph import Task
from explainer.tasks.progress import Progress
from explainer.tasks.store import Store, building, scratch

POLL_S = 0.1
SINGLE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class StoppedError(Exception):
    """Raised inside a worker when the build is to stop."""


@dataclass(frozen=True)
class _Workers:
    """Processes with a counter each, and one flag that tells all to stop."""

    pool: ProcessPoolExecutor
    steps: Any  # ctypes array: steps done by the task in each slot
    stop: Any  # ctypes array of one


@dataclass
class LocalExecutor:
    """Worker processes, which are started with the first task. `stack` is left when they are to end."""

    jobs: int
    stack: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def workers(self) -> _Workers:
        """The processes; most builds that find all done before never have any."""
        context = multiprocessing.get_context("spawn")
        steps, stop = context.RawArray("Q", self.jobs), context.RawArray("b", 1)
        pool = ProcessPoolExecutor(self.jobs, context, _prepare_worker, (steps, stop))
        workers = _Workers(pool, steps, stop)
        self.stack.push(lambda kind, error, trace: _end(workers, kind is not None))
        return workers

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Run the tasks, each after those it builds on; results go to the store. Raises the first failure."""
        keys = {task.key for task in tasks}
        by_key = {task.key: task for task in tasks}
        sorter = TopologicalSorter({t.key: set(t.inputs.values()) & keys for t in tasks})
        sorter.prepare()
        ready: list[tuple[float, int, str]] = []
        running: dict[Future[list[str]], tuple[Task, int]] = {}
        free = list(range(self.jobs))
        workers = self.workers
        try:
            while sorter.is_active():
                for key in sorter.get_ready():
                    heapq.heappush(ready, (-by_key[key].cost, len(ready), key))
                while ready and free:
                    task, slot = by_key[heapq.heappop(ready)[2]], free.pop()
                    workers.steps[slot] = 0
                    progress.start(task)
                    with _without_interrupts():
                        future = workers.pool.submit(_perform, task, store.folder, slot)
                    running[future] = (task, slot)
                done, _ = wait(running, POLL_S, FIRST_COMPLETED)
                for task, slot in running.values():
                    progress.at(task, workers.steps[slot])
                for future in done:
                    task, slot = running.pop(future)
                    for line in _result(future, task):
                        store.warn(line)
                    progress.done(task)
                    free.append(slot)
                    sorter.done(task.key)
        except BaseException:
            workers.stop[0] = 1
            raise


@contextmanager
def local_executor(jobs: int) -> Iterator[LocalExecutor]:
    """Worker processes for the length of a `with` block; none is started before the first task."""
    executor = LocalExecutor(jobs)
    with executor.stack:
        yield executor


def _end(workers: _Workers, at_once: bool) -> None:
    if at_once:
        workers.stop[0] = 1
    workers.pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Processes started in here never hear Ctrl-C, nor do theirs: this one hears it, afterwards, and tells them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(future: Future[list[str]], task: Task) -> list[str]:
    try:
        return future.result()
    except BrokenProcessPool:
        raise ExplainerError(
            "the worker process died (out of memory, or killed)",
            task.label,
            "finished parts are kept: run again, with a smaller --jobs if memory is short",
        ) from None


# What a worker process was given when it started; a process has no other way to hand it to its tasks.
_WORKER: dict[str, Any] = {}


def _prepare_worker(steps: Any, stop: Any) -> None:
    os.environ.update(SINGLE_THREAD)
    _WORKER.update(steps=steps, stop=stop)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _perform(task: Task, store_folder: Path, slot: int) -> list[str]:
    steps, stop = _WORKER["steps"], _WORKER["stop"]

    def tick(count: int) -> None:
        steps[slot] += count
        if stop[0]:
            raise StoppedError

    with scratch(Store(store_folder, lambda line: None)) as folder:
        # Everything temporary, that of other programs too, lies where the next run finds it if this process is killed.
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder.absolute())
        return perform(task, store_folder, tick)


def perform(task: Task, store_folder: Path, tick: Callable[[int], None]) -> list[str]:
    """Do one task in this process, and give the warnings there were. Executors of every kind end here."""
    warnings: list[str] = []
    store = Store(store_folder, warnings.append)
    inputs: Mapping[str, Path] = {name: store.path(key) for name, key in task.inputs.items()}
    with building(store, task.key) as folder:
        task.work(task.job, inputs, folder, tick)
    return warnings
