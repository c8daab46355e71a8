"""A build on many workers, played: what `explainer.tasks.cluster` would do, with workers that are slow or get lost.

A worker has one core. The longest task that is ready goes to the first worker that is free, whatever its speed. Inputs
and results cross one shared connection, the scheduler's, one after the other; what only moves bytes the client does.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import simpy

from explainer.tasks.cluster import ATTEMPTS, LOOK_S

CLIENT_CORES = 2
SECONDS_AN_HOUR = 3600.0

Events = Generator[simpy.Event, Any, Any]


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
    """What a build takes besides its steps: bytes on the way, planning, a worker's start, the client's hand-overs.

    `plan_beside`: whether a language is planned as soon as it is spoken, while others are drawn; else all are planned
    when all are spoken, and nothing is drawn before.
    """

    link_bytes_s: float
    plan_s: float
    start_s: float
    handing_over_s: float = 0.01  # measured on one machine
    plan_beside: bool = False


@dataclass(frozen=True)
class Fleet:
    """What workers are like: a share of them at a lower speed, all lost at random and started again.

    Attributes:
        slow_share: how many of them are slow.
        speed: of the slow, over that of the others.
        losses_an_hour: of a worker, on average.
        back_after_s: until another takes its place.
        seed: of chance.
    """

    slow_share: float = 0.0
    speed: float = 1.0
    losses_an_hour: float = 0.0
    back_after_s: float = 30.0
    seed: int = 0


@dataclass(frozen=True)
class Played:
    """A schedule's outcome; `busy_s` is what workers worked for results, `lost_s` what went with lost workers.

    `stops`: how often a task had been lost with as many workers as the build allows, so that a person starts it again;
    what is finished stays, so the time until then is not counted twice.
    """

    workers: int
    wall_s: float
    busy_s: float
    moved_bytes: float
    done: int
    lost_s: float = 0.0
    losses: int = 0
    stops: int = 0


@dataclass
class _Count:
    """What happens while a build is played."""

    busy_s: list[float] = field(default_factory=list)
    lost_s: list[float] = field(default_factory=list)
    moved_bytes: list[float] = field(default_factory=list)
    stops: int = 0


def play(graph: Sequence[Step], languages: int, workers: int, overhead: Overhead, fleet: Fleet | None = None) -> Played:
    """A build of one graph for so many languages: speech, then planning from its lengths, then the rest."""
    build = _Build(graph, languages, overhead, fleet or Fleet())
    return build.played(workers)


def longest_chain_s(graph: Sequence[Step]) -> float:
    """Seconds of the steps that must follow one another, on any number of workers."""
    until_s: dict[str, float] = {}
    for step in graph:
        until_s[step.key] = step.cpu_s + max((until_s[key] for key in step.inputs), default=0.0)
    return max(until_s.values())


class _Build:
    """The world in which a build is played."""

    def __init__(self, graph: Sequence[Step], languages: int, overhead: Overhead, fleet: Fleet) -> None:
        self.world = simpy.Environment()
        self.overhead, self.fleet, self.count = overhead, fleet, _Count()
        self.client, self.link = simpy.Resource(self.world), simpy.Resource(self.world)
        self.near = simpy.PriorityResource(self.world, CLIENT_CORES)
        self.ready = simpy.PriorityStore(self.world)
        self.size_bytes = {step.key: step.size_bytes for step in graph}
        todo = [(step, language) for language in range(languages) for step in graph]
        self.done = {(step.key, language): self.world.event() for step, language in todo}
        self.planned = [self.world.event() for _ in range(languages)]
        self.todo = sorted(todo, key=lambda each: (not each[0].speech, -each[0].cpu_s))

    def played(self, workers: int) -> Played:
        """Play it to the end."""
        self.world.process(self._plan())
        for rank, (step, language) in enumerate(self.todo):
            self.world.process(self._offer(step, language, rank))
        slow = round(self.fleet.slow_share * workers)
        speeds = [self.fleet.speed] * slow + [1.0] * (workers - slow)
        Random(self.fleet.seed).shuffle(speeds)
        for number, speed in enumerate(speeds):
            self.world.process(self._work(speed, Random(f"{self.fleet.seed} {number}")))
        self.world.run(self.world.all_of(self.done.values()))
        count = self.count
        done = sum(each.triggered for each in self.done.values())
        busy_s, lost_s, moved_bytes = map(sum, (count.busy_s, count.lost_s, count.moved_bytes))
        return Played(workers, self.world.now, busy_s, moved_bytes, done, lost_s, len(count.lost_s), count.stops)

    def _plan(self) -> Events:
        """Plan each language once it is spoken, one after the other; or all of them once all are."""
        each_s = self.overhead.plan_s / len(self.planned)
        spoken = (
            [
                self.world.all_of(
                    [self.done[step.key, language] for step, at in self.todo if step.speech and at == language]
                )
                for language in range(len(self.planned))
            ]
            if self.overhead.plan_beside
            else []
        )
        if not spoken:
            yield self.world.all_of([self.done[step.key, language] for step, language in self.todo if step.speech])
            yield self.world.timeout(self.overhead.plan_s)
        for language, planned in enumerate(self.planned):
            if spoken:
                yield spoken[language]
                yield self.world.timeout(each_s)
            planned.succeed()

    def _offer(self, step: Step, language: int, rank: int) -> Events:
        """Once all that it waits for is there, do a task on the client or have a worker take it."""
        if not step.speech:
            yield self.planned[language]
        yield self.world.all_of([self.done[key, language] for key in step.inputs])
        if not step.on_client:
            yield self.ready.put(simpy.PriorityItem((rank, 0), (step, language)))
            return
        with self.near.request(rank) as core:
            yield core
            yield from self._hold(self.client, self.overhead.handing_over_s)
            yield self.world.timeout(step.cpu_s)
        self.done[step.key, language].succeed()

    def _work(self, speed: float, chance: Random) -> Events:
        """A worker's lives, one after the other: task after task until it is lost."""
        while True:
            rate = self.fleet.losses_an_hour / SECONDS_AN_HOUR
            end = self.world.timeout(chance.expovariate(1.0) / rate) if rate else self.world.event()
            to_start_s = self.overhead.start_s
            while True:
                taken = self.ready.get()
                yield taken | end
                if not taken.triggered:
                    taken.cancel()
                    break
                item: Any = taken.value
                step, language = item.item
                began_s = self.world.now
                starting_s = 0.0 if step.speech else to_start_s
                doing = self.world.process(self._do(step, (starting_s + step.cpu_s) / speed))
                yield doing | end
                if not doing.triggered:
                    doing.interrupt()
                    self.count.lost_s.append(self.world.now - began_s)
                    self.world.process(self._again(item))
                    break
                to_start_s -= starting_s
                self.count.busy_s.append(starting_s + step.cpu_s)
                self.done[step.key, language].succeed()
            yield self.world.timeout(self.fleet.back_after_s)

    def _again(self, lost: simpy.PriorityItem) -> Events:
        """That a worker is lost is seen at the next look; its task is the first to be taken then."""
        yield self.world.timeout(LOOK_S)
        rank, attempts = lost.priority
        attempts += 1
        if attempts == ATTEMPTS:
            self.count.stops, attempts = self.count.stops + 1, 0
        yield self.ready.put(simpy.PriorityItem((rank, attempts), lost.item))

    def _do(self, step: Step, for_s: float) -> Events:
        """A task on a worker, with the way there and back."""
        try:
            yield from self._hold(self.client, self.overhead.handing_over_s)
            yield from self._move(sum(self.size_bytes[key] for key in step.inputs))
            yield self.world.timeout(for_s)
            yield from self._move(step.size_bytes)
        except simpy.Interrupt:
            return

    def _hold(self, resource: simpy.Resource, for_s: float) -> Events:
        with resource.request() as turn:
            yield turn
            yield self.world.timeout(for_s)

    def _move(self, size: float) -> Events:
        yield from self._hold(self.link, size / self.overhead.link_bytes_s)
        self.count.moved_bytes.append(size)
