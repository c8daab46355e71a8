"""Runs a graph on the workers of a dask.distributed scheduler, which share no files with this machine or each other.

A task goes to a worker together with the results it builds on, as bytes; its own result comes back as bytes, is checked
and put into this machine's store. A worker does one task at a time (Manim's settings belong to the process). What a
lost worker was at is given to another; a worker that is not alike (see `likeness`) is given nothing. Tasks that only
move bytes, and those that read files of this machine, are done here.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from graphlib import TopologicalSorter
from itertools import count
from pathlib import Path
from typing import Any

from distributed import Client, Security, get_worker
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from distributed.utils import format_dashboard_link

from pipeline.errors import PipelineError
from pipeline.graph import Task
from pipeline.likeness import differences, likeness
from pipeline.local import local_executor, perform
from pipeline.parcel import Parcel, pack, unpack
from pipeline.progress import Progress
from pipeline.store import Store, building

ENCRYPTED = "tls://"
PROTOCOLS = ("tcp://", ENCRYPTED)
CONNECT_S = 5.0
PATIENCE_S = 15.0  # without a worker; one that died is started again within a few seconds
LOOK_S = 1.0  # from one look at who is there to the next
ATTEMPTS = 3
OPTIONS = "--nthreads 1"
HERE = "here"  # beside the workers' addresses


@dataclass(frozen=True)
class Delivery:
    """What a worker hands back: the result, and the warnings there were."""

    parcel: Parcel
    warnings: tuple[str, ...]


def deliver(task: Task, inputs: Mapping[str, Parcel]) -> Delivery:
    """Do a task on a worker, in a folder that is gone afterwards; `inputs` are by key."""
    with tempfile.TemporaryDirectory(prefix="task-", dir=get_worker().local_directory) as name:
        warnings: list[str] = []
        store = Store(Path(name), warnings.append)
        for key, parcel in inputs.items():
            with building(store, key) as folder:
                unpack(parcel, folder)
        warnings += perform(task, store.folder, lambda steps: None)
        return Delivery(pack(store.path(task.key)), tuple(warnings))


def reads_files(value: object) -> bool:
    """Whether a job names a file of this machine, so that it has to be done here."""
    if isinstance(value, Path):
        return True
    if is_dataclass(value):
        return any(reads_files(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, Mapping):
        return any(reads_files(each) for each in value.values())
    return isinstance(value, tuple | list) and any(reads_files(each) for each in value)


def parted(tasks: tuple[Task, ...]) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Tasks to be done here, with all that they build on; and the others."""
    by_key = {task.key: task for task in tasks}
    todo = [task.key for task in tasks if reads_files(task.job)]
    here: set[str] = set()
    while todo:
        key = todo.pop()
        if key in by_key and key not in here:
            here.add(key)
            todo.extend(by_key[key].inputs.values())
    return tuple(t for t in tasks if t.key in here), tuple(t for t in tasks if t.key not in here)


@dataclass
class Crew:
    """Workers by address: those that may be used, and what is wrong with the others."""

    alike: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    seen_at_s: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class ClusterExecutor:
    """A connection to a scheduler; `jobs` processes here do what cannot travel."""

    address: str
    client: Any
    runner: asyncio.Runner
    jobs: int
    tell: Callable[[str], None]
    crew: Crew
    patience_s: float

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Run the tasks, each after those it builds on; results go to the store. Raises the first failure."""
        here, away = parted(tasks)
        if here:
            with local_executor(self.jobs) as executor:
                executor.run(here, store, progress)
        if away:
            try:
                self.runner.run(self._run(away, store, progress))
            except OSError as error:
                if not isinstance(error, CommClosedError | TimeoutError | ConnectionError):
                    raise
                remedy = "finished parts are kept: start it again and run again"
                raise PipelineError("the scheduler is gone", self.address, remedy) from None

    async def _run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        by_key = {task.key: task for task in tasks}
        sorter = TopologicalSorter({t.key: set(t.inputs.values()) & by_key.keys() for t in tasks})
        sorter.prepare()
        ready: list[tuple[float, int, str]] = []
        near: list[Task] = []
        numbers = count()
        losses: Counter[str] = Counter()
        running: dict[asyncio.Task[tuple[str, ...]], tuple[Task, str]] = {}
        self.crew.seen_at_s, looked_at_s = time.monotonic(), -LOOK_S
        try:
            while sorter.is_active():
                for key in sorter.get_ready():
                    if by_key[key].near:
                        near.append(by_key[key])
                    else:
                        heapq.heappush(ready, (-by_key[key].cost, next(numbers), key))
                if time.monotonic() - looked_at_s >= LOOK_S:
                    await self._look()
                    looked_at_s = time.monotonic()
                    for attempt, (_, worker) in running.items():
                        if worker not in self.crew.alike | {HERE}:
                            attempt.cancel()
                while near and sum(1 for _, worker in running.values() if worker == HERE) < self.jobs:
                    task = near.pop()
                    progress.start(task)
                    running[asyncio.create_task(_near(task, store))] = (task, HERE)
                for worker in sorted(self.crew.alike - {worker for _, worker in running.values()}):
                    if ready:
                        task = by_key[heapq.heappop(ready)[2]]
                        if not losses[task.key]:
                            progress.start(task)
                        running[asyncio.create_task(self._attempt(task, worker, store))] = (task, worker)
                if not running:
                    await asyncio.sleep(LOOK_S / 4)
                    continue
                done, _ = await asyncio.wait(running, timeout=LOOK_S, return_when=asyncio.FIRST_COMPLETED)
                for attempt in done:
                    task, worker = running.pop(attempt)
                    warnings = _outcome(attempt)
                    if warnings is None:
                        self.crew.alike.discard(worker)
                        losses[task.key] += 1
                        _check_losses(task, losses[task.key])
                        heapq.heappush(ready, (-task.cost, next(numbers), task.key))
                        continue
                    for line in warnings:
                        store.warn(line)
                    progress.done(task)
                    sorter.done(task.key)
        finally:
            for attempt in running:
                attempt.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _attempt(self, task: Task, worker: str, store: Store) -> tuple[str, ...]:
        sent = {}
        for key in task.inputs.values():
            parcel = await asyncio.to_thread(pack, store.path(key))
            sent[key] = await self.client.scatter(parcel, workers=[worker], hash=False)
        name = f"{task.label.replace(' ', '_')}-{task.key[:12]}-{time.monotonic_ns():x}"
        future = self.client.submit(deliver, task, sent, workers=[worker], key=name, pure=False)
        delivery: Delivery = await future.result()
        await asyncio.to_thread(_keep, task, delivery, store)
        return delivery.warnings

    async def _look(self) -> None:
        """See who is there, ask newcomers what they are, and complain if nobody is."""
        workers = (await self.client.scheduler.identity(n_workers=-1))["workers"]
        known = self.crew.alike | self.crew.refused.keys()
        newcomers = [address for address, facts in workers.items() if facts["status"] == "running"]
        newcomers = [address for address in newcomers if address not in known]
        self.crew.alike &= workers.keys()
        for address in self.crew.refused.keys() - workers.keys():
            del self.crew.refused[address]
        if newcomers:
            answers = await self.client.run(likeness, workers=newcomers, on_error="return")
            for address, answer in answers.items():
                why = _unlike(answer)
                if why is None:
                    continue
                if why:
                    self.crew.refused[address] = why
                    self.tell(f"warning: {address}: this worker is not used: {why}")
                else:
                    self.crew.alike.add(address)
        if self.crew.alike:
            self.crew.seen_at_s = time.monotonic()
        elif time.monotonic() - self.crew.seen_at_s > self.patience_s:
            refused = self.crew.refused.keys() & workers.keys()
            what = f"none of its {len(refused)} workers can be used" if refused else "it has no worker"
            raise PipelineError(what, self.address, f"start some: dask worker {self.address} {OPTIONS}")


async def _near(task: Task, store: Store) -> tuple[str, ...]:
    return tuple(await asyncio.to_thread(perform, task, store.folder, lambda steps: None))


@contextmanager
def cluster_executor(
    address: str, jobs: int, tell: Callable[[str], None], patience_s: float = PATIENCE_S
) -> Iterator[ClusterExecutor]:
    """A connection to a scheduler for the length of a `with` block.

    Args:
        address: ``tcp://host:8786``, or ``tls://`` with dask's own settings for certificates.
        jobs: processes on this machine for tasks that read its files.
        tell: is told, in a line each, where the dashboard is and which workers are refused.
        patience_s: how long to wait for a worker when there is none.
    """
    if not address.startswith(PROTOCOLS):
        raise PipelineError("not the address of a scheduler", repr(address), "write it as tcp://host:8786")
    if address.startswith(ENCRYPTED):
        _check_certificate(address)
    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # what matters is said here, in a line
    with asyncio.Runner() as runner:
        client = runner.run(_connected(address))
        try:
            tell(runner.run(_greeting(client, address)))
            yield ClusterExecutor(address, client, runner, jobs, tell, Crew(), patience_s)
        finally:
            runner.run(client.close())
            logger.setLevel(level)


def _check_certificate(address: str) -> None:
    remedy = "name them as docs/scale.md tells"
    try:
        context = Security().get_connection_args("client").get("ssl_context")
    except OSError as error:
        raise PipelineError(f"the certificates for it cannot be used ({error})", address, remedy) from None
    if context is None:
        raise PipelineError("it wants certificates", address, remedy)


async def _connected(address: str) -> Any:
    client: Any = None
    try:
        client = Client(address, asynchronous=True, set_as_default=False, timeout=CONNECT_S)
        return await client
    except (OSError, ValueError) as error:
        if client is not None:
            await client.close()
        what = "no scheduler answers" if isinstance(error, OSError) else f"not an address ({error})"
        raise PipelineError(what, address, "start one with 'dask scheduler', or correct the address") from None


async def _greeting(client: Any, address: str) -> str:
    facts = await client.scheduler.identity(n_workers=0)
    workers = f"{address}: {facts['n_workers']} worker{'' if facts['n_workers'] == 1 else 's'}"
    port = facts["services"].get("dashboard")
    if port is None:
        return f"{workers}, no dashboard"
    host = address.partition("://")[2].rpartition(":")[0]
    return f"{workers}, dashboard at {format_dashboard_link(host, port)}"


def _unlike(answer: object) -> str | None:
    """Why a worker cannot be used; empty if it can, None if it is gone again."""
    if isinstance(answer, OSError):
        return None
    if not isinstance(answer, Mapping):
        return f"the project does not run there ({answer})"
    unlike = differences(likeness(), answer)
    return f"its versions differ: {unlike}; install what is here and start it again" if unlike else ""


def _outcome(attempt: asyncio.Task[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The warnings of a task that is done, None if its worker was lost; raises what the task raised."""
    if attempt.cancelled():
        return None
    error = attempt.exception()
    if error is None:
        return attempt.result()
    if _lost(error):
        return None
    raise error


def _lost(error: BaseException) -> bool:
    return isinstance(error, CancelledError | KilledWorker | CommClosedError | TimeoutError)


def _check_losses(task: Task, losses: int) -> None:
    if losses >= ATTEMPTS:
        remedy = "look at the workers' memory and logs; finished parts are kept, run again"
        raise PipelineError(f"{losses} workers were lost at it", task.label, remedy)


def _keep(task: Task, delivery: Delivery, store: Store) -> None:
    with building(store, task.key) as folder:
        unpack(delivery.parcel, folder)
