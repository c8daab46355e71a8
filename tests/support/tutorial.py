"""A tutorial as a test reads it: its files and its commands, in order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "your-film.md"
LONGEST_COMMAND_S = 300

_BLOCK = re.compile(r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A file to write, or a command to run."""

    text: str
    file: str = ""


def steps(path: Path = TUTORIAL) -> tuple[Step, ...]:
    """The steps of a tutorial: blocks with a title are files, lines of `sh` are commands."""
    found = []
    for block in _BLOCK.finditer(path.read_text(encoding="utf-8")):
        if block["title"]:
            found.append(Step(block["text"], block["title"]))
        elif block["kind"] == "sh":
            found += [Step(line) for line in block["text"].splitlines() if line]
    return tuple(found)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line as a person in this environment would."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=LONGEST_COMMAND_S,
    )


def follow(folder: Path) -> tuple[Path, list[tuple[str, subprocess.CompletedProcess[str]]]]:
    """Do the whole tutorial from an empty folder; returns the film's folder, and each command with how it ended."""
    done = []
    for step in steps():
        if step.file:
            target = folder / step.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step.text, encoding="utf-8")
        elif step.text.startswith("cd "):
            folder = folder / step.text.removeprefix("cd ")
        else:
            done.append((step.text, run(step.text, folder)))
            if done[-1][1].returncode:
                break
    return folder, done
