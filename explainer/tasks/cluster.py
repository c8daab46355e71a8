"""Runs a graph on the workers of a dask.distributed scheduler, which share no files with this machine or each other.

A task goes to a free worker together with the results it builds on, as bytes; its own result comes back as bytes, is
checked and put into this machine's store. A worker has one task at a time: Manim's settings belong to the process, and
so it is known which task a lost worker was at, to be given to another. A worker that is not like this machine in code,
tools and fonts is given nothing. Tasks that only move bytes, and those that read files of this machine, are done here.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from distributed import Client, Security, get_worker
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from distributed.utils import format_dashboard_link

from explainer.errors import ExplainerError
from explainer.tasks.artifact_transfer import Artifact, pack, unpack
from explainer.tasks.digest import digest
from explainer.tasks.graph import Task
from explainer.tasks.local import local_executor, perform
from explainer.tasks.progress import Progress
from explainer.tasks.store import Store, building

Describe = Callable[[], Mapping[str, str]]

ENCRYPTED = "tls://"
PROTOCOLS = ("tcp://", ENCRYPTED)
CONNECT_S = 5.0
PATIENCE_S = 15.0  # without a worker; one that died is started again within a few seconds
LOOK_S = 1.0  # from one look at who is there to the next
ATTEMPTS = 3
NAMED_AT_MOST = 5
ABSENT = "absent"
HASH_LENGTH = len(digest(None))
GONE = (CommClosedError, TimeoutError, ConnectionError)
ONE_AT_A_TIME = threading.Lock()  # on a worker, whatever its threads and whoever asks


@dataclass(frozen=True)
class Delivery:
    """What a worker hands back: the result, and the warnings there were."""

    artifact: Artifact
    warnings: tuple[str, ...]


def deliver(task: Task, inputs: Mapping[str, Artifact]) -> Delivery:
    """Do a task on a worker, in a folder that is gone afterwards; `inputs` are by key."""
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="task-", dir=get_worker().local_directory) as name:
        told: list[str] = []
        store = Store(Path(name), told.append)
        for key, artifact in inputs.items():
            with building(store, key) as folder:
                unpack(artifact, folder)
        told += perform(task, store.folder, lambda steps: None)
        return Delivery(pack(store.path(task.key)), tuple(told))


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


def parted(tasks: tuple[Task, ...]) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Tasks that read files of this machine, with all that they build on; and the others."""
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
class WorkerPool:
    """Workers by address: those that take part, with what each is at; those that are refused; those that are free."""

    at_work: dict[str, Any] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    free: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def enlist(self, address: str) -> None:
        """Have a worker take part."""
        self.at_work[address] = None
        self.free.put_nowait(address)

    async def hire(self) -> str:
        """A free worker, as soon as there is one."""
        while (address := await self.free.get()) not in self.at_work:
            pass  # lost while it was free
        return address


@dataclass(frozen=True)
class ClusterExecutor:
    """A connection to a scheduler, made by `cluster_executor`, and the workers found there."""

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
        here, away = parted(tasks)
        if here:
            with local_executor(self.jobs) as executor:
                executor.run(here, store, progress)
        if away:
            try:
                self.runner.run(self._run(away, store, progress))
            except GONE:
                remedy = "finished parts are kept: start it again and run again"
                raise ExplainerError("the scheduler is gone", self.address, remedy) from None

    async def _run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Each task waits for those it builds on, then for a worker: the longest are the first to wait."""
        making: dict[str, asyncio.Task[None]] = {}
        try:
            async with asyncio.TaskGroup() as group:
                looking = group.create_task(self._look_for_workers())
                for task in sorted(tasks, key=lambda task: -task.cost):
                    making[task.key] = group.create_task(self._make(task, making, store, progress))
                await asyncio.wait(making.values())
                looking.cancel()
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _make(
        self, task: Task, making: Mapping[str, asyncio.Task[None]], store: Store, progress: Progress
    ) -> None:
        await asyncio.gather(*(making[key] for key in task.inputs.values() if key in making))
        if task.on_client:
            progress.start(task)
            told = await asyncio.to_thread(perform, task, store.folder, lambda steps: None)
        else:
            delivery = await self._delivery(task, store, progress)
            await asyncio.to_thread(_keep, task, delivery, store)
            told = list(delivery.warnings)
        for line in told:
            store.warn(line)
        progress.done(task)

    async def _delivery(self, task: Task, store: Store, progress: Progress) -> Delivery:
        """What a worker makes of a task; if it is lost, another."""
        for attempt in range(ATTEMPTS):
            worker = await self.pool.hire()
            if attempt == 0:
                progress.start(task)
            inputs = {key: await asyncio.to_thread(pack, store.path(key)) for key in task.inputs.values()}
            future = self._submit(task, inputs, worker)
            self.pool.at_work[worker] = future
            try:
                return await future  # type: ignore[no-any-return]
            except (CancelledError, KilledWorker):
                if self.client.status != "running":
                    raise ConnectionError("no scheduler") from None
            finally:
                if worker in self.pool.at_work:
                    self.pool.enlist(worker)
        remedy = "look at the workers' memory and logs; finished parts are kept, run again"
        raise ExplainerError(f"{ATTEMPTS} workers were lost at it", task.label, remedy)

    def _submit(self, task: Task, inputs: Mapping[str, Artifact], worker: str) -> Any:
        name = f"{task.label.replace(' ', '_')}-{task.key[:12]}-{time.monotonic_ns():x}"
        with warnings.catch_warnings(action="ignore"):  # that many bytes travel is meant
            return self.client.submit(deliver, task, inputs, workers=[worker], key=name, pure=False)

    async def _look_for_workers(self) -> None:
        """See who is there, ask newcomers what they are, and complain if nobody is."""
        pool, wanted, seen_at_s = self.pool, self.describe(), time.monotonic()
        while True:
            workers = (await self.client.scheduler.identity(n_workers=-1))["workers"]
            for address in pool.at_work.keys() - workers.keys():
                if future := pool.at_work.pop(address):
                    await future.cancel()
            pool.refused &= workers.keys()
            known = pool.at_work.keys() | pool.refused
            newcomers = [each for each, facts in workers.items() if facts["status"] == "running" and each not in known]
            if newcomers:
                answers = await self.client.run(self.describe, workers=newcomers, on_error="return")
                for address, answer in answers.items():
                    self._hear(address, wanted, answer)
            if pool.at_work:
                seen_at_s = time.monotonic()
            elif time.monotonic() - seen_at_s > self.patience_s:
                what = f"none of its {len(pool.refused)} workers can be used" if pool.refused else "it has no worker"
                raise ExplainerError(what, self.address, f"start some: explainer worker {self.address}")
            await asyncio.sleep(LOOK_S)

    def _hear(self, address: str, wanted: Mapping[str, str], answer: object) -> None:
        """Enlist a worker, or refuse it and say why."""
        if isinstance(answer, OSError):  # it is gone again
            return
        if not isinstance(answer, Mapping):
            why = f"the project does not run there ({answer})"
        elif unlike := differences(wanted, answer):
            why = f"its versions differ: {unlike}; install what is here and start it again"
        else:
            self.pool.enlist(address)
            return
        self.pool.refused.add(address)
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
