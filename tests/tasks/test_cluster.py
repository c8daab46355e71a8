"""A graph on other processes that share nothing but a connection: the same bytes, whatever happens to a worker."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Thread, Timer

import dask
import pytest
import small_tasks
import trustme
from cluster_processes import LOOPBACK, ROOT, Cluster, cluster
from film_project import Project

from explainer.errors import ExplainerError
from explainer.film.build import build_context, films
from explainer.film.environment import describer, environment
from explainer.film.request import Quality
from explainer.tasks import cluster as executing
from explainer.tasks.cluster import Describe, cluster_executor, differences, parted
from explainer.tasks.graph import Task, in_order, task
from explainer.tasks.progress import Silent
from explainer.tasks.session import Session
from explainer.tasks.store import Store, find
from explainer.words.film import open_film

TINY = Quality(160, 90, 5)
ENGINE = partial(environment, (), ())


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler to start workers for."""
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler with one worker, of four threads."""
    with cluster(tmp_path_factory.mktemp("staffed")) as made, made.worker(threads=4):
        yield made


@pytest.fixture(autouse=True)
def fresh_environment() -> None:
    """Who edits the engine while the tests run is not refused by workers that start later."""
    environment.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", print)


def run(
    cluster: Cluster, store: Store, *made: Task, describe: Describe = small_tasks.alike, patience_s: float = 20.0
) -> list[str]:
    """Run the tasks; returns what was told meanwhile."""
    told: list[str] = []
    with cluster_executor(cluster.address, 1, describe, told.append, patience_s) as executor:
        executor.run(in_order(made), store, Silent())
    return told


def naps(count: int, seconds: float) -> list[Task]:
    return [task(f"nap {number}", small_tasks.nap, seconds, number) for number in range(count)]


def written(store: Store, item: Task, name: str = "process") -> str:
    folder = find(store, item.key)
    assert folder is not None
    return (folder / name).read_text()


def times_s(store: Store, item: Task) -> tuple[float, float]:
    """When it began and ended."""
    began, ended = written(store, item, "times").split()
    return float(began), float(ended)


def wait_for_results(store: Store, count: int) -> None:
    until_s = time.monotonic() + 60
    while len(list(store.folder.glob("*/*/process"))) < count and time.monotonic() < until_s:
        time.sleep(0.02)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_film_comes_out_as_a_local_run_makes_it(project: Project, shared: Cluster, tmp_path: Path) -> None:
    local, wanted = project.session(), project.request(segments=("hook", "ordering"))
    films((wanted,), tmp_path / "local", local)
    apart = Store(tmp_path / "apart", project.warnings.append)
    describe = describer(project.film, local.context.sources)
    with (
        shared.worker(project.root),
        shared.worker(project.root),
        cluster_executor(shared.address, 1, describe, project.warnings.append) as executor,
    ):
        films((wanted,), tmp_path / "cluster", replace(local, store=apart, executor=executor))
    assert contents(tmp_path / "cluster") == contents(tmp_path / "local")
    assert len(project.warnings) == 1
    assert "dashboard at http" in project.warnings[0]


@pytest.mark.slow
def test_manim_draws_the_same_bytes_on_a_worker(project: Project, shared: Cluster, tmp_path: Path) -> None:
    film = open_film(ROOT, "minute")
    wanted = project.request(film=film, renderer="explainer.media.frames", quality=TINY, segments=("hook",))
    local = Session(build_context(film), project.store, project.session().executor, Silent())
    films((wanted,), tmp_path / "local", local)
    apart = Store(tmp_path / "apart", print)
    describe = describer(film, local.context.sources)
    with shared.worker(), cluster_executor(shared.address, 1, describe, print) as executor:
        films((wanted,), tmp_path / "cluster", replace(local, store=apart, executor=executor))
    assert contents(tmp_path / "cluster") == contents(tmp_path / "local")


def test_workers_killed_in_the_middle_cost_time_not_the_build(shared: Cluster, store: Store) -> None:
    items = naps(16, 0.4)
    last = task("last", small_tasks.nap, 0.0, "code", {str(number): item for number, item in enumerate(items)})
    with ExitStack() as stack:
        # More are lost than a single task may lose: those that only wait for a worker are not to blame.
        doomed = [stack.enter_context(shared.worker()) for _ in range(4)]

        def murder() -> None:
            for number, worker in enumerate(doomed):
                wait_for_results(store, number + 1)
                worker.kill()
                worker.wait()
                if number == 2:
                    stack.enter_context(shared.worker())

        murderer = Thread(target=murder)
        murderer.start()
        run(shared, store, *items, last)
        murderer.join()
    assert written(store, last, "deep/inputs") == "".join(written(store, item) for item in items)
    assert len({written(store, item) for item in items} - {str(worker.pid) for worker in doomed}) == 1


def test_workers_may_join_late(shared: Cluster, store: Store) -> None:
    items = naps(30, 0.3)
    with ExitStack() as stack:

        def join() -> None:
            stack.enter_context(shared.worker())
            wait_for_results(store, 1)
            stack.enter_context(shared.worker())

        Timer(1.0, join).start()
        run(shared, store, *items)
    assert len({written(store, item) for item in items}) == 2


def test_what_only_moves_bytes_is_done_here(staffed: Cluster, store: Store) -> None:
    away = task("away", small_tasks.nap, 0.0, "code")
    here = task("here", small_tasks.nap, 0.0, "code", {"away": away}, on_client=True)
    after = task("after", small_tasks.nap, 0.0, "code", {"here": here})
    run(staffed, store, away, here, after)
    processes = [written(store, item) for item in (away, here, after)]
    assert processes[1] == str(os.getpid())
    assert processes[0] == processes[2] != processes[1]


def test_what_reads_files_of_this_machine_stays_here() -> None:
    source = task("source", small_tasks.add, 1, "code")
    reader = task("reader", small_tasks.add, {"takes": [Path("takes")]}, "code", {"source": source})
    after = task("after", small_tasks.add, 1, "code", {"reader": reader})
    assert parted((source, reader, after)) == ((source, reader), (after,))


def test_the_longest_task_comes_first(staffed: Cluster, store: Store) -> None:
    items = [replace(item, cost=cost) for item, cost in zip(naps(4, 0.1), (1.0, 4.0, 2.0, 3.0), strict=True)]
    run(staffed, store, *items)
    begun = sorted(items, key=lambda item: times_s(store, item))
    assert [item.cost for item in begun] == [4.0, 3.0, 2.0, 1.0]


def test_a_worker_does_one_task_at_a_time_whatever_its_threads_and_whoever_asks(
    staffed: Cluster, tmp_path: Path
) -> None:
    stores = [Store(tmp_path / name, print) for name in ("one", "other")]
    items = naps(4, 0.3)
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda store: run(staffed, store, *items), stores))
    times = sorted(times_s(store, item) for store in stores for item in items)
    assert all(end <= start for (_, end), (start, _) in pairwise(times))


def test_work_that_kills_every_worker_is_one_clear_line(shared: Cluster, store: Store) -> None:
    deadly = task("draw dome", small_tasks.die, 1, "code", cost=1.0)
    with (
        pytest.raises(ExplainerError, match=r"^draw dome: 3 workers were lost at it; look at the workers' memory"),
        shared.worker(),
        shared.worker(),
        shared.worker(),
    ):
        run(shared, store, deadly, *naps(40, 0.2))
    assert find(store, deadly.key) is None


def test_a_worker_with_other_code_is_refused_by_name(shared: Cluster, store: Store, tmp_path: Path) -> None:
    for name in ("same", "other"):
        shutil.copytree(ROOT / "explainer", tmp_path / name / "explainer", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other" / "explainer" / "errors.py").open("a", encoding="utf-8") as file:
        file.write("\nNEW = 1\n")
    items = naps(4, 0.2)
    with shared.worker(tmp_path / "other") as stranger, shared.worker(tmp_path / "same"):
        time.sleep(4.0)  # both are there before the first look
        told = run(shared, store, *items, describe=ENGINE)
        assert stranger.poll() is None
    assert str(stranger.pid) not in {written(store, item) for item in items}
    refusals = [line for line in told if "not used" in line]
    assert len(refusals) == 1
    assert "its versions differ: explainer/errors.py; install what is here and start it again" in refusals[0]


def test_a_worker_without_the_project_is_refused(shared: Cluster, store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty" / "explainer").mkdir(parents=True)
    missing = "raise ModuleNotFoundError(\"No module named 'explainer'\")\n"
    (tmp_path / "empty" / "explainer" / "__init__.py").write_text(missing)
    told: list[str] = []
    said = r"none of its 1 workers can be used; start some: explainer worker tcp://"
    with (
        pytest.raises(ExplainerError, match=said),
        shared.worker(tmp_path / "empty"),
        cluster_executor(shared.address, 1, ENGINE, told.append, 6.0) as executor,
    ):
        executor.run((task("nap", small_tasks.nap, 0.0, "code"),), store, Silent())
    assert any("the project does not run there" in line and "No module named 'explainer'" in line for line in told)


def test_bad_input_on_a_worker_arrives_as_it_was_said(staffed: Cluster, store: Store) -> None:
    first = task("first", small_tasks.add, 1, "code")
    bad = task("bad", small_tasks.fail, 1, "code", {"first": first})
    after = task("after", small_tasks.add, 1, "code", {"bad": bad})
    with pytest.raises(ExplainerError, match=r"^place: no good; remedy$"):
        run(staffed, store, first, bad, after)
    assert find(store, first.key) is not None
    assert find(store, bad.key) is None


def test_an_interruption_ends_the_build_at_once_and_the_worker_is_there_for_the_next(
    staffed: Cluster, store: Store
) -> None:
    done, long = task("done", small_tasks.nap, 0.0, "code", cost=1.0), task("long", small_tasks.nap, 6.0, "code")
    interrupted_s: list[float] = []

    def interrupt() -> None:
        wait_for_results(store, 1)
        time.sleep(0.5)
        interrupted_s.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    Timer(0.0, interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        run(staffed, store, done, long)
    assert time.monotonic() - interrupted_s[0] < 4.0
    assert find(store, done.key) is not None
    assert find(store, long.key) is None
    run(staffed, store, *naps(1, 0.0))


def test_a_scheduler_without_workers_is_one_clear_line(shared: Cluster, store: Store) -> None:
    said = rf"^{shared.address}: it has no worker; start some: explainer worker {shared.address}$"
    with pytest.raises(ExplainerError, match=said):
        run(shared, store, *naps(1, 0.0), patience_s=0.5)


@pytest.mark.parametrize("workers", [0, 1])
def test_a_scheduler_that_goes_away_is_one_clear_line(workers: int, store: Store, tmp_path: Path) -> None:
    first, long = task("first", small_tasks.nap, 0.0, "code", cost=1.0), task("long", small_tasks.nap, 60.0, "code")
    with cluster(tmp_path / "cluster") as doomed, ExitStack() as stack:
        for _ in range(workers):
            stack.enter_context(doomed.worker())

        def murder() -> None:
            wait_for_results(store, workers)
            time.sleep(0.5)
            doomed.process.kill()

        murderer = Thread(target=murder)
        with (
            pytest.raises(ExplainerError, match=rf"^{doomed.address}: the scheduler is gone; finished parts are kept"),
            cluster_executor(doomed.address, 1, small_tasks.alike, print, 60.0) as executor,
        ):
            murderer.start()
            executor.run((first, long), store, Silent())
        murderer.join()
    assert (find(store, first.key) is not None) == bool(workers)


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler that talks to those alone who have a certificate."""
    folder = tmp_path_factory.mktemp("certified")
    authority = trustme.CA()
    certificate = authority.issue_cert(LOOPBACK)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    names = {"--tls-ca-file": "ca.pem", "--tls-cert": "cert.pem", "--tls-key": "key.pem"}
    with cluster(
        folder, tuple(word for option, name in names.items() for word in (option, str(folder / name)))
    ) as made:
        yield made


@pytest.fixture
def settings_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, str]], None]]:
    """Sets variables that dask reads when it is loaded."""

    def hold(variables: dict[str, str]) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        dask.config.refresh()

    yield hold
    monkeypatch.undo()
    dask.config.refresh()


def connect(address: str) -> None:
    with cluster_executor(address, 1, small_tasks.alike, print):
        pytest.fail("connected")


def test_the_variables_of_the_manual_lead_to_an_encrypted_scheduler(
    certified: Cluster, store: Store, settings_of_the_environment: Callable[[dict[str, str]], None]
) -> None:
    assert certified.address.startswith("tls://")
    _, authority, _, certificate, _, key = certified.tls
    variables = {
        "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": authority,
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT": certificate,
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY": key,
    }
    manual = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert all(name in manual for name in variables)
    settings_of_the_environment(variables)
    (nap,) = naps(1, 0.0)
    with certified.worker() as worker:
        run(certified, store, nap)
    assert written(store, nap) == str(worker.pid)


def test_an_encrypted_scheduler_wants_certificates(certified: Cluster, tmp_path: Path) -> None:
    said = rf"^{certified.address}: it wants certificates; name them as docs/scale\.md tells$"
    with pytest.raises(ExplainerError, match=said):
        connect(certified.address)
    nowhere = {"distributed.comm.tls.ca-file": str(tmp_path / "nowhere.pem")}
    nowhere |= {f"distributed.comm.tls.client.{name}": str(tmp_path / "nowhere.pem") for name in ("cert", "key")}
    with dask.config.set(nowhere), pytest.raises(ExplainerError, match="certificates for it cannot be used"):
        connect(certified.address)


def test_an_encrypted_scheduler_hears_no_plain_word(certified: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing, "CONNECT_S", 2.0)
    address = certified.address.replace("tls://", "tcp://")
    with pytest.raises(ExplainerError, match=rf"^{address}: no scheduler answers"):
        connect(address)


def test_no_scheduler_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing, "CONNECT_S", 0.5)
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        address = f"tcp://{LOOPBACK}:{taken.getsockname()[1]}"
        with pytest.raises(ExplainerError, match=f"^{address}: no scheduler answers; start one with 'dask scheduler'"):
            connect(address)


@pytest.mark.parametrize("address", ["host:8786", "http://host:8786", "", "tcp://:x"])
def test_what_is_no_address_is_one_clear_line(address: str) -> None:
    with pytest.raises(ExplainerError, match=r"not an address|not the address|no scheduler answers"):
        connect(address)


def test_what_differs_is_named_with_versions_but_without_hashes() -> None:
    mine, other = {"manim": "0.22", "a.py": "0" * 40, "same": "1"}, {"manim": "0.21", "a.py": "1" * 40, "same": "1"}
    assert differences(mine, other) == "a.py, manim (0.21, here 0.22)"
    assert differences(mine, mine) == ""
    many = {f"{number}.py": "0" * 40 for number in range(9)}
    assert differences(many, {}) == "0.py, 1.py, 2.py, 3.py, 4.py and 4 more"


def test_what_must_be_alike_is_code_data_tools_voices_and_fonts(project: Project) -> None:
    (project.root / "loose.py").touch()
    (project.root / project.laws).with_name("table.csv").touch()
    project.edit(project.laws, "return x + 1", "return open(__file__)")
    project.edit("narration/minute.toml", "[film]", "[film]\nfonts.en = 'Noto Sans'")
    found = describer(project.film, project.session().context.sources)()
    engine = {"python", "manim", "pango", "voice espeak", "font Inter", "explainer/errors.py"}
    film = {"font Noto Sans", project.scene("dome"), project.laws, f"{project.name}_physics/table.csv", "loose.py"}
    assert engine | film <= found.keys()


def test_a_local_run_loads_nothing_of_dask() -> None:
    code = "import sys, explainer.film.build, explainer.cli.main, explainer.tasks.local; print('dask' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"
