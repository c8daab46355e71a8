"""The simulated schedule keeps the laws of every schedule; its costs come from a file that anyone can remake."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import schedule
from benchmarks.costs import COSTS, Cost, weigh
from benchmarks.schedule import Assumptions, Step, longest_chain_s, play, read_costs, repeated, steps, table
from explainer.errors import ExplainerError
from explainer.film.request import Quality, Request, Voicing

FREE = Assumptions(link_gbit_s=1e9, handing_over_s=0.0)
durations = st.lists(st.floats(0.1, 10.0), min_size=1, max_size=20)


def fan(seconds: list[float]) -> tuple[Step, ...]:
    """Tasks that one last task waits for."""
    first = tuple(Step(str(number), (), cpu_s, 1e6) for number, cpu_s in enumerate(seconds))
    return (*first, Step("last", tuple(step.key for step in first), 1.0, 1e6))


@given(durations, st.integers(1, 8))
def test_no_schedule_beats_its_work_or_its_longest_chain(seconds: list[float], workers: int) -> None:
    todo = fan(seconds)
    played = play(todo, workers, 0.0, 0.0, FREE)
    least_s = max(longest_chain_s(todo), sum(step.cpu_s for step in todo) / workers)
    assert least_s <= played.wall_s * (1 + 1e-9)
    assert played.wall_s <= 2 * least_s + 1  # a list schedule is never worse than twice the best
    assert played.busy_s == pytest.approx(sum(step.cpu_s for step in todo))


@given(durations)
def test_one_worker_takes_the_sum_with_its_start_and_the_planning(seconds: list[float]) -> None:
    assert play(fan(seconds), 1, 0.5, 2.0, FREE).wall_s == pytest.approx(sum(seconds) + 1.0 + 0.5 + 2.0)


def test_all_bytes_cross_the_connection_but_those_of_near_tasks() -> None:
    away = fan([1.0, 1.0])
    assert play(away, 2, 0.0, 0.0, FREE).moved_bytes == 5e6  # three results, two of them inputs
    near = (*away[:2], Step("last", away[2].inputs, 1.0, 1e6, on_client=True))
    assert play(near, 2, 0.0, 0.0, FREE).moved_bytes == 2e6
    slow = Assumptions(link_gbit_s=8e-3, handing_over_s=0.0)  # a megabyte a second
    assert play(away, 2, 0.0, 0.0, slow).wall_s == pytest.approx(1.0 + 2.0 + 2.0 + 1.0 + 1.0)


def test_languages_repeat_the_graph() -> None:
    todo = repeated(fan([1.0]), 3)
    assert len({step.key for step in todo}) == len(todo) == 6
    assert {key for step in todo for key in step.inputs} <= {step.key for step in todo}


def test_the_films_graph_has_a_cost_for_each_task(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(schedule, "SHAPES_PX", {"16:9": (3840, 2160)})
    monkeypatch.setattr(schedule, "WORKERS", (1, 8))
    costs = read_costs(COSTS)
    todo = steps(schedule.language_tasks(), costs)
    assert all(step.cpu_s > 0 and step.size_bytes > 0 for step in todo)
    assert {"start worker", "plan language", "plan film"} <= {cost.label for cost in costs}
    assert schedule.main(["--languages", "2"]) == 0
    assert "2 films" in capsys.readouterr().out


def test_the_plot_is_small(tmp_path: Path) -> None:
    schedule.draw([play(fan([1.0]), workers, 0.0, 0.0, FREE) for workers in (1, 2)], tmp_path / "plot.svg")
    assert 1000 < (tmp_path / "plot.svg").stat().st_size < 100_000


def test_costs_that_are_not_there_are_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ExplainerError, match=r"no readable costs.*make it with 'python -m benchmarks.costs'"):
        read_costs(tmp_path / "none.json")
    (tmp_path / "other.json").write_text('[{"label": "x"}]')
    assert schedule.main(["--costs", str(tmp_path / "other.json")]) == 2
    assert "\n" not in capsys.readouterr().err.strip()


def test_kinds_of_tasks_are_summed() -> None:
    rows = [Cost("q", "speak a", 1, 1.0, 10), Cost("q", "speak b", 1, 2.0, 20), Cost("q", "draw a", 9, 4.0, 40)]
    assert table(rows) == {("q", "speak"): (2, 3.0, 30.0), ("q", "draw a"): (1, 4.0, 40.0)}


@pytest.mark.slow
def test_weighing_tells_every_task_once() -> None:
    costs = weigh(Request(quality=Quality(160, 90, 5), segments=("hook",), voicing=Voicing("draft")))
    labels = [cost.label for cost in costs]
    assert {"draw hook", "mix sound", "join picture", "assemble film", "plan language", "plan film"} <= set(labels)
    assert len(labels) == len(set(labels))
    assert all(cost.cpu_s >= 0 for cost in costs)
