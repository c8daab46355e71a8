"""Atomic writing: files published together, each whole or not at all, and private folders that outlive no maker.

A maker holds a lock on its folder, which the system lets go however the process ends: what is not locked belongs to
nobody, and the next run removes it.
"""

from __future__ import annotations

import errno
import fcntl
import filecmp
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from explainer.errors import ExplainerError

Content = Path | str | bytes

FULL = (errno.ENOSPC, errno.EDQUOT)
REFUSALS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT)
FULL_BELOW_BYTES = 1 << 20
LEFTOVER_AGE_S = 86400.0
UNFINISHED = ".unfinished-"


def sibling(stem: Path, suffix: str) -> Path:
    """A file beside others of the same stem, which may hold dots of its own."""
    return stem.with_name(stem.name + suffix)


def publish(files: Mapping[Path, Content]) -> tuple[Path, ...]:
    """Put each content (a file to copy, text or bytes) at its path; returns those that were not there already.

    Everything is written beside its place first: when the disk fills up, what was there before is untouched. Builds
    that put files into one folder do so one after the other, so that what lies there belongs together.

    Raises:
        ExplainerError: a folder cannot be written, or the disk is full.
    """
    with ExitStack() as stack:
        for folder in sorted({target.parent for target in files}):
            with disk_errors(folder):
                folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(locked_folder(folder))
        changed = {target: content for target, content in files.items() if not _is_there(target, content)}
        rooms: dict[Path, Path] = {}
        parts: dict[Path, Path] = {}
        for target, content in changed.items():
            if target.is_dir():
                raise ExplainerError("a folder is in the way", str(target), "move it elsewhere")
            with disk_errors(target.parent):
                if target.parent not in rooms:
                    rooms[target.parent] = stack.enter_context(unfinished_folder(target.parent))
                parts[target] = _written(rooms[target.parent] / target.name, content)
        for target, part in parts.items():
            with disk_errors(target):
                part.replace(target)
    return tuple(changed)


def check_writable(folder: Path) -> None:
    """Make the folder, and find out that it can be written to before any long work.

    Raises:
        ExplainerError: if it cannot.
    """
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".writable-"):
            pass


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Wait until no other process or thread is in here for this folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


@contextmanager
def unfinished_folder(folder: Path) -> Iterator[Path]:
    """A hidden folder in an output folder, for files on their way; what dead builds left of theirs goes first."""
    sweep(folder, UNFINISHED)
    with private_folder(folder, UNFINISHED) as room:
        yield room


@contextmanager
def private_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder below an existing one, removed with all that is in it on leaving."""
    folder, handle = _made(parent, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep(parent: Path, prefix: str = "") -> None:
    """Remove the private folders of makers that are gone."""
    for folder in sorted(parent.glob(f"{prefix}*")):
        if folder.is_dir() and not folder.is_symlink():
            _remove_abandoned(folder)


@contextmanager
def full_disk(where: Path) -> Iterator[None]:
    """Turn what goes wrong on a full disk into one clear line.

    Few libraries hand on the operating system's word of it, so the disk itself is asked too.
    """
    try:
        yield
    except Exception as error:
        if getattr(error, "errno", None) in FULL or _is_full(where):
            raise ExplainerError("the disk is full", str(where), "free some space and run again") from None
        raise


@contextmanager
def disk_errors(where: Path) -> Iterator[None]:
    """Turn any refusal of the operating system to write into one clear line."""
    try:
        with full_disk(where):
            yield
    except OSError as error:
        if error.errno in REFUSALS:
            remedy = "choose a folder you can write to, or correct its permissions"
            raise ExplainerError(f"cannot write here ({error.strerror})", str(where), remedy) from None
        raise


def _is_full(where: Path) -> bool:
    try:
        return shutil.disk_usage(where).free < FULL_BELOW_BYTES
    except OSError:
        return False


def _lock(handle: int) -> None:
    with suppress(OSError):  # a file system without locks: leftovers there go by their age
        fcntl.flock(handle, fcntl.LOCK_EX)


def _made(parent: Path, prefix: str) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        # A sweep may come before the lock does: the folder is gone then, and another is made.
        with suppress(FileNotFoundError):
            handle = os.open(folder, os.O_RDONLY)
            _lock(handle)
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


def _is_there(target: Path, content: Content) -> bool:
    if not target.is_file():
        return False
    if isinstance(content, Path):
        return filecmp.cmp(target, content, shallow=False)
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
