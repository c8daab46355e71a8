"""What a person sees while work goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from explainer.tasks.graph import Task


class Progress(Protocol):
    """Hears of each task's start, steps and end."""

    def start(self, task: Task) -> None:
        """Work on the task begins."""

    def at(self, task: Task, steps: int) -> None:
        """So many of its steps are done."""

    def done(self, task: Task) -> None:
        """The task's result is there."""


@dataclass(frozen=True)
class Silent:
    """Shows nothing."""

    def start(self, task: Task) -> None:
        """Show nothing."""

    def at(self, task: Task, steps: int) -> None:
        """Show nothing."""

    def done(self, task: Task) -> None:
        """Show nothing."""


@dataclass(frozen=True)
class Bars:
    """A bar for each long task, and one for each kind of short ones, on a rich display."""

    display: Any  # rich.progress.Progress, kept out of the imports of a run that has nothing to do
    bars: dict[str, Any] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    reached: dict[str, dict[str, int]] = field(default_factory=dict)  # steps by bar and task

    def start(self, task: Task) -> None:
        """Make or lengthen its bar."""
        name = _bar(task)
        if name not in self.bars:
            self.bars[name] = self.display.add_task(name, total=0)
        self.totals[name] = self.totals.get(name, 0) + task.steps
        self.display.update(self.bars[name], total=self.totals[name])

    def at(self, task: Task, steps: int) -> None:
        """Move its bar."""
        if task.steps > 1:
            self._move(task, min(steps, task.steps))

    def done(self, task: Task) -> None:
        """Fill its share of the bar."""
        self._move(task, task.steps)

    def _move(self, task: Task, steps: int) -> None:
        reached = self.reached.setdefault(_bar(task), {})
        reached[task.key] = steps
        self.display.update(self.bars[_bar(task)], completed=sum(reached.values()))


def _bar(task: Task) -> str:
    return task.label if task.steps > 1 else task.label.partition(" ")[0]


@contextmanager
def bars(quiet: bool = False) -> Iterator[Progress]:
    """Progress bars for the length of a `with` block."""
    if quiet:
        yield Silent()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Display

    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Display(*columns) as display:
        yield Bars(display)
