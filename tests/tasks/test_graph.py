"""Graphs are ordered, executors obey the order, and nothing finished is lost when something fails."""

from __future__ import annotations

import os
import pickle
import time
from pathlib import Path
from threading import Timer

import pytest
import small_tasks
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import CheckFailedError, ExplainerError
from explainer.tasks.graph import Task, in_order, needed, task
from explainer.tasks.local import LocalExecutor, local_executor
from explainer.tasks.progress import Silent
from explainer.tasks.store import Store, find

graphs = st.lists(st.sets(st.integers(0, 30)), min_size=1, max_size=12)


def make(links: list[set[int]]) -> tuple[Task, ...]:
    """A task for each set; it builds on those earlier ones that the set names."""
    made: list[Task] = []
    for number, chosen in enumerate(links):
        inputs = {str(other): made[other] for other in sorted(chosen) if other < number}
        made.append(task(f"task {number}", small_tasks.add, number, "code", inputs))
    return tuple(made)


@given(graphs, st.randoms(use_true_random=False))
def test_order_holds_each_task_once_and_after_its_inputs(links: list[set[int]], random: object) -> None:
    made = list(make(links))
    random.shuffle(made)  # type: ignore[attr-defined]
    ordered = in_order(tuple(made))
    place = {item.key: number for number, item in enumerate(ordered)}
    assert sorted(place) == sorted({item.key for item in made})
    assert all(place[key] < place[item.key] for item in ordered for key in item.inputs.values())


@given(graphs, st.sets(st.integers(0, 11)))
def test_only_what_is_missing_and_asked_for_is_needed(links: list[set[int]], there: set[int]) -> None:
    made = make(links)
    have = {made[number].key for number in there if number < len(made)}
    chosen = {item.key for item in needed(made, (made[-1].key,), have.__contains__)}
    assert not chosen & have
    assert (made[-1].key in chosen) == (made[-1].key not in have)
    for item in made:
        if item.key in chosen:
            assert set(item.inputs.values()) <= chosen | have


def test_a_key_depends_on_all_that_decides_the_result() -> None:
    one = task("a", small_tasks.add, 1, "code")
    variants = [
        task("a", small_tasks.add, 2, "code"),
        task("a", small_tasks.add, 1, "other code"),
        task("a", small_tasks.add, 1, "code", {"x": one}),
        task("a", small_tasks.add, 1, "code", {"y": one}),
    ]
    assert len({one.key, *(item.key for item in variants)}) == 5
    assert task("a", small_tasks.add, 1, "code", steps=9, cost=9).key == one.key


def test_missing_inputs_and_circles_are_refused() -> None:
    _, two = make([set(), {0}])
    with pytest.raises(ExplainerError, match="not in the graph"):
        in_order((two,))
    with pytest.raises(ExplainerError, match="wait for one another"):
        in_order((Task("p", "p", small_tasks.add, 0, {"q": "q"}), Task("q", "q", small_tasks.add, 0, {"p": "p"})))


@pytest.mark.parametrize("kind", [ExplainerError, CheckFailedError])
def test_errors_survive_the_way_between_processes(kind: type[ExplainerError]) -> None:
    error = pickle.loads(pickle.dumps(kind("what", "where", "remedy")))
    assert type(error) is kind
    assert str(error) == "where: what; remedy"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", print)


def run(executor: LocalExecutor, store: Store, *made: Task) -> None:
    executor.run(in_order(made), store, Silent())


def test_tasks_run_in_other_processes_on_what_they_build_on(store: Store) -> None:
    made = make([set(), set(), {0, 1}, {2}])
    with local_executor(2) as executor:
        run(executor, store, *made)
    folder = find(store, made[3].key)
    assert folder is not None
    assert (folder / "sum").read_text() == "6"
    assert (folder / "process").read_text() != str(os.getpid())


def test_the_longest_task_that_is_ready_comes_first(store: Store) -> None:
    costs = (1.0, 4.0, 2.0, 3.0)
    made = [task(f"nap {cost}", small_tasks.nap, 0.0, "code", cost=cost) for cost in costs]
    with local_executor(1) as executor:
        run(executor, store, *made)
    began_s = {item.cost: float((store.path(item.key) / "times").read_text().split()[0]) for item in made}
    assert sorted(costs, key=began_s.__getitem__) == [4.0, 3.0, 2.0, 1.0]


def test_bad_input_in_a_worker_arrives_as_it_was_said_and_finished_work_stays(store: Store) -> None:
    first = task("first", small_tasks.add, 1, "code")
    bad = task("bad", small_tasks.fail, 1, "code", {"first": first})
    with pytest.raises(ExplainerError, match=r"^place: no good; remedy$"), local_executor(1) as executor:
        run(executor, store, first, bad)
    assert find(store, first.key) is not None
    assert find(store, bad.key) is None


def test_a_worker_that_dies_is_one_clear_line(store: Store) -> None:
    dead = task("draw dome", small_tasks.die, 1, "code")
    said = r"draw dome: the worker process died.*run again"
    with pytest.raises(ExplainerError, match=said), local_executor(1) as pool:
        run(pool, store, dead)
    assert find(store, dead.key) is None


def test_an_interruption_ends_the_work_at_its_next_step(store: Store) -> None:
    long = task("long", small_tasks.slow, 1, "code", steps=2000)
    began = time.monotonic()

    def interrupt() -> None:
        os.kill(os.getpid(), 2)

    timer = Timer(1.5, interrupt)
    with pytest.raises(KeyboardInterrupt), local_executor(1) as executor:
        timer.start()
        run(executor, store, long)
    assert time.monotonic() - began < 10
    assert find(store, long.key) is None
    assert not list((store.folder / "building").iterdir())
