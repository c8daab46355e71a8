"""A scheduler and workers for tests, each a process of its own that listens on this machine alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOOPBACK = "127.0.0.1"
START_S = 30.0


@dataclass(frozen=True)
class Cluster:
    """A scheduler, its process, and the folder its processes write to."""

    address: str
    process: subprocess.Popen[bytes]
    folder: Path
    tls: tuple[str, ...] = ()

    @contextmanager
    def worker(self, project: Path = ROOT, threads: int = 1) -> Iterator[subprocess.Popen[bytes]]:
        """One worker that finds code in a project's folder before it looks elsewhere."""
        options = ["--nthreads", str(threads), "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        where = [self.address, "--host", LOOPBACK, *self.tls]
        command = [sys.executable, "-m", "distributed.cli.dask_worker", *where, *options]
        with _process(command, self.folder, project) as process:
            yield process


@contextmanager
def cluster(folder: Path, tls: tuple[str, ...] = ()) -> Iterator[Cluster]:
    """A scheduler without workers; encrypted where `tls`, dask's options that name certificates, is given."""
    folder.mkdir(exist_ok=True)
    facts = folder / "scheduler.json"
    where = ["--host", LOOPBACK, "--port", "0", "--dashboard-address", f"{LOOPBACK}:0", "--scheduler-file", str(facts)]
    where += ["--protocol", "tls", *tls] if tls else []
    with _process([sys.executable, "-m", "distributed.cli.dask_scheduler", *where], folder, ROOT) as process:
        until_s = time.monotonic() + START_S
        while not facts.is_file() or not facts.read_text():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until_s
            time.sleep(0.05)
        yield Cluster(json.loads(facts.read_text())["address"], process, folder, tls)


@contextmanager
def _process(command: list[str], folder: Path, project: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (project, ROOT, HERE)))}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
