"""Finished files into the output folder: all or none, each replaced in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.canonical import file_digest
from pipeline.errors import PipelineError
from pipeline.store import disk_errors

Content = Path | str | bytes


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

    Everything is written beside its place first: when the disk fills up, what was there before is untouched.
    """
    changed = {target: content for target, content in files.items() if not _is_there(target, content)}
    written: dict[Path, Path] = {}
    try:
        for target, content in changed.items():
            with disk_errors(target.parent):
                target.parent.mkdir(parents=True, exist_ok=True)
                written[target] = _write_beside(target, content)
        for target, part in written.items():
            with disk_errors(target):
                if target.is_dir():
                    raise PipelineError("a folder is in the way", str(target), "move it elsewhere")
                part.replace(target)
    finally:
        for part in written.values():
            part.unlink(missing_ok=True)
    return tuple(changed)


def _is_there(target: Path, content: Content) -> bool:
    if not target.is_file():
        return False
    if isinstance(content, Path):
        return target.stat().st_size == content.stat().st_size and file_digest(target) == file_digest(content)
    data = content.encode("utf-8") if isinstance(content, str) else content
    return target.stat().st_size == len(data) and target.read_bytes() == data


def _write_beside(target: Path, content: Content) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            if isinstance(content, Path):
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file)
            else:
                file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return part
