"""Full disks and folders that cannot be written: one clear line, and what was there before stays whole."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from film_project import make_project
from reliability_builds import Place

from explainer.errors import ExplainerError
from explainer.film.build import film

Disk = Callable[[str], Path]
FULL = "the disk is full; free some space and run again"
STORE_SIZES_KB = (40, 120, 250, 500, 1100)


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
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["100k", "1200k"])
def test_a_full_disk_under_the_cache(size: str, place: Place, disk: Disk) -> None:
    place.cache.symlink_to(disk(f"size={size}"))
    status, said = place.build()
    assert (status, said) == (2, [f"error: {place.cache}: {FULL}"])
    assert place.outputs() == {}
    assert place.leftovers() == []


@pytest.mark.parametrize("size_kb", STORE_SIZES_KB)
def test_a_cache_that_fills_up_anywhere_in_the_work_goes_on_when_there_is_room(
    size_kb: int, tmp_path: Path, disk: Disk
) -> None:
    project = make_project(tmp_path / "project")
    (project.root / ".cache").symlink_to(disk(f"size={size_kb}k"))
    request = project.request(segments=("hook",))
    with pytest.raises(ExplainerError, match=FULL):
        film(request, project.out, project.session())
    assert not [path for path in project.out.rglob("*") if path.is_file()]
    disk("size=200m")
    film(request, project.out, project.session())
    spacious = make_project(tmp_path / "spacious")
    film(spacious.request(segments=("hook",)), spacious.out, spacious.session())
    names = sorted(path.relative_to(spacious.out) for path in spacious.out.rglob("*") if path.is_file())
    assert names
    assert all((project.out / name).read_bytes() == (spacious.out / name).read_bytes() for name in names)


@pytest.mark.slow
def test_a_full_disk_under_the_output_folder_keeps_the_earlier_film(
    place: Place, undisturbed: Place, disk: Disk
) -> None:
    earlier = undisturbed.outputs()
    size_kb = sum(map(len, earlier.values())) // 1024 + 40
    place.out.symlink_to(disk(f"size={size_kb}k"))
    for name, content in earlier.items():
        (place.out / name).parent.mkdir(exist_ok=True)
        (place.out / name).write_bytes(content)
    status, said = place.build("--voice", "espeak")
    assert (status, said) == (2, [f"error: {place.out / 'en'}: {FULL}"])
    assert place.outputs() == earlier
    assert place.leftovers() == []
    disk("size=20m")
    assert place.build("--voice", "espeak") == (0, [])
    assert place.outputs().keys() == earlier.keys()
    assert place.outputs() != earlier


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
