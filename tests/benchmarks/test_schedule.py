"""The simulated schedule keeps the laws of every schedule; its costs come from a file that anyone can remake."""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import costs as costs_module
from benchmarks import schedule
from benchmarks.cluster import Fleet, Overhead, Step, longest_chain_s, play
from benchmarks.costs import Cost, read_costs, weigh
from benchmarks.report import ROOT, Table
from benchmarks.schedule import ALIKE, costs_table, steps
from explainer.errors import ExplainerError
from explainer.film.request import Quality, Request, Voicing
from explainer.jobs.draw import RenderJob
from explainer.tasks.cluster import ATTEMPTS, LOOK_S
from explainer.tasks.graph import Task
from explainer.words.film import Film, open_film

NONE = Overhead(1e15, 0.0, 0.0, 0.0)
durations = st.lists(st.floats(0.1, 10.0), min_size=1, max_size=20)


def fan(seconds: list[float]) -> tuple[Step, ...]:
    """Tasks that one last task waits for."""
    first = tuple(Step(str(number), (), cpu_s, 1e6) for number, cpu_s in enumerate(seconds))
    return (*first, Step("last", tuple(step.key for step in first), 1.0, 1e6))


@given(durations, st.integers(1, 8), st.integers(1, 3))
def test_no_schedule_beats_its_work_or_its_longest_chain(seconds: list[float], workers: int, languages: int) -> None:
    graph = fan(seconds)
    work_s = languages * sum(step.cpu_s for step in graph)
    played = play(graph, languages, workers, NONE)
    least_s = max(longest_chain_s(graph), work_s / workers)
    assert least_s <= played.wall_s * (1 + 1e-6)
    assert played.wall_s <= 2 * least_s + 1  # a list schedule is never worse than twice the best
    assert played.busy_s == pytest.approx(work_s)


@given(durations)
def test_one_worker_takes_the_sum_with_its_start_and_the_planning(seconds: list[float]) -> None:
    played = play(fan(seconds), 1, 1, replace(NONE, plan_s=2.0, start_s=0.5))
    assert played.wall_s == pytest.approx(sum(seconds) + 1.0 + 2.0 + 0.5)


@given(durations)
def test_workers_without_end_take_the_longest_chain(seconds: list[float]) -> None:
    graph = fan(seconds)
    assert play(graph, 1, len(graph), NONE).wall_s == pytest.approx(longest_chain_s(graph))


def test_planning_waits_for_all_speech_and_all_else_for_planning() -> None:
    spoken, drawn = Step("spoken", (), 3.0, 1.0, speech=True), Step("drawn", (), 5.0, 1.0)
    assert play((spoken, drawn), 1, 9, replace(NONE, plan_s=2.0)).wall_s == pytest.approx(3.0 + 2.0 + 5.0)


def test_the_longest_ready_task_goes_first() -> None:
    short_first = (Step("a", (), 1.0, 1.0), Step("b", (), 1.0, 1.0), Step("c", (), 2.0, 1.0))
    assert play(short_first, 1, 2, NONE).wall_s == pytest.approx(2.0)


def test_each_worker_makes_ready_once() -> None:
    alike = tuple(Step(str(number), (), 1.0, 1.0) for number in range(6))
    assert play(alike, 1, 2, replace(NONE, start_s=0.5)).busy_s == pytest.approx(6 + 2 * 0.5)


def test_hand_overs_follow_one_another() -> None:
    alike = tuple(Step(str(number), (), 1.0, 1.0) for number in range(6))
    assert play(alike, 1, 6, replace(NONE, handing_over_s=0.5)).wall_s == pytest.approx(6 * 0.5 + 1.0)


def test_all_bytes_cross_the_connection_but_those_of_the_clients_tasks() -> None:
    away = fan([1.0, 1.0])
    assert play(away, 1, 2, NONE).moved_bytes == 5e6  # three results, two of them inputs
    near = (*away[:2], replace(away[2], on_client=True))
    assert play(near, 1, 2, NONE).moved_bytes == 2e6
    slow = replace(NONE, link_bytes_s=1e6)
    assert play(away, 1, 2, slow).wall_s == pytest.approx(1.0 + 2.0 + 2.0 + 1.0 + 1.0)


def test_languages_share_the_workers_and_repeat_the_graph() -> None:
    one, three = (play(fan([1.0]), languages, 1, NONE) for languages in (1, 3))
    assert three.busy_s == pytest.approx(3 * one.busy_s)
    assert three.moved_bytes == 3 * one.moved_bytes


fleets = st.builds(
    Fleet,
    slow_share=st.floats(0, 1),
    speed=st.sampled_from([0.1, 0.5]),
    losses_an_hour=st.sampled_from([0.0, 30.0, 300.0]),
    back_after_s=st.just(3.0),
    seed=st.integers(0, 99),
)


@settings(deadline=None)
@given(durations, st.integers(1, 8), st.integers(1, 3), fleets, st.booleans())
def test_trouble_beats_no_bound_and_all_work_is_done_once(
    seconds: list[float], workers: int, languages: int, fleet: Fleet, beside: bool
) -> None:
    graph = (Step("cue", (), 0.5, 1e6, speech=True), *fan(seconds))
    work_s = languages * sum(step.cpu_s for step in graph)
    played = play(graph, languages, workers, replace(NONE, plan_s=1.0, plan_beside=beside), fleet)
    assert max(longest_chain_s(graph), work_s / workers) <= played.wall_s * (1 + 1e-6)
    assert played.busy_s == pytest.approx(work_s)
    assert played.done == languages * len(graph)
    assert (played.lost_s > 0) <= (played.losses > 0) <= (fleet.losses_an_hour > 0)
    assert played.busy_s + played.lost_s <= workers * played.wall_s / min(fleet.speed, 1.0) * (1 + 1e-6)


@given(durations, st.integers(1, 8))
def test_without_losses_it_is_the_plain_schedule(seconds: list[float], workers: int) -> None:
    graph = tuple(Step(str(number), (), cpu_s, 1.0) for number, cpu_s in enumerate(seconds))
    free_s = [0.0] * workers
    for cpu_s in sorted(seconds, reverse=True):
        heapq.heapreplace(free_s, free_s[0] + cpu_s)
    for fleet in (None, ALIKE, Fleet(slow_share=1.0, speed=1.0, losses_an_hour=0.0, seed=7)):
        played = play(graph, 1, workers, NONE, fleet)
        assert played.wall_s == pytest.approx(max(free_s))
        assert (played.losses, played.lost_s, played.stops) == (0, 0, 0)


@pytest.mark.parametrize("workers", [1, 4, 16])
def test_more_losses_never_make_it_quicker_on_average(workers: int) -> None:
    graph = fan([float(2 + number % 7) for number in range(40)])
    walls_s = [
        mean(play(graph, 1, workers, NONE, Fleet(losses_an_hour=rate, seed=seed)).wall_s for seed in range(12))
        for rate in (0.0, 5.0, 50.0, 200.0)
    ]
    assert all(more >= fewer * (1 - 1e-6) for fewer, more in pairwise(walls_s))
    assert walls_s[-1] > 1.2 * walls_s[0]


def test_a_lost_workers_task_is_begun_anew_after_the_next_look() -> None:
    (step,) = graph = (Step("a", (), 1000.0, 1.0),)
    fleet = next(
        each for each in (Fleet(losses_an_hour=3.0, seed=seed) for seed in range(99))
        if play(graph, 1, 2, NONE, each).losses == 1
    )  # fmt: skip
    played = play(graph, 1, 2, NONE, fleet)
    assert played.wall_s == pytest.approx(played.lost_s + LOOK_S + step.cpu_s)


def test_a_task_that_takes_every_worker_down_stops_the_build_again_and_again() -> None:
    played = play((Step("a", (), 30.0, 1.0),), 1, 1, NONE, Fleet(losses_an_hour=400.0, seed=1))
    assert played.stops == played.losses // ATTEMPTS > 0


def test_slow_workers_take_as_much_longer() -> None:
    graph = fan([4.0] * 8)
    assert play(graph, 1, 2, NONE, Fleet(slow_share=1.0, speed=0.5)).wall_s == pytest.approx(
        2 * play(graph, 1, 2, NONE).wall_s
    )
    some = play(graph, 1, 2, NONE, Fleet(slow_share=0.5, speed=0.5)).wall_s
    assert play(graph, 1, 2, NONE).wall_s < some < 2 * play(graph, 1, 2, NONE).wall_s


def test_planning_beside_drawing_waits_for_its_own_language_only() -> None:
    graph = (Step("spoken", (), 3.0, 1.0, speech=True), Step("drawn", (), 5.0, 1.0))
    ahead, beside = (replace(NONE, plan_s=4.0, plan_beside=each) for each in (False, True))
    assert play(graph, 2, 2, ahead).wall_s == pytest.approx(3.0 + 4.0 + 5.0)
    assert play(graph, 2, 2, beside).wall_s == pytest.approx(3.0 + 4.0 + 5.0)  # the second's plan comes last
    assert play(graph, 2, 1, ahead).wall_s == pytest.approx(6.0 + 4.0 + 10.0)
    assert play(graph, 2, 1, beside).wall_s == pytest.approx(6.0 + 10.0)  # all of it beside speech and drawing


@pytest.fixture(scope="module")
def tasks() -> tuple[Task, ...]:
    """Of one language's films in two shapes."""
    return schedule.language_tasks("minute", ("16:9", "1:1"))


@pytest.fixture(scope="module")
def costs() -> list[Cost]:
    return [cost for cost in read_costs() if cost.film == "minute"]


def test_shapes_share_speech_and_sound_and_each_has_its_own_pictures(tasks: tuple[Task, ...]) -> None:
    shots = [task.job.shot for task in tasks if isinstance(task.job, RenderJob)]
    assert {(shot.width, shot.height) for shot in shots} == {(3840, 2160), (2160, 2160)}
    labels = [task.label for task in tasks]
    cues = [cue.id for segment in open_film(ROOT).script.segments for cue in segment.cues]
    assert [label for label in labels if label.startswith("speak ")] == [f"speak {cue}" for cue in cues]
    assert [labels.count(label) for label in ("mix sound", "draw poster", "join picture", "assemble film")] == [
        1,
        2,
        2,
        2,
    ]


def test_pictures_cost_by_their_frames_and_pixels(tasks: tuple[Task, ...], costs: list[Cost]) -> None:
    by_label = defaultdict(set)
    for task, step in zip(tasks, steps(tasks, costs), strict=True):
        if isinstance(task.job, RenderJob):
            pixels = task.steps * task.job.shot.width * task.job.shot.height
            by_label[task.label].add((round(step.cpu_s / pixels, 15), round(step.size_bytes / pixels, 9)))
    assert [len(found) for found in by_label.values()] == [1] * len(open_film(ROOT).script.segments)


def test_what_is_moved_together_is_as_large_as_its_parts(tasks: tuple[Task, ...], costs: list[Cost]) -> None:
    known = {step.key: step for step in steps(tasks, costs)}
    joined = [step for step in known.values() if step.on_client]
    assert len(joined) == 4
    assert all(step.size_bytes == sum(known[key].size_bytes for key in step.inputs) for step in joined)


def test_a_task_that_was_not_measured_is_one_clear_line(tasks: tuple[Task, ...], costs: list[Cost]) -> None:
    with pytest.raises(ExplainerError, match=r"^mix sound: its cost is not known; measure anew: "):
        steps(tasks, [cost for cost in costs if cost.label != "mix sound"])


def test_the_command_plays_the_films_graph_and_plots_it(
    tasks: tuple[Task, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printed: list[Table] = []
    monkeypatch.setattr(schedule, "print_tables", printed.extend)
    monkeypatch.setattr(schedule, "language_tasks", lambda id, aspects: tasks)
    monkeypatch.setattr(schedule, "WORKERS", (1, 8))
    assert schedule.main(["--languages", "2", "--film", "minute", "--plot", str(tmp_path / "plot.svg")]) == 0
    rows = {table.title: table.rows for table in printed}
    assert rows["All films"][0]["tasks"] == 2 * len(tasks)
    alone, eight = rows["On workers of one core that are all alike"]
    assert (alone["speed-up"], alone["busy"]) == (1.0, "100%")
    assert 6 < eight["speed-up"] <= 8
    assert alone["$ spot"] < alone["$ on demand"]
    by_case = {row["workers are"]: row for row in rows["Makespan, minutes"]}
    assert list(by_case) == ["(no schedule beats)", *(case.words for case in schedule.CASES)]
    assert all(row["1"] >= by_case["(no schedule beats)"]["1"] for row in by_case.values())
    assert 1000 < (tmp_path / "plot.svg").stat().st_size < 100_000


def test_kinds_of_tasks_are_summed() -> None:
    costs = [Cost("q", "speak a", 1, 1.0, 10**6), Cost("q", "speak b", 1, 2.0, 10**6), Cost("q", "draw a", 9, 4.0)]
    assert [tuple(row.values()) for row in costs_table(costs).rows] == [
        ("", "q", "speak", 2, 3.0, 2.0),
        ("", "q", "draw a", 1, 4.0, 0.0),
    ]


@pytest.mark.slow
def test_weighing_tells_every_task_once() -> None:
    film = open_film(ROOT)
    hook = film.script.segments[0].id
    costs = weigh(Request(film, "en", Quality(160, 90, 5), (hook,), Voicing("draft")))
    labels = [cost.label for cost in costs]
    assert {f"draw {hook}", "mix sound", "join picture", "assemble film", "plan language", "plan film"} <= set(labels)
    assert len(labels) == len(set(labels))
    assert all(cost.cpu_s > 0 for cost in costs)
    assert {cost.quality for cost in costs} == {"90p5"}


def test_a_film_weighed_anew_leaves_the_others_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def weighed(film: Film, large: str) -> list[Cost]:
        return [Cost("q", f"draw {large}", 1, 1.0, film=film.id)]

    monkeypatch.setattr(costs_module, "weigh_film", weighed)
    path = tmp_path / "costs.json"
    kept, old = Cost("q", "draw b", 2, 2.0, film="tour"), Cost("q", "draw c", 3, 3.0, film="minute")
    path.write_text(json.dumps([asdict(kept), asdict(old)]))
    assert costs_module.main(["--film", "minute", "--large", "dome", "--out", str(path)]) == 0
    start, *films = read_costs(path)
    assert start.label == costs_module.START_WORKER
    assert films == [Cost("q", "draw dome", 1, 1.0, film="minute"), kept]
