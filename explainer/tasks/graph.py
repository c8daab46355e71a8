"""Work as plain data: tasks, and which must come before which. How they are run is an executor's affair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError
from explainer.tasks.digest import digest

Tick = Callable[[int], None]


# What a task does: fill the folder (third) from a plain record (first) and the folders of the tasks it builds on
# (second). It is a module-level function, so that it travels by name; the tick is told of steps done.
Work = Callable[[Any, Mapping[str, Path], Path, Tick], None]


@dataclass(frozen=True)
class Task:
    """One piece of work whose result depends on nothing but its key."""

    key: str
    label: str
    work: Work
    job: object
    inputs: Mapping[str, str] = field(default_factory=dict)  # by what the work calls them: the keys of other tasks
    steps: int = 1
    cost: float = 0.0  # seconds or any other scale; only the order counts
    on_client: bool = False  # little work on many bytes: done where its inputs are


def task(
    label: str,
    work: Work,
    job: object,
    code: object,
    inputs: Mapping[str, Task] | None = None,
    steps: int = 1,
    cost: float = 0.0,
    on_client: bool = False,
) -> Task:
    """A task whose key is the hash of its label, its job, of `code` (code, tools, fonts) and of its inputs' keys."""
    keys = {name: source.key for name, source in (inputs or {}).items()}
    return Task(digest([label, job, code, keys]), label, work, job, keys, steps, cost, on_client)


def in_order(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """The tasks, each once and after those it builds on. Raises ExplainerError on a missing input or a circle."""
    by_key = {item.key: item for item in tasks}
    for item in by_key.values():
        missing = [name for name, key in item.inputs.items() if key not in by_key]
        if missing:
            raise ExplainerError(f"its inputs are not in the graph: {', '.join(missing)}", item.label, "add them")
    sorter = TopologicalSorter({item.key: set(item.inputs.values()) for item in by_key.values()})
    try:
        return tuple(by_key[key] for key in sorter.static_order())
    except CycleError as error:
        labels = " -> ".join(by_key[key].label for key in error.args[1])
        raise ExplainerError("tasks wait for one another", labels, "break the circle") from None


def needed(tasks: tuple[Task, ...], wanted: tuple[str, ...], have: Callable[[str], bool]) -> tuple[Task, ...]:
    """The tasks to run for the wanted keys: those whose result is missing and asked for, directly or by such a one."""
    by_key = {item.key: item for item in in_order(tasks)}
    todo = list(wanted)
    chosen: set[str] = set()
    while todo:
        key = todo.pop()
        if key not in chosen and not have(key):
            chosen.add(key)
            todo.extend(by_key[key].inputs.values())
    return tuple(item for item in by_key.values() if item.key in chosen)
