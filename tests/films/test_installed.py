"""The engine as others install it: a wheel of its own, without this repository's film."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("explainer", "pyproject.toml", "README.md")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of the wheel."""
    source, wheels, target = (tmp_path_factory.mktemp(name) for name in ("source", "wheels", "installed"))
    for name in COPIED:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, source / name)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*command, "-w", wheels, source], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        wheel.extractall(target)
    return target


def files(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in (root / "explainer").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_everything_that_the_engine_reads_is_in_the_wheel(installed: Path) -> None:
    assert files(installed) == files(ROOT)


def test_nothing_else_is(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {"explainer"}


def test_the_installed_engine_writes_a_film_and_lists_it(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def explainer(*arguments: str, cwd: Path) -> str:
        command = [sys.executable, "-P", "-m", "explainer", *arguments]
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    explainer("new", "my-film", cwd=tmp_path)
    assert "Thrown up" in explainer("films", cwd=tmp_path / "my-film")
