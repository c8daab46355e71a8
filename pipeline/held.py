"""Private folders that are swept up when their maker is gone.

A maker holds a lock on its folder, which the system lets go however the process ends: what is not locked belongs to
nobody, and the next run removes it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LEFTOVER_AGE_S = 86400.0


@contextmanager
def held_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder below an existing one, removed with all that is in it on leaving."""
    folder, handle = _made(parent, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep(parent: Path, prefix: str = "") -> None:
    """Remove the folders of makers that are gone."""
    for folder in sorted(parent.glob(f"{prefix}*")):
        if folder.is_dir() and not folder.is_symlink():
            _remove_abandoned(folder)


def _made(parent: Path, prefix: str) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        # A sweep may come before the lock does: the folder is gone then, and another is made.
        with suppress(FileNotFoundError):
            handle = os.open(folder, os.O_RDONLY)
            with suppress(OSError):  # a file system without locks: leftovers there go by their age
                fcntl.flock(handle, fcntl.LOCK_EX)
            if folder.is_dir():
                return folder, handle
            os.close(handle)


def _remove_abandoned(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        if _is_abandoned(folder, handle):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _is_abandoned(folder: Path, handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return folder.is_dir() and time.time() - folder.stat().st_mtime > LEFTOVER_AGE_S
    return True
