"""How long many films would take on many workers: `python -m benchmarks.schedule`, from measured costs.

The graph is the one that builds make, of each film in each shape; each further language repeats it.
`benchmarks.cluster` plays it, on workers that are all alike, and on some that are slow or get lost.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.cluster import SECONDS_AN_HOUR, Fleet, Overhead, Played, Step, longest_chain_s, play
from benchmarks.costs import PLAN_FILM, PLAN_LANGUAGE, START_WORKER, Cost, CostRecorder, read_costs, recorded
from benchmarks.report import ROOT, Table, entry, plot, print_tables
from explainer.errors import ExplainerError
from explainer.film.request import DEFAULT_QUALITY, Request, quality_of
from explainer.film.tasks import film_tasks
from explainer.film.timed import timed
from explainer.jobs.draw import PosterJob, RenderJob
from explainer.stage.look import ASPECTS
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport
from explainer.words.film import film_ids, open_film

LARGE = quality_of("k")
WORKERS = (1, 10, 100, 1000)
SEEDS = range(3)
ALIKE = Fleet()
# US dollars for an hour of a core: those of c5.2xlarge (4 cores) in us-east-1 as "Spot price per unit hour example"
# in Amazon's "EC2 Auto Scaling User Guide" has them, read in November 2026. A worker has a core of its own.
ON_DEMAND, SPOT = 0.34 / 4, 0.18 / 4


@dataclass(frozen=True)
class Case:
    """What the workers of a row of the table are like, in words, and how the build plans."""

    words: str
    fleet: Fleet = ALIKE
    plan_beside: bool = False


CASES = (
    Case("all alike"),
    Case("planning beside drawing", plan_beside=True),
    Case("a tenth at half speed", Fleet(slow_share=0.1, speed=0.5)),
    Case("a tenth at a tenth", Fleet(slow_share=0.1, speed=0.1)),
    Case("each lost once in 10 h", Fleet(losses_an_hour=0.1)),
    Case("each lost once an hour", Fleet(losses_an_hour=1.0)),
    Case("each lost 10 times an hour", Fleet(losses_an_hour=10.0)),
)


def graph_of(ids: Iterable[str], costs: Iterable[Cost], aspects: Iterable[str] = tuple(ASPECTS)) -> tuple[Step, ...]:
    """One language's films in all shapes, with what each task costs."""
    costs, aspects = list(costs), tuple(aspects)
    found = [
        step for id in ids for step in steps(language_tasks(id, aspects), [cost for cost in costs if cost.film == id])
    ]
    return tuple({step.key: step for step in found}.values())


def language_tasks(id: str, aspects: Iterable[str]) -> tuple[Task, ...]:
    """The graph of a film in its own language in all shapes; shared tasks stand in it once."""
    film = open_film(ROOT, id)
    own = Request(film, film.source.tag)
    requests = [replace(own, quality=quality_of("k", aspect), aspect=aspect) for aspect in aspects]
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


def costs_table(costs: Iterable[Cost]) -> Table:
    """Costs by kind of task; segments are told apart where pictures are drawn."""
    kinds = defaultdict(list)
    for cost in costs:
        verb = cost.label.partition(" ")[0]
        kinds[cost.film, cost.quality, cost.label if verb == "draw" else verb].append(cost)
    rows = []
    for (film, quality, kind), alike in kinds.items():
        cpu_s, size_mb = sum(cost.cpu_s for cost in alike), sum(cost.size_bytes for cost in alike) / 1e6
        counted = {"film": film, "quality": quality, "task": kind, "number": len(alike)}
        rows.append({**counted, "processor s": round(cpu_s, 2), "MB": round(size_mb, 2)})
    return Table("What a task costs", rows)


def played_cases(
    graph: Sequence[Step], languages: int, overhead: Overhead, cases: Iterable[Case], workers: Iterable[int]
) -> dict[str, list[Played]]:
    """Means over chance of each case on so many workers, by its words."""
    workers = tuple(workers)
    result = {}
    for case in cases:
        ahead = replace(overhead, plan_beside=case.plan_beside)
        seeds = SEEDS if case.fleet.losses_an_hour else SEEDS[:1]
        result[case.words] = [
            averaged([play(graph, languages, each, ahead, replace(case.fleet, seed=seed)) for seed in seeds])
            for each in workers
        ]
    return result


def averaged(played: Sequence[Played]) -> Played:
    """The means of several runs; all that was stopped is added up."""
    first = played[0]
    return replace(
        first,
        wall_s=mean(each.wall_s for each in played),
        lost_s=mean(each.lost_s for each in played),
        losses=round(mean(each.losses for each in played)),
        stops=sum(each.stops for each in played),
    )


def workers_table(played: Sequence[Played], films: int) -> Table:
    """How much faster the films are made by more workers that are all alike, and what one of them costs."""
    rows = []
    for each in played:
        paid_s = each.workers * each.wall_s
        paid_h = paid_s / SECONDS_AN_HOUR
        rows.append(
            {
                "workers": each.workers,
                "makespan, min": round(each.wall_s / 60, 1),
                "speed-up": round(played[0].wall_s / each.wall_s, 1),
                "busy": f"{each.busy_s / paid_s:.0%}",
                "core-hours paid": round(paid_h, 1),
                "$ on demand": round(paid_h * ON_DEMAND, 2),
                "$ spot": round(paid_h * SPOT, 2),
                "$ a film, spot": round(paid_h * SPOT / films, 4),
            }
        )
    return Table("On workers of one core that are all alike", rows)


def cases_table(by_case: dict[str, list[Played]], least_s: Sequence[float]) -> Table:
    """Makespans in minutes, by case; what cannot be beaten, and how many workers were lost at the most."""
    workers = [each.workers for each in next(iter(by_case.values()))]
    rows: list[dict[str, Any]] = [{"workers are": "(no schedule beats)", **_minutes(workers, least_s), "lost": ""}]
    for words, played in by_case.items():
        lost = ", ".join(str(each.losses) for each in played) if any(each.losses for each in played) else ""
        rows.append({"workers are": words, **_minutes(workers, [each.wall_s for each in played]), "lost": lost})

    def draw(axes: Any) -> None:
        axes.plot(workers, [s / 60 for s in least_s], color="0.7", linewidth=5, label="no schedule beats")
        for words, played in by_case.items():
            axes.plot(workers, [each.wall_s / 60 for each in played], "o-", markersize=3, linewidth=1, label=words)
        axes.set(xlabel="workers of one core", ylabel="makespan, minutes", xscale="log", yscale="log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.legend(fontsize="small")

    return Table("Makespan, minutes", rows, draw)


def _minutes(workers: Iterable[int], seconds: Iterable[float]) -> dict[str, float]:
    return {f"{count}": round(s / 60, 1) for count, s in zip(workers, seconds, strict=True)}


def main(arguments: Sequence[str]) -> int:
    """Print the tables; write the plot if asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schedule", description=__doc__)
    parser.add_argument("--languages", type=int, default=40, help="default %(default)s")
    parser.add_argument("--film", choices=film_ids(ROOT), action="append", help="default: all that were weighed")
    parser.add_argument("--link-gbit", type=float, default=1.0, help="the scheduler's connection, default %(default)s")
    parser.add_argument("--plot", type=Path, help="an SVG or PNG to write")
    options = parser.parse_args(arguments)
    costs = read_costs()
    ids = options.film or [id for id in film_ids(ROOT) if any(cost.film == id for cost in costs)]
    graph = graph_of(ids, costs)
    films = options.languages * len(ids) * len(ASPECTS)
    planning = {(cost.film, cost.label): cost.cpu_s for cost in costs if cost.quality != LARGE.name}
    plan_s = options.languages * sum(planning[id, PLAN_LANGUAGE] + len(ASPECTS) * planning[id, PLAN_FILM] for id in ids)
    overhead = Overhead(options.link_gbit * 1e9 / 8, plan_s, planning["", START_WORKER])
    work_s, chain_s = (
        options.languages * sum(step.cpu_s for step in graph if not step.on_client),
        longest_chain_s(graph),
    )
    by_case = played_cases(graph, options.languages, overhead, CASES, WORKERS)
    alike = by_case[CASES[0].words]
    totals = {
        "films": films,
        "tasks": options.languages * len(graph),
        "core-hours": round(work_s / SECONDS_AN_HOUR, 2),
        "planning s": round(plan_s),
        "longest chain s": round(chain_s, 1),
        "GB moved": round(alike[0].moved_bytes / 1e9, 1),
    }
    least_s = [max(chain_s, work_s / workers) for workers in WORKERS]
    tables = (
        costs_table(costs),
        Table("All films", [totals]),
        workers_table(alike, films),
        cases_table(by_case, least_s),
    )
    print_tables(tables)
    if options.plot:
        plot(tables, options.plot)
    return 0


if __name__ == "__main__":
    entry(main)
