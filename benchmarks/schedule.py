"""How long many films would take on many workers: `python -m benchmarks.schedule`, from measured costs.

The graph is the one that a build makes, for each shape; each further language repeats it. It is played on workers of
one core each as `explainer.tasks.cluster` hands tasks out: the longest that is ready to the first that is free. Inputs and
results cross one shared connection, the scheduler's, one after the other; what only moves bytes is done by the client.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from benchmarks.costs import COSTS, LARGE_SEGMENT, Cost
from explainer.errors import ExplainerError
from explainer.film import plan as planning
from explainer.film.build import TimedFilm, film_tasks
from explainer.film.plan import LocalizedFilm, build_context
from explainer.film.request import QUALITIES, Quality, Request, Voicing
from explainer.film.work import RenderJob, StillsJob
from explainer.tasks.graph import Task
from explainer.timing.timeline import plan
from explainer.voices import draft

ROOT = Path(__file__).resolve().parent.parent
SHAPES_PX = {"16:9": (3840, 2160), "9:16": (2160, 3840), "1:1": (2160, 2160)}
FPS = 60
WORKERS = (1, 2, 5, 10, 20, 50, 100, 150, 200)
LANGUAGES = 40
SMALL, LARGE = QUALITIES["h"], QUALITIES["k"]
BITS_A_GIGABYTE = 8.0
SECONDS_AN_HOUR = 3600.0
FETCH, WORK, RETURN, THERE = "fetch", "work", "return", "there"


@dataclass(frozen=True)
class Assumptions:
    """The connection, the client (each task it hands over takes it a moment, measured on one machine), the price."""

    link_gbit_s: float = 1.0
    handing_over_s: float = 0.01
    price_a_core_hour: float = 0.04
    client_cores: int = 2


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
class Played:
    """A schedule's outcome."""

    workers: int
    wall_s: float
    busy_s: float
    moved_bytes: float


def read_costs(path: Path) -> tuple[Cost, ...]:
    """What `benchmarks.costs` wrote.

    Raises:
        ExplainerError: if there is no such file, or something else in it.
    """
    try:
        return tuple(Cost(**row) for row in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        remedy = "make it with 'python -m benchmarks.costs'"
        raise ExplainerError(f"no readable costs ({error})", str(path), remedy) from None


def language_tasks() -> tuple[Task, ...]:
    """The graph of one language's films in all shapes, spoken by the draft voice; shared tasks stand in it once."""
    base = build_context(ROOT)
    found: dict[str, Task] = {}
    for aspect, (width, height) in SHAPES_PX.items():
        request = Request(quality=Quality(width, height, FPS), aspect=aspect, voicing=Voicing("draft"))
        narration = planning.words(request)
        clips = {cue.id: draft.speak(cue.speech, narration.language) for cue in narration.cues}
        spoken = {cue_id: (len(clip.samples) / clip.rate_hz, clip.marks_s) for cue_id, clip in clips.items()}
        master = plan(narration, spoken)
        speech, _ = planning.speech_tasks(narration, request.voicing, base)
        version = LocalizedFilm(request, narration, master, master.resampled(FPS))
        found |= {task.key: task for task in film_tasks(TimedFilm(version, speech), base).upstream}
    return tuple(found.values())


def steps(tasks: Iterable[Task], costs: Sequence[Cost]) -> tuple[Step, ...]:
    """Tasks with their costs. Pictures are scaled by their size, as between the two that were measured."""
    by_label: dict[str, list[Cost]] = {}
    for cost in costs:
        if cost.quality == SMALL.name:
            by_label.setdefault(cost.label, []).append(cost)
    dome = f"draw {LARGE_SEGMENT}"
    large = [cost for cost in costs if cost.label == dome and cost.quality == LARGE.name]
    more_s = _a_frame(large, "cpu_s") / _a_frame(by_label[dome], "cpu_s")
    more_bytes = _a_frame(large, "size_bytes") / _a_frame(by_label[dome], "size_bytes")
    known: dict[str, Step] = {}
    for task in tasks:
        rows = by_label[task.label]
        share = _pixels(task) / (LARGE.width * LARGE.height)
        inputs = tuple(task.inputs.values())
        if task.label.startswith("draw "):
            cpu_s = _a_frame(rows, "cpu_s") * task.steps * more_s * share
            size_bytes = _a_frame(rows, "size_bytes") * task.steps * more_bytes * share
        elif task.label in ("join picture", "assemble film"):
            size_bytes = sum(known[key].size_bytes for key in inputs)
            cpu_s = rows[0].cpu_s * size_bytes / rows[0].size_bytes
        else:
            cpu_s, size_bytes = rows[0].cpu_s, rows[0].size_bytes
        known[task.key] = Step(task.key, inputs, cpu_s, size_bytes, task.on_client, task.label.startswith("speak "))
    return tuple(known.values())


def _a_frame(rows: Sequence[Cost], name: str) -> float:
    return float(sum(getattr(row, name) for row in rows) / sum(row.frames for row in rows))


def _pixels(task: Task) -> float:
    if isinstance(task.job, RenderJob | StillsJob):
        return float(task.job.shot.width * task.job.shot.height)
    return 0.0


def repeated(steps: Sequence[Step], languages: int) -> tuple[Step, ...]:
    """The steps of one language, for so many."""
    return tuple(
        replace(step, key=f"{number} {step.key}", inputs=tuple(f"{number} {key}" for key in step.inputs))
        for number in range(languages)
        for step in steps
    )


def play(todo: Sequence[Step], workers: int, start_s: float, plan_s: float, given: Assumptions) -> Played:
    """A build: all speech, then `plan_s` of planning from its lengths, then the rest; `start_s` readies a worker."""
    made = {step.key: step for step in todo if step.speech}
    first = _play(tuple(made.values()), {}, workers, 0.0, given)
    rest = tuple(step for step in todo if not step.speech)
    second = _play(rest, made, workers, start_s, given)
    wall_s = first.wall_s + plan_s + second.wall_s
    return Played(workers, wall_s, first.busy_s + second.busy_s, first.moved_bytes + second.moved_bytes)


def _play(todo: Sequence[Step], made: Mapping[str, Step], workers: int, start_s: float, given: Assumptions) -> Played:
    by_key = {**made, **{step.key: step for step in todo}}
    followers: dict[str, list[str]] = {}
    waits = {step.key: sum(1 for key in step.inputs if key not in made) for step in todo}
    for step in todo:
        for key in step.inputs:
            followers.setdefault(key, []).append(step.key)
    numbers = count()
    ready: dict[bool, list[tuple[float, int, str]]] = {True: [], False: []}  # by whether the client does it
    free = {True: given.client_cores, False: workers}
    for step in todo:
        if not waits[step.key]:
            heapq.heappush(ready[step.on_client], (-step.cpu_s, next(numbers), step.key))
    fresh, link_free_s, client_free_s, busy_s, moved_bytes, now_s = workers, 0.0, 0.0, 0.0, 0.0, 0.0
    events: list[tuple[float, int, str, str]] = []
    second_bytes = given.link_gbit_s * 1e9 / BITS_A_GIGABYTE
    while events or any(ready.values()):
        for near in (True, False):
            while ready[near] and free[near]:
                free[near] -= 1
                key = heapq.heappop(ready[near])[2]
                client_free_s = max(now_s, client_free_s) + given.handing_over_s
                heapq.heappush(events, (client_free_s, next(numbers), WORK if near else FETCH, key))
        now_s, _, stage, key = heapq.heappop(events)
        step = by_key[key]
        if stage == WORK and step.on_client:
            heapq.heappush(events, (now_s + step.cpu_s, next(numbers), THERE, key))
        elif stage == WORK:
            cpu_s = step.cpu_s + (start_s if fresh else 0.0)
            fresh -= bool(fresh)
            busy_s += cpu_s
            heapq.heappush(events, (now_s + cpu_s, next(numbers), RETURN, key))
        elif stage in (FETCH, RETURN):
            size = sum(by_key[name].size_bytes for name in step.inputs) if stage == FETCH else step.size_bytes
            moved_bytes += size
            link_free_s = max(now_s, link_free_s) + size / second_bytes
            heapq.heappush(events, (link_free_s, next(numbers), WORK if stage == FETCH else THERE, key))
        else:
            free[step.on_client] += 1
            for name in followers.get(key, ()):
                waits[name] -= 1
                if not waits[name]:
                    heapq.heappush(ready[by_key[name].on_client], (-by_key[name].cpu_s, next(numbers), name))
    return Played(workers, now_s, busy_s, moved_bytes)


def longest_chain_s(todo: Sequence[Step]) -> float:
    """Seconds of the steps that must follow one another, on any number of workers."""
    by_key: dict[str, float] = {}
    for step in todo:
        by_key[step.key] = step.cpu_s + max((by_key[key] for key in step.inputs), default=0.0)
    return max(by_key.values())


def main(arguments: Sequence[str]) -> int:
    """Print the table; write the plot if asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schedule", description=__doc__)
    given = Assumptions()
    parser.add_argument("--costs", type=Path, default=COSTS, help="measured costs (default docs/costs.json)")
    parser.add_argument("--languages", type=int, default=LANGUAGES, help="default %(default)s")
    parser.add_argument("--link-gbit", type=float, default=given.link_gbit_s, help="scheduler's connection, Gbit/s")
    parser.add_argument("--price", type=float, default=given.price_a_core_hour, help="of a core-hour")
    parser.add_argument("--plot", type=Path, help="an SVG or PNG to write")
    options = parser.parse_args(arguments)
    given = replace(given, link_gbit_s=options.link_gbit, price_a_core_hour=options.price)
    try:
        costs = read_costs(options.costs)
    except ExplainerError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.status
    single = {cost.label: cost.cpu_s for cost in costs if cost.quality in ("", SMALL.name)}
    todo = repeated(steps(language_tasks(), costs), options.languages)
    films = options.languages * len(SHAPES_PX)
    plan_s = options.languages * single["plan language"] + films * single["plan film"]
    played = [play(todo, workers, single["start worker"], plan_s, given) for workers in WORKERS]
    _print_costs(costs)
    _print(played, todo, films, plan_s, given)
    if options.plot:
        draw(played, options.plot)
    return 0


def _print_costs(costs: Sequence[Cost]) -> None:
    print("| quality | task | number | processor s | MB |\n|---|---|---:|---:|---:|")
    for (quality, kind), (number, cpu_s, size_bytes) in table(costs).items():
        print(f"| {quality} | {kind} | {number} | {cpu_s:.2f} | {size_bytes / 1e6:.2f} |")


def _print(played: Sequence[Played], todo: Sequence[Step], films: int, plan_s: float, given: Assumptions) -> None:
    work_s = sum(step.cpu_s for step in todo)
    alone = played[0]
    print(f"{films} films of {len(todo)} tasks: {work_s / SECONDS_AN_HOUR:.2f} core-hours, planned in {plan_s:.0f} s")
    print(f"longest chain {longest_chain_s(todo):.0f} s, {alone.moved_bytes / 1e9:.1f} GB moved")
    print("| workers | wall time | speed-up | busy | cost of a film |\n|---:|---:|---:|---:|---:|")
    for each in played:
        price = each.workers * each.wall_s / SECONDS_AN_HOUR * given.price_a_core_hour / films
        busy = each.busy_s / (each.workers * each.wall_s)
        wall = f"{each.wall_s / 60:.1f} min"
        print(f"| {each.workers} | {wall} | {alone.wall_s / each.wall_s:.1f} | {busy:.0%} | {price:.4f} |")


def draw(played: Sequence[Played], path: Path) -> None:
    """Plot the speed-up over the number of workers."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = path.name  # the same picture, the same file
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    counts = [each.workers for each in played]
    axes.plot(counts, counts, color="0.7", label="as many times as workers")
    axes.plot(counts, [played[0].wall_s / each.wall_s for each in played], "o-", label="simulated")
    axes.set(xlabel="workers of one core", ylabel="times as fast as one", xlim=0, ylim=0)
    axes.legend()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def table(costs: Sequence[Cost]) -> Mapping[tuple[str, str], tuple[int, float, float]]:
    """Number, processor seconds and bytes of each kind of task, by quality and verb."""
    found: dict[tuple[str, str], tuple[int, float, float]] = {}
    for cost in costs:
        name = (cost.quality, cost.label if cost.label.startswith("draw ") else cost.label.partition(" ")[0])
        number, cpu_s, size_bytes = found.get(name, (0, 0.0, 0.0))
        found[name] = (number + 1, cpu_s + cost.cpu_s, size_bytes + cost.size_bytes)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
