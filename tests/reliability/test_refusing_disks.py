"""Full disks and folders that cannot be written: one clear line, and what was there before stays whole."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from film_project import Project, make_project
from reliability_builds import Place

from explainer.errors import ExplainerError
from explainer.film.build import films
from explainer.film.request import Voicing
from explainer.tasks.graph import Task
from explainer.tasks.local import perform
from explainer.tasks.progress import Progress
from explainer.tasks.store import Store

Disk = Callable[[str], Path]
FULL = "the disk is full; free some space and run again"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small disk of its own; called again it changes its options."""
    folder = tmp_path / "disk"

    def mounted(options: str) -> Path:
        again = ["-o", f"remount,{options}"] if folder.exists() else ["-o", options]
        folder.mkdir(exist_ok=True)
        done = subprocess.run(["mount", "-t", "tmpfs", *again, "tmpfs", str(folder)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("a small disk can be mounted by root only")
        return folder

    if os.geteuid() != 0:
        pytest.skip("a small disk can be mounted by root only")
    yield mounted
    subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_full_disk_under_the_cache(place: Place, disk: Disk) -> None:
    place.cache.symlink_to(disk("size=1200k"))
    status, said = place.build()
    assert (status, said) == (2, [f"error: {place.cache}: {FULL}"])
    assert place.outputs() == {}
    assert place.leftovers() == []


@dataclass(frozen=True)
class RoomUntil:
    """Runs tasks here; for one of them there is no room left on the disk."""

    label: str
    filler: Path

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        for task in tasks:
            if task.label == self.label:
                fill(self.filler)
            perform(task, store.folder, lambda steps: None)


def fill(filler: Path) -> None:
    """Leave no room on the disk that a file is on."""
    with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 12))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small film that is built with all the room it wants."""
    made = make_project(tmp_path_factory.mktemp("room") / "project")
    films((made.request(segments=("hook",)),), made.out, made.session())
    return made


@pytest.mark.parametrize(
    "label", ["speak hook.answer", "draw hook", "draw poster", "mix sound", "join picture", "assemble film"]
)
def test_a_cache_that_fills_up_anywhere_in_the_work_goes_on_when_there_is_room(
    label: str, project: Project, tmp_path: Path, disk: Disk
) -> None:
    cache = disk("size=40m")
    roomy = replace(project.session(), store=Store(cache, pytest.fail))
    requests = (project.request(segments=("hook",)),)
    with pytest.raises(ExplainerError, match=FULL):
        films(requests, tmp_path / "out", replace(roomy, executor=RoomUntil(label, cache / "filler")))
    assert contents(tmp_path / "out") == {}
    (cache / "filler").unlink()
    _, report = films(requests, tmp_path / "out", roomy)
    assert label in report.made.values()
    assert "speak hook.question" in report.reused.values()
    assert contents(tmp_path / "out") == contents(project.out)


def test_facts_that_cannot_be_kept_are_told_of(project: Project, tmp_path: Path, disk: Disk) -> None:
    cache = disk("size=1m")
    fill(cache / "filler")
    session = replace(project.session(), store=Store(cache, pytest.fail))
    with pytest.raises(ExplainerError, match=FULL):
        films((project.request(segments=("hook",)),), tmp_path / "out", session)


def test_a_full_disk_under_the_output_folder_keeps_the_earlier_film(project: Project, disk: Disk) -> None:
    earlier = contents(project.out)
    out = disk(f"size={sum(map(len, earlier.values())) // 1024 + 40}k")
    for name, content in earlier.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_bytes(content)
    requests = (project.request(segments=("hook",), voicing=Voicing("espeak")),)
    with pytest.raises(ExplainerError, match=f"^{out / 'en'}: {FULL}$"):
        films(requests, out, project.session())
    assert contents(out) == earlier
    disk("size=20m")
    films(requests, out, project.session())
    assert contents(out).keys() == earlier.keys()
    assert contents(out) != earlier


@pytest.mark.slow
def test_an_output_folder_that_can_only_be_read(place: Place, undisturbed: Place, disk: Disk) -> None:
    place.out.symlink_to(disk("size=20m"))
    for name, content in undisturbed.outputs().items():
        (place.out / name).parent.mkdir(exist_ok=True)
        (place.out / name).write_bytes(content)
    disk("ro")
    status, said = place.build("--voice", "espeak")
    assert status == 2
    assert len(said) == 1
    assert "cannot write here (Read-only file system); choose a folder you can write to" in said[0]
    assert place.outputs() == undisturbed.outputs()
    assert not place.cache.exists()
