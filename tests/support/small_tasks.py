"""Work for tests, in a module that workers can import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.tasks.graph import Tick

TOOLS = ("numpy",)


def alike() -> dict[str, str]:
    """What is the same on every machine."""
    return {"kind": "small"}


def add(job: int, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """The job's number plus those of the inputs."""
    numbers = [int((path / "sum").read_text(encoding="utf-8")) for path in inputs.values()]
    (folder / "sum").write_text(str(job + sum(numbers)), encoding="utf-8")
    (folder / "process").write_text(str(os.getpid()), encoding="utf-8")
    tick(1)


def fail(job: int, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Fail as bad input does."""
    raise ExplainerError("no good", "place", "remedy")


def die(job: int, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Die as a process without memory does."""
    os.kill(os.getpid(), signal.SIGKILL)


def slow(job: int, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Work in many short steps."""
    for _ in range(2000):
        time.sleep(0.01)
        tick(1)


def nap(job: float, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Sleep for the job's seconds; the result names the process, the time and what was found of each input."""
    began_s = time.time()
    time.sleep(job)
    (folder / "process").write_text(str(os.getpid()), encoding="utf-8")
    (folder / "times").write_text(f"{began_s} {time.time()}", encoding="utf-8")
    (folder / "deep").mkdir()
    (folder / "deep" / "inputs").write_bytes(b"".join((path / "process").read_bytes() for path in inputs.values()))
