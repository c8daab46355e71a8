"""How long many films would take on many workers: `python -m benchmarks.schedule`, from measured costs.

The graph is the one that a build makes, for each shape; each further language repeats it. It is played on workers of
one core each as `explainer.tasks.cluster` hands tasks out: the longest that is ready to the first that is free. Inputs
and results cross one shared connection, the scheduler's, one after the other; what only moves bytes the client does.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import simpy

from benchmarks.costs import COSTS, PLAN_FILM, PLAN_LANGUAGE, START_WORKER, Cost, CostRecorder, recorded
from benchmarks.report import ROOT, Table, entry, plot, print_tables
from explainer.errors import ExplainerError
from explainer.film.request import DEFAULT_QUALITY, Request, Voicing, quality_of
from explainer.film.tasks import film_tasks
from explainer.film.timed import timed
from explainer.jobs.draw import PosterJob, RenderJob
from explainer.stage.look import ASPECTS
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport
from explainer.words.film import open_film

LARGE = quality_of("k")
WORKERS = (1, 2, 5, 10, 20, 50, 100, 150, 200)
CLIENT_CORES = 2
PRICE_A_CORE_HOUR = 0.04
SECONDS_AN_HOUR = 3600.0

Events = Generator[simpy.Event, Any, None]


@dataclass(frozen=True)
class Step:
    """A task as the simulation sees it."""

    key: str
    inputs: tuple[str, ...]
    cpu_s: float
    size_bytes: float
    on_client: bool = False
    speech: bool = False


@dataclass(frozen=True)
class Overhead:
    """What a build takes besides its steps: bytes on the way, planning, a worker's start, the client's hand-overs."""

    link_bytes_s: float
    plan_s: float
    start_s: float
    handing_over_s: float = 0.01  # measured on one machine


@dataclass(frozen=True)
class Played:
    """A schedule's outcome."""

    workers: int
    wall_s: float
    busy_s: float
    moved_bytes: float


def language_tasks(aspects: Iterable[str]) -> tuple[Task, ...]:
    """The graph of one language's films in all shapes, spoken by the draft voice; shared tasks stand in it once."""
    film = open_film(ROOT)
    draft = Request(film, film.source.tag, voicing=Voicing("draft"))
    requests = [replace(draft, quality=quality_of("k", aspect), aspect=aspect) for aspect in aspects]
    with recorded(film, CostRecorder("")) as session:
        spoken = timed(requests, session, BuildReport())
        tasks = [task for each in spoken for task in film_tasks(each, session.context).upstream]
    return tuple({task.key: task for task in tasks}.values())


def steps(tasks: Iterable[Task], costs: Iterable[Cost]) -> tuple[Step, ...]:
    """Tasks with their costs. Pictures are scaled by their size, as between the two that were measured.

    Raises:
        ExplainerError: if a task was not measured.
    """
    measured = defaultdict(list)
    for cost in costs:
        measured[cost.quality, cost.label].append(cost)
    (drawn,) = (
        label for quality, label in measured if quality == LARGE.name and measured[quality, label][0].frames > 1
    )
    small_s, small_bytes = _a_frame(measured[DEFAULT_QUALITY.name, drawn])
    large_s, large_bytes = _a_frame(measured[LARGE.name, drawn])
    known: dict[str, Step] = {}
    for task in tasks:
        alike = measured[DEFAULT_QUALITY.name, task.label]
        if not alike:
            raise ExplainerError("its cost is not known", task.label, "measure anew: python -m benchmarks.costs")
        cpu_s, size_bytes = _a_frame(alike)
        inputs = tuple(task.inputs.values())
        if isinstance(task.job, RenderJob | PosterJob):
            frames = task.steps * task.job.shot.width * task.job.shot.height / (LARGE.width * LARGE.height)
            cpu_s, size_bytes = cpu_s * frames * large_s / small_s, size_bytes * frames * large_bytes / small_bytes
        elif task.on_client:
            moved_bytes = sum(known[key].size_bytes for key in inputs)
            cpu_s, size_bytes = cpu_s * moved_bytes / size_bytes, moved_bytes
        known[task.key] = Step(task.key, inputs, cpu_s, size_bytes, task.on_client, task.label.startswith("speak "))
    return tuple(known.values())


def _a_frame(costs: Sequence[Cost]) -> tuple[float, float]:
    """Processor seconds and bytes."""
    frames = sum(cost.frames for cost in costs)
    return sum(cost.cpu_s for cost in costs) / frames, sum(cost.size_bytes for cost in costs) / frames


def play(graph: Sequence[Step], languages: int, workers: int, overhead: Overhead) -> Played:
    """A build of one graph for so many languages: all speech, then planning from its lengths, then the rest."""
    world = simpy.Environment()
    client, link = simpy.Resource(world), simpy.Resource(world)
    far, near = simpy.PriorityResource(world, workers), simpy.PriorityResource(world, CLIENT_CORES)
    size_bytes = {step.key: step.size_bytes for step in graph}
    todo = [(step, language) for language in range(languages) for step in graph]
    done = {(step.key, language): world.event() for step, language in todo}
    starts_s = iter([overhead.start_s] * workers)
    busy_s: list[float] = []
    moved_bytes: list[float] = []

    def hold(resource: simpy.Resource, for_s: float) -> Events:
        with resource.request() as turn:
            yield turn
            yield world.timeout(for_s)

    def move(size: float) -> Events:
        moved_bytes.append(size)
        yield from hold(link, size / overhead.link_bytes_s)

    def plan() -> Events:
        yield world.all_of([done[step.key, language] for step, language in todo if step.speech])
        yield world.timeout(overhead.plan_s)

    def do(step: Step, language: int, rank: int) -> Events:
        if not step.speech:
            yield planned
        yield world.all_of([done[key, language] for key in step.inputs])
        with (near if step.on_client else far).request(rank) as core:
            yield core
            yield from hold(client, overhead.handing_over_s)
            if step.on_client:
                yield world.timeout(step.cpu_s)
            else:
                yield from move(sum(size_bytes[key] for key in step.inputs))
                busy_s.append(step.cpu_s + (0.0 if step.speech else next(starts_s, 0.0)))
                yield world.timeout(busy_s[-1])
                yield from move(step.size_bytes)
            done[step.key, language].succeed()

    planned = world.process(plan())
    longest_first = sorted(todo, key=lambda each: -each[0].cpu_s)
    for rank, (step, language) in enumerate(longest_first):
        world.process(do(step, language, rank))
    world.run()
    return Played(workers, world.now, sum(busy_s), sum(moved_bytes))


def longest_chain_s(graph: Sequence[Step]) -> float:
    """Seconds of the steps that must follow one another, on any number of workers."""
    until_s: dict[str, float] = {}
    for step in graph:
        until_s[step.key] = step.cpu_s + max((until_s[key] for key in step.inputs), default=0.0)
    return max(until_s.values())


def costs_table(costs: Iterable[Cost]) -> Table:
    """Costs by kind of task; segments are told apart where pictures are drawn."""
    kinds = defaultdict(list)
    for cost in costs:
        verb = cost.label.partition(" ")[0]
        kinds[cost.quality, cost.label if verb == "draw" else verb].append(cost)
    rows = []
    for (quality, kind), alike in kinds.items():
        cpu_s, size_mb = sum(cost.cpu_s for cost in alike), sum(cost.size_bytes for cost in alike) / 1e6
        counted = {"quality": quality, "task": kind, "number": len(alike)}
        rows.append({**counted, "processor s": round(cpu_s, 2), "MB": round(size_mb, 2)})
    return Table("What a task costs", rows)


def workers_table(played: Sequence[Played], films: int) -> Table:
    """How much faster the films are made by more workers, and what one of them costs."""
    rows = []
    for each in played:
        paid_s = each.workers * each.wall_s
        rows.append(
            {
                "workers": each.workers,
                "wall time, min": round(each.wall_s / 60, 1),
                "speed-up": round(played[0].wall_s / each.wall_s, 1),
                "busy": f"{each.busy_s / paid_s:.0%}",
                "cost of a film": round(paid_s / SECONDS_AN_HOUR * PRICE_A_CORE_HOUR / films, 4),
            }
        )

    def draw(axes: Any) -> None:
        axes.plot(WORKERS, WORKERS, color="0.7", label="as many times as workers")
        axes.plot([row["workers"] for row in rows], [row["speed-up"] for row in rows], "o-", label="simulated")
        axes.set(xlabel="workers of one core", ylabel="times as fast as one", xlim=0, ylim=0)
        axes.legend()

    return Table("On workers of one core", rows, draw)


def main(arguments: Sequence[str]) -> int:
    """Print the tables; write the plot if asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schedule", description=__doc__)
    parser.add_argument("--languages", type=int, default=40, help="default %(default)s")
    parser.add_argument("--link-gbit", type=float, default=1.0, help="the scheduler's connection, default %(default)s")
    parser.add_argument("--plot", type=Path, help="an SVG or PNG to write")
    options = parser.parse_args(arguments)
    costs = [Cost(**row) for row in json.loads(COSTS.read_text(encoding="utf-8"))]
    once_s = {cost.label: cost.cpu_s for cost in costs if cost.quality != LARGE.name}
    graph = steps(language_tasks(ASPECTS), costs)
    films = options.languages * len(ASPECTS)
    plan_s = options.languages * once_s[PLAN_LANGUAGE] + films * once_s[PLAN_FILM]
    overhead = Overhead(options.link_gbit * 1e9 / 8, plan_s, once_s[START_WORKER])
    played = [play(graph, options.languages, workers, overhead) for workers in WORKERS]
    totals = {
        "films": films,
        "tasks": options.languages * len(graph),
        "core-hours": round(options.languages * sum(step.cpu_s for step in graph) / SECONDS_AN_HOUR, 2),
        "planning s": round(plan_s),
        "longest chain s": round(longest_chain_s(graph)),
        "GB moved": round(played[0].moved_bytes / 1e9, 1),
    }
    tables = costs_table(costs), Table("All films", [totals]), workers_table(played, films)
    print_tables(tables)
    if options.plot:
        plot(tables, options.plot)
    return 0


if __name__ == "__main__":
    entry(main)
