"""Builds as a user runs them, for tests that disturb them: one short segment at the lowest quality."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_BUILD_S = 300


@dataclass(frozen=True)
class Place:
    """A folder with an output folder, a cache, and a place for what is temporary."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def start(self, *more: str, **environment: str) -> subprocess.Popen[str]:
        """Start a build in a process group of its own."""
        self.temporary.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, str(ROOT / "render.py"), "video", "-ql", "--segment", "hook", "--voice", "draft"]
        command += ["--out", str(self.out), "--cache", str(self.cache), "--jobs", "2", *more]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(self.temporary), **environment},
            start_new_session=True,
        )

    def build(self, *more: str, **environment: str) -> tuple[int, list[str]]:
        """Build to the end; returns the exit status and the lines on standard error."""
        process = self.start(*more, **environment)
        _, said = process.communicate(timeout=LONGEST_BUILD_S)
        return process.returncode, said.splitlines()

    def outputs(self) -> dict[str, bytes]:
        """Finished files by name; what is hidden is not finished."""
        shown = (path for path in self.out.rglob("*") if path.is_file())
        return {
            str(path.relative_to(self.out)): path.read_bytes()
            for path in shown
            if not any(part.startswith(".") for part in path.relative_to(self.out).parts)
        }

    def leftovers(self) -> list[str]:
        """Whatever is neither a finished file nor a result in the cache."""
        hidden = [path for path in self.out.rglob(".*")]
        building = [*self.cache.glob("building/*")]
        return sorted(str(path) for path in (*hidden, *building, *self.temporary.iterdir()))
