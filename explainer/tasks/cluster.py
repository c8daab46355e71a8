"""Runs a graph on the workers of a dask.distributed scheduler, which share no files with this machine or each other.

Tasks are Dask's futures: its scheduler sends each, with the results it builds on, to a free worker, longest first, and
gives what a lost worker was at to another. A result travels as bytes, is checked, and is put into this machine's store.
A worker is asked what it is before it is given anything: only one whose code, tools and fonts are those of this machine
gets the resource that tasks ask for, and it has one of it, so that it does one task at a time (Manim's settings belong
to the process). Tasks that only move bytes, and those that read files of this machine, are done here.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from distributed import Client, Security, Worker, get_worker
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from distributed.utils import format_dashboard_link

from explainer.errors import ExplainerError
from explainer.tasks.artifact_transfer import Artifact, pack, unpack
from explainer.tasks.digest import digest
from explainer.tasks.graph import Task, in_order
from explainer.tasks.local import local_executor, perform
from explainer.tasks.progress import Progress
from explainer.tasks.store import Store, building

ENCRYPTED = "tls://"
PROTOCOLS = ("tcp://", ENCRYPTED)
CONNECT_S = 5.0
PATIENCE_S = 15.0  # without a worker; one that died is started again within a few seconds
LOOK_S = 1.0  # from one look at who is there to the next
NAMED_AT_MOST = 5
ABSENT = "absent"
HASH_LENGTH = len(digest(None))
GONE = (CommClosedError, TimeoutError, ConnectionError)


Describe = Callable[[], Mapping[str, str]]


@dataclass(frozen=True)
class Delivery:
    """What a worker hands back: the result, and the warnings there were."""

    artifact: Artifact
    warnings: tuple[str, ...] = ()


def deliver(task: Task, inputs: Mapping[str, Delivery]) -> Delivery:
    """Do a task on a worker, in a folder that is gone afterwards; `inputs` are by key."""
    with tempfile.TemporaryDirectory(prefix="task-", dir=get_worker().local_directory) as name:
        warnings: list[str] = []
        store = Store(Path(name), warnings.append)
        for key, delivery in inputs.items():
            with building(store, key) as folder:
                unpack(delivery.artifact, folder)
        warnings += perform(task, store.folder, lambda steps: None)
        return Delivery(pack(store.path(task.key)), tuple(warnings))


async def enlist(wanted: Mapping[str, str], describe: Describe, resource: str, dask_worker: Worker) -> str:
    """On a worker: take part if it is like the machine that asks; else say in what it differs."""
    unlike = differences(wanted, describe())
    if not unlike:
        await dask_worker.set_resources(**{resource: 1})
    return unlike


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What differs, by name, in words for a person; nothing if all is alike."""
    told = []
    for name in sorted({*here, *there}):
        mine, other = here.get(name, ABSENT), there.get(name, ABSENT)
        if mine != other:
            told.append(name if HASH_LENGTH in (len(mine), len(other)) else f"{name} ({other}, here {mine})")
    more = f" and {len(told) - NAMED_AT_MOST} more" if len(told) > NAMED_AT_MOST else ""
    return ", ".join(told[:NAMED_AT_MOST]) + more


def reads_files(value: object) -> bool:
    """Whether a job names a file of this machine, so that it has to be done here."""
    if isinstance(value, Path):
        return True
    if is_dataclass(value):
        return any(reads_files(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, Mapping):
        return any(reads_files(each) for each in value.values())
    return isinstance(value, tuple | list) and any(reads_files(each) for each in value)


@dataclass(frozen=True)
class Parts:
    """Tasks by where they are done: here first, away, and here again with what has come back."""

    first: tuple[Task, ...]
    away: tuple[Task, ...]
    last: tuple[Task, ...]


def parted(tasks: tuple[Task, ...]) -> Parts:
    """Part tasks: those that read this machine's files, with all they build on, come first.

    Those that are to be done where their results end up, with all that builds on them, come last.
    """
    ordered = in_order(tasks)
    first: set[str] = set()
    for task in reversed(ordered):
        if task.key in first or reads_files(task.job):
            first |= {task.key, *task.inputs.values()}
    last: set[str] = set()
    for task in ordered:
        if task.key not in first and (task.on_client or last.intersection(task.inputs.values())):
            last.add(task.key)
    return Parts(
        tuple(task for task in ordered if task.key in first),
        tuple(task for task in ordered if task.key not in first | last),
        tuple(task for task in ordered if task.key in last),
    )


@dataclass
class WorkerPool:
    """Workers by address: those that take part, and what is wrong with the others."""

    enlisted: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    seen_at_s: float = 0.0


@dataclass(frozen=True)
class ClusterExecutor:
    """A connection to a scheduler; `jobs` processes here do what cannot travel.

    Args:
        address: of the scheduler.
        client: the connection.
        runner: its event loop.
        jobs: processes on this machine.
        describe: gives what must be alike on all machines, by name.
        tell: is told, in a line each, of workers that are refused.
        patience_s: how long to wait for a worker when there is none.
        pool: who takes part.
    """

    address: str
    client: Any
    runner: asyncio.Runner
    jobs: int
    describe: Describe
    tell: Callable[[str], None]
    patience_s: float
    pool: WorkerPool

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Run the tasks, each after those it builds on; results go to the store. Raises the first failure."""
        parts = parted(tasks)
        self._run_here(parts.first, store, progress)
        if parts.away:
            try:
                self.runner.run(self._run_away(parts.away, store, progress))
            except GONE:
                remedy = "finished parts are kept: start it again and run again"
                raise ExplainerError("the scheduler is gone", self.address, remedy) from None
        self._run_here(parts.last, store, progress)

    def _run_here(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        if tasks:
            with local_executor(self.jobs) as executor:
                executor.run(tasks, store, progress)

    async def _run_away(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        wanted = dict(self.describe())
        resource = f"explainer {digest(wanted)[:12]}"
        futures: dict[str, Any] = {}
        looking = asyncio.create_task(self._look_for_workers(wanted, resource))
        waiting: set[asyncio.Task[None]] = {looking}
        try:
            for task in tasks:
                inputs = {key: futures.get(key) or await self._sent(key, store) for key in task.inputs.values()}
                futures[task.key] = self.client.submit(
                    deliver,
                    task,
                    inputs,
                    key=f"{task.label.replace(' ', '_')}-{task.key[:12]}-{time.monotonic_ns():x}",
                    priority=task.cost,
                    resources={resource: 1},
                    pure=False,
                )
                progress.start(task)
            waiting |= {asyncio.create_task(self._collect(task, futures[task.key], store, progress)) for task in tasks}
            while waiting != {looking}:
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for each in done:
                    each.result()
        finally:
            for each in waiting:
                each.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            for future in futures.values():
                future.release()

    async def _sent(self, key: str, store: Store) -> Any:
        artifact = await asyncio.to_thread(pack, store.path(key))
        return await self.client.scatter(Delivery(artifact), hash=False) if self.pool.enlisted else Delivery(artifact)

    async def _collect(self, task: Task, future: Any, store: Store, progress: Progress) -> None:
        try:
            delivery: Delivery = await future.result()
        except KilledWorker as error:
            remedy = "look at the workers' memory and logs; finished parts are kept, run again"
            what = f"several workers were lost at it, the last at {error.last_worker.address}"
            raise ExplainerError(what, task.label, remedy) from None
        except CancelledError:
            raise ConnectionError("the scheduler forgot the task") from None
        await asyncio.to_thread(_keep, task, delivery, store)
        for line in delivery.warnings:
            store.warn(line)
        progress.done(task)

    async def _look_for_workers(self, wanted: Mapping[str, str], resource: str) -> None:
        """See who is there, ask newcomers what they are, and complain if nobody is."""
        pool = self.pool
        pool.enlisted.clear()
        pool.seen_at_s = time.monotonic()
        while True:
            workers = (await self.client.scheduler.identity(n_workers=-1))["workers"]
            there = {address for address, facts in workers.items() if facts["status"] == "running"}
            pool.enlisted &= there
            for address in pool.refused.keys() - workers.keys():
                del pool.refused[address]
            newcomers = sorted(there - pool.enlisted - pool.refused.keys())
            if newcomers:
                asked = (wanted, self.describe, resource)
                answers = await self.client.run(enlist, *asked, workers=newcomers, on_error="return")
                for address, answer in answers.items():
                    self._hear(address, answer)
            if pool.enlisted:
                pool.seen_at_s = time.monotonic()
            elif time.monotonic() - pool.seen_at_s > self.patience_s:
                refused = pool.refused.keys() & workers.keys()
                what = f"none of its {len(refused)} workers can be used" if refused else "it has no worker"
                raise ExplainerError(what, self.address, f"start some: explainer worker {self.address}")
            await asyncio.sleep(LOOK_S)

    def _hear(self, address: str, answer: object) -> None:
        """Note what a worker says of itself; one that is gone again says nothing."""
        if answer == "":
            self.pool.enlisted.add(address)
        elif not isinstance(answer, OSError):
            why = f"the project does not run there ({answer})"
            if isinstance(answer, str):
                why = f"its versions differ: {answer}; install what is here and start it again"
            self.pool.refused[address] = why
            self.tell(f"warning: {address}: this worker is not used: {why}")


@contextmanager
def cluster_executor(
    address: str, jobs: int, describe: Describe, tell: Callable[[str], None], patience_s: float = PATIENCE_S
) -> Iterator[ClusterExecutor]:
    """A connection to a scheduler for the length of a `with` block.

    Args:
        address: ``tcp://host:8786``, or ``tls://`` with dask's own settings for certificates.
        jobs: processes on this machine for tasks that read its files.
        describe: gives what must be alike on all machines, by name; it runs on workers too.
        tell: is told, in a line each, where the dashboard is and which workers are refused.
        patience_s: how long to wait for a worker when there is none.
    """
    if not address.startswith(PROTOCOLS):
        raise ExplainerError("not the address of a scheduler", repr(address), "write it as tcp://host:8786")
    if address.startswith(ENCRYPTED):
        _check_certificate(address)
    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # what matters is said here, in a line
    with asyncio.Runner() as runner:
        client = runner.run(_connected(address))
        try:
            tell(runner.run(_greeting(client, address)))
            yield ClusterExecutor(address, client, runner, jobs, describe, tell, patience_s, WorkerPool())
        finally:
            runner.run(client.close())
            logger.setLevel(level)


def _check_certificate(address: str) -> None:
    remedy = "name them as docs/scale.md tells"
    try:
        context = Security().get_connection_args("client").get("ssl_context")
    except OSError as error:
        raise ExplainerError(f"the certificates for it cannot be used ({error})", address, remedy) from None
    if context is None:
        raise ExplainerError("it wants certificates", address, remedy)


async def _connected(address: str) -> Any:
    client: Any = None
    try:
        client = Client(address, asynchronous=True, set_as_default=False, timeout=CONNECT_S)
        return await client
    except (OSError, ValueError) as error:
        if client is not None:
            await client.close()
        what = "no scheduler answers" if isinstance(error, OSError) else f"not an address ({error})"
        raise ExplainerError(what, address, "start one with 'dask scheduler', or correct the address") from None


async def _greeting(client: Any, address: str) -> str:
    facts = await client.scheduler.identity(n_workers=0)
    workers = f"{address}: {facts['n_workers']} worker{'' if facts['n_workers'] == 1 else 's'}"
    port = facts["services"].get("dashboard")
    if port is None:
        return f"{workers}, no dashboard"
    host = address.partition("://")[2].rpartition(":")[0]
    return f"{workers}, dashboard at {format_dashboard_link(host, port)}"


def _keep(task: Task, delivery: Delivery, store: Store) -> None:
    with building(store, task.key) as folder:
        unpack(delivery.artifact, folder)
