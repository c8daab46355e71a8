"""Finished files into the output folder: all or none, each replaced in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from narration.files import alone
from pipeline.canonical import file_digest
from pipeline.errors import PipelineError
from pipeline.held import held_folder, sweep
from pipeline.store import disk_errors

Content = Path | str | bytes
WORKROOM = ".unfinished-"


def beside(stem: Path, suffix: str) -> Path:
    """A file beside others of the same stem, which may hold dots of its own."""
    return stem.with_name(stem.name + suffix)


def check_writable(folder: Path) -> None:
    """Make the folder, and find out that it can be written to before any long work.

    Raises:
        PipelineError: if it cannot.
    """
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".writable-"):
            pass


def publish(files: Mapping[Path, Content]) -> tuple[Path, ...]:
    """Put each content (a file to copy, text or bytes) at its path; returns those that were not there already.

    Everything is written beside its place first: when the disk fills up, what was there before is untouched. Builds
    that put files into one folder do so one after the other, so that what lies there belongs together.
    """
    folders = sorted({target.parent for target in files})
    with ExitStack() as stack:
        for folder in folders:
            with disk_errors(folder):
                folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(alone(folder))
        changed = {target: content for target, content in files.items() if not _is_there(target, content)}
        rooms: dict[Path, Path] = {}
        parts: dict[Path, Path] = {}
        for target, content in changed.items():
            with disk_errors(target.parent):
                if target.parent not in rooms:
                    rooms[target.parent] = stack.enter_context(workroom(target.parent))
                parts[target] = _written(rooms[target.parent] / target.name, content)
        for target, part in parts.items():
            with disk_errors(target):
                if target.is_dir():
                    raise PipelineError("a folder is in the way", str(target), "move it elsewhere")
                part.replace(target)
    return tuple(changed)


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """A hidden folder in an output folder, for files on their way; what dead builds left of theirs goes first."""
    sweep(folder, WORKROOM)
    with held_folder(folder, WORKROOM) as room:
        yield room


def _is_there(target: Path, content: Content) -> bool:
    if not target.is_file():
        return False
    if isinstance(content, Path):
        return target.stat().st_size == content.stat().st_size and file_digest(target) == file_digest(content)
    data = content.encode("utf-8") if isinstance(content, str) else content
    return target.stat().st_size == len(data) and target.read_bytes() == data


def _written(part: Path, content: Content) -> Path:
    with part.open("wb") as file:
        if isinstance(content, Path):
            with content.open("rb") as source:
                shutil.copyfileobj(source, file)
        else:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    return part
