"""What a person sees while work goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from pipeline.graph import Task


class Progress(Protocol):
    """Hears of each task's start, steps and end."""

    def start(self, task: Task) -> None: ...
    def at(self, task: Task, steps: int) -> None: ...
    def done(self, task: Task) -> None: ...


@dataclass(frozen=True)
class Silent:
    """Shows nothing."""

    def start(self, task: Task) -> None: ...
    def at(self, task: Task, steps: int) -> None: ...
    def done(self, task: Task) -> None: ...


@dataclass(frozen=True)
class Bars:
    """One bar a task, with its steps a second, on a rich display; remembers how long each task took."""

    display: Any  # rich.progress.Progress, kept out of the imports of a run that has nothing to do
    bars: dict[str, Any] = field(default_factory=dict)
    started_s: dict[str, float] = field(default_factory=dict)

    def start(self, task: Task) -> None:
        self.started_s[task.key] = time.monotonic()
        self.bars[task.key] = self.display.add_task(task.label, total=task.steps)

    def at(self, task: Task, steps: int) -> None:
        self.display.update(self.bars[task.key], completed=min(steps, task.steps))

    def done(self, task: Task) -> None:
        self.display.update(self.bars[task.key], completed=task.steps)


@contextmanager
def bars(quiet: bool = False) -> Iterator[Progress]:
    """Progress bars for the length of a `with` block."""
    if quiet:
        yield Silent()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Display

    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Display(*columns) as display:
        yield Bars(display)
