"""A starter film, and a preview of it in a process of its own, as the command starts it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from explainer.starter.create import create

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Preview:
    """A preview at work: the film's folder, and the page's address."""

    root: Path
    address: str

    def edit(self, path: str, old: str, new: str) -> None:
        """Save a file with other words in it."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    root = tmp_path_factory.mktemp("preview") / "ball"
    create(root)
    command = [sys.executable, "-m", "explainer", "watch", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stderr.readline())
    assert found
    yield Preview(root, found[0])
    process.terminate()
    _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (0, "")
