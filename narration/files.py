"""Files put in place whole or not at all, with nothing left beside them by a writer that was killed."""

from __future__ import annotations

import fcntl
import filecmp
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Wait until no other process or thread is in here for this folder; yields whether the file system has locks."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def put(target: Path, source: Path | bytes) -> None:
    """Put a file in place whole or not at all; leave one alone that is the same as the file it would be copied from.

    Until it is whole it lies beside the target, as `.name.` and the writer's process number. One writer at a time is in
    the folder, so others of that name were left by writers that were killed, and are removed. A file system without
    locks cannot tell, and keeps them.

    Raises:
        OSError: the folder cannot be written; what was there before is untouched.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    with alone(target.parent) as only:
        try:
            if only:
                _remove_leftovers(target)
            if isinstance(source, bytes) or not _same(source, target):
                _write(part, source)
                part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink()


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # a file system without locks
        return False
    return True


def _remove_leftovers(target: Path) -> None:
    name = re.compile(re.escape(f".{target.name}.") + r"[0-9]+")
    for path in target.parent.iterdir():
        if name.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _same(source: Path, target: Path) -> bool:
    return target.is_file() and filecmp.cmp(source, target, shallow=False)


def _write(part: Path, source: Path | bytes) -> None:
    with part.open("wb") as file:
        if isinstance(source, bytes):
            file.write(source)
        else:
            with source.open("rb") as stream:
                shutil.copyfileobj(stream, file)
        file.flush()
        os.fsync(file.fileno())
