"""A graph on other processes that share nothing but a connection: the same bytes, whatever happens to a worker."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Timer

import dask
import pipeline_tasks as tasks
import pytest
import trustme
from cluster_processes import LOOPBACK, Cluster, cluster
from film_project import ROOT, Project

from explainer.errors import ExplainerError
from explainer.film.build import Session, film
from explainer.film.plan import BuildContext
from explainer.film.request import Quality
from explainer.tasks import cluster as executing
from explainer.tasks.artifact_transfer import Artifact, ArtifactFile, pack, unpack
from explainer.tasks.cluster import cluster_executor, parted
from explainer.tasks.environment_check import differences, likeness
from explainer.tasks.fingerprint import PROJECT_PACKAGES, Sources
from explainer.tasks.graph import Task, in_order, task
from explainer.tasks.progress import Silent
from explainer.tasks.store import Store, building, find

TINY = Quality(160, 90, 5)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler that all tests use, one after the other."""
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(autouse=True)
def fresh_likeness() -> None:
    """Who edits the project while the tests run is not refused by workers that start later."""
    likeness.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", print)


def run(cluster: Cluster, store: Store, *made: Task) -> list[str]:
    """Run the tasks; returns what was told meanwhile."""
    told: list[str] = []
    with cluster_executor(cluster.address, 1, told.append, 20.0) as executor:
        executor.run(in_order(made), store, Silent())
    return told


def written(store: Store, item: Task, name: str = "process") -> str:
    folder = find(store, item.key)
    assert folder is not None
    return (folder / name).read_text()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_film_comes_out_as_a_local_run_makes_it(project: Project, shared: Cluster, tmp_path: Path) -> None:
    local = project.session()
    film(project.request(), tmp_path / "local", local)
    apart = Store(tmp_path / "apart", project.warnings.append)
    with (
        shared.worker(),
        shared.worker(),
        cluster_executor(shared.address, 1, project.warnings.append) as executor,
    ):
        film(project.request(), tmp_path / "cluster", replace(local, store=apart, executor=executor))
    assert contents(tmp_path / "cluster") == contents(tmp_path / "local")
    assert len(project.warnings) == 1
    assert "dashboard at http" in project.warnings[0]


@pytest.mark.slow
def test_manim_draws_the_same_bytes_on_a_worker(project: Project, shared: Cluster, tmp_path: Path) -> None:
    wanted = project.request(renderer="explainer.media.frames", quality=TINY, segments=("hook",), script=None)
    ground = BuildContext(ROOT, Sources(ROOT), {})
    local = Session(ground, project.store, project.session().executor, Silent())
    film(wanted, tmp_path / "local", local)
    apart = Store(tmp_path / "apart", print)
    with shared.worker(), cluster_executor(shared.address, 1, print) as executor:
        film(wanted, tmp_path / "cluster", Session(ground, apart, executor, Silent()))
    assert contents(tmp_path / "cluster") == contents(tmp_path / "local")


def test_a_worker_killed_in_the_middle_costs_time_not_the_build(shared: Cluster, store: Store) -> None:
    naps = [task(f"nap {number}", tasks.nap, 0.4, number) for number in range(8)]
    last = task("last", tasks.nap, 0.0, "code", {str(number): item for number, item in enumerate(naps)})
    with shared.worker() as doomed, shared.worker():

        def murder() -> None:
            while not list(store.folder.glob("*/*/process")):
                time.sleep(0.02)
            doomed.kill()

        Timer(0, murder).start()
        run(shared, store, *naps, last)
    assert doomed.poll() is not None
    processes = [written(store, item) for item in naps]
    assert written(store, last, "deep/inputs") == "".join(processes)


def test_what_only_moves_bytes_is_done_here(shared: Cluster, store: Store) -> None:
    away = task("away", tasks.nap, 0.0, "code")
    here = task("here", tasks.nap, 0.0, "code", {"away": away}, on_client=True)
    after = task("after", tasks.nap, 0.0, "code", {"here": here})
    with shared.worker() as worker:
        run(shared, store, away, here, after)
    own, other = str(os.getpid()), str(worker.pid)
    assert [written(store, item) for item in (away, here, after)] == [other, own, other]


def test_work_that_kills_every_worker_is_one_clear_line(shared: Cluster, store: Store) -> None:
    deadly = task("draw dome", tasks.die, 1, "code")
    with (
        pytest.raises(ExplainerError, match=r"^draw dome: 3 workers were lost at it; look at the workers' memory"),
        shared.worker(),
        shared.worker(),
        shared.worker(),
    ):
        run(shared, store, deadly)
    assert find(store, deadly.key) is None


def test_a_worker_with_other_code_is_refused_by_name(shared: Cluster, store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for package in PROJECT_PACKAGES:
        shutil.copytree(ROOT / package, other / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "physics" / "spins.py").open("a", encoding="utf-8") as file:
        file.write("\nNEW = 1\n")
    naps = [task(f"nap {number}", tasks.nap, 0.2, number) for number in range(4)]
    with shared.worker(other) as stranger, shared.worker():
        time.sleep(3.0)  # both are there before the first look
        told = run(shared, store, *naps)
        assert stranger.poll() is None
    assert str(stranger.pid) not in {written(store, item) for item in naps}
    refusals = [line for line in told if "not used" in line]
    assert len(refusals) == 1
    assert "its versions differ: physics/spins.py; install what is here and start it again" in refusals[0]


def test_a_worker_without_the_project_is_refused(shared: Cluster, store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty" / "pipeline").mkdir(parents=True)
    missing = "raise ModuleNotFoundError(\"No module named 'pipeline'\")\n"
    (tmp_path / "empty" / "pipeline" / "__init__.py").write_text(missing)
    told: list[str] = []
    with (
        pytest.raises(ExplainerError, match=r"none of its 1 workers can be used; start some: dask worker tcp://"),
        shared.worker(tmp_path / "empty"),
        cluster_executor(shared.address, 1, told.append, 6.0) as executor,
    ):
        executor.run((task("nap", tasks.nap, 0.0, "code"),), store, Silent())
    assert any("the project does not run there" in line and "No module named 'pipeline'" in line for line in told)


def test_bad_input_on_a_worker_arrives_as_it_was_said(shared: Cluster, store: Store) -> None:
    first = task("first", tasks.add, 1, "code")
    bad = task("bad", tasks.fail, 1, "code", {"first": first})
    with pytest.raises(ExplainerError, match=r"^place: no good; remedy$"), shared.worker():
        run(shared, store, first, bad)
    assert find(store, first.key) is not None
    assert find(store, bad.key) is None


def test_a_scheduler_without_workers_is_one_clear_line(shared: Cluster, store: Store) -> None:
    said = rf"^{shared.address}: it has no worker; start some: dask worker {shared.address} --nthreads 1$"
    with (
        pytest.raises(ExplainerError, match=said),
        cluster_executor(shared.address, 1, print, patience_s=0.5) as executor,
    ):
        executor.run((task("nap", tasks.nap, 0.0, "code"),), store, Silent())


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
    nap = task("nap", tasks.nap, 0.0, "code")
    with certified.worker() as worker:
        run(certified, store, nap)
    assert written(store, nap) == str(worker.pid)


def test_an_encrypted_scheduler_wants_certificates(certified: Cluster, tmp_path: Path) -> None:
    said = rf"^{certified.address}: it wants certificates; name them as docs/scale\.md tells$"
    with pytest.raises(ExplainerError, match=said):
        cluster_executor(certified.address, 1, print).__enter__()
    nowhere = {"distributed.comm.tls.ca-file": str(tmp_path / "nowhere.pem")}
    nowhere |= {f"distributed.comm.tls.client.{name}": str(tmp_path / "nowhere.pem") for name in ("cert", "key")}
    with dask.config.set(nowhere), pytest.raises(ExplainerError, match="certificates for it cannot be used"):
        cluster_executor(certified.address, 1, print).__enter__()


def test_an_encrypted_scheduler_hears_no_plain_word(certified: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing, "CONNECT_S", 2.0)
    address = certified.address.replace("tls://", "tcp://")
    with pytest.raises(ExplainerError, match=rf"^{address}: no scheduler answers"):
        cluster_executor(address, 1, print).__enter__()


def test_no_scheduler_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing, "CONNECT_S", 0.5)
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        address = f"tcp://{LOOPBACK}:{taken.getsockname()[1]}"
        with pytest.raises(ExplainerError, match=f"^{address}: no scheduler answers; start one with 'dask scheduler'"):
            cluster_executor(address, 1, print).__enter__()


@pytest.mark.parametrize("address", ["host:8786", "http://host:8786", "", "tcp://:x"])
def test_what_is_no_address_is_one_clear_line(address: str) -> None:
    with pytest.raises(ExplainerError, match=r"not an address|not the address|no scheduler answers"):
        cluster_executor(address, 1, print).__enter__()


def test_what_reads_files_of_this_machine_stays_here() -> None:
    source = task("source", tasks.add, 1, "code")
    reader = task("reader", tasks.add, {"takes": [Path("takes")]}, "code", {"source": source})
    after = task("after", tasks.add, 1, "code", {"reader": reader})
    here, away = parted((source, reader, after))
    assert (here, away) == ((source, reader), (after,))


def test_a_result_travels_whole(store: Store, tmp_path: Path) -> None:
    with building(store, "ab" * 20) as folder:
        (folder / "deep").mkdir()
        (folder / "deep" / "file").write_bytes(bytes(range(256)))
    parcel = pack(store.path("ab" * 20))
    assert parcel.size_bytes == 256
    unpack(parcel, tmp_path / "there")
    assert (tmp_path / "there" / "deep" / "file").read_bytes() == bytes(range(256))
    damaged = replace(parcel.files[0], content=b"else")
    with pytest.raises(ExplainerError, match="damaged on its way"):
        unpack(Artifact((damaged,)), tmp_path / "there")


@pytest.mark.parametrize("name", ["../out", "/etc/out", "deep/../../out", "", "."])
def test_a_result_cannot_leave_its_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExplainerError, match="outside its folder"):
        unpack(Artifact((ArtifactFile(name, "", b""),)), tmp_path / "there")
    assert not (tmp_path / "out").exists()


def test_what_differs_is_named_with_versions_but_without_hashes() -> None:
    mine, other = {"manim": "0.22", "a.py": "0" * 40, "same": "1"}, {"manim": "0.21", "a.py": "1" * 40, "same": "1"}
    assert differences(mine, other) == "a.py, manim (0.21, here 0.22)"
    assert differences(mine, mine) == ""
    many = {f"{number}.py": "0" * 40 for number in range(9)}
    assert differences(many, {}) == "0.py, 1.py, 2.py, 3.py, 4.py and 4 more"
    assert {"python", "manim", "pango", "pipeline/likeness.py", "voice en"} <= likeness().keys()


def test_a_local_run_loads_nothing_of_dask() -> None:
    code = "import sys, explainer.film.build, explainer.cli.main, explainer.tasks.local, explainer.film.work; print('dask' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"
