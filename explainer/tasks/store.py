"""Finished results by key, on disk: put in place whole, checked when read, made again when damaged.

Each result is a folder of files with a list of their sizes and hashes. A result is built in a folder of its own and
renamed into place, so a build that dies, or two builds at once, never leave half a result under a key.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from explainer.tasks.atomic import disk_errors, full_disk, private_folder, sweep
from explainer.tasks.digest import file_digest

ENTRY = "entry.json"
BUILDING = "building"
DEFAULT_LIMIT_BYTES = 4 << 30
SPARE_AGE_S = 3600.0


@dataclass(frozen=True)
class Store:
    """A folder of results. `warn` is told, in one line, of each damaged entry that was thrown away."""

    folder: Path
    warn: Callable[[str], None]

    def path(self, key: str) -> Path:
        """Where the result of a key lies, or would lie."""
        return self.folder / key[:2] / key


def find(store: Store, key: str) -> Path | None:
    """The result's folder, every file checked against its hash; None when there is none, or it was damaged."""
    folder = store.path(key)
    if not folder.is_dir():
        return None
    damage = _damage(folder)
    if damage:
        store.warn(f"{folder}: {damage}; it is made again")
        _discard(store, folder)
        return None
    with suppress(OSError):
        os.utime(folder / ENTRY)
    return folder


@contextmanager
def building(store: Store, key: str) -> Iterator[Path]:
    """A private folder to fill; on leaving without an error it becomes the key's result."""
    with _room(store, f"{key[:12]}-") as private:
        with full_disk(store.folder):
            yield private
        with disk_errors(store.folder):
            _seal(private)
            _place(store, private, key)


@contextmanager
def scratch(store: Store) -> Iterator[Path]:
    """A private folder for what is needed only while a task is done."""
    with _room(store, "scratch-") as folder, full_disk(store.folder):
        yield folder


@contextmanager
def _room(store: Store, prefix: str) -> Iterator[Path]:
    with ExitStack() as stack:
        with disk_errors(store.folder):
            (store.folder / BUILDING).mkdir(parents=True, exist_ok=True)
            folder = stack.enter_context(private_folder(store.folder / BUILDING, prefix))
        yield folder


def last_change_ns(store: Store) -> int:
    """When a result was last put in place, or thrown away; 0 if none ever was."""
    try:
        return (store.folder / BUILDING).stat().st_mtime_ns
    except OSError:
        return 0


def prune(store: Store, limit_bytes: int = DEFAULT_LIMIT_BYTES, unchanged_since_ns: int | None = None) -> int:
    """Remove what dead builds left, and results longest unused until the rest fit the limit; returns the bytes freed.

    Nothing used within the last hour goes, so that a build running beside this one keeps what it relies on.

    Args:
        store: with the results.
        limit_bytes: that they may take.
        unchanged_since_ns: the last change after which they were known to fit; without a later one none is measured.
    """
    now, changed_ns = time.time(), last_change_ns(store)
    sweep(store.folder / BUILDING)
    if changed_ns == unchanged_since_ns:
        return 0
    entries = [(_age_s(entry / ENTRY, now), _size_bytes(entry), entry) for entry in _entries(store)]
    excess = sum(size for _, size, _ in entries) - limit_bytes
    freed = 0
    for age_s, size, entry in sorted(entries, reverse=True):
        if freed >= excess or age_s < SPARE_AGE_S:
            break
        _discard(store, entry)
        freed += size
    return freed


def _seal(folder: Path) -> None:
    files = {
        str(path.relative_to(folder)): {"bytes": path.stat().st_size, "hash": file_digest(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    (folder / ENTRY).write_text(json.dumps({"files": files}, indent=1), encoding="utf-8")


def _place(store: Store, private: Path, key: str) -> None:
    target = store.path(key)
    target.parent.mkdir(parents=True, exist_ok=True)
    private.chmod(0o755)
    try:
        private.rename(target)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        # Another build was first: its result is as good, unless it is damaged.
        if find(store, key) is None:
            private.rename(target)


def _damage(folder: Path) -> str:
    try:
        files = json.loads((folder / ENTRY).read_text(encoding="utf-8"))["files"]
        for name, facts in files.items():
            path = folder / name
            if not path.is_file():
                return f"cache entry has lost {name}"
            if path.stat().st_size != facts["bytes"] or file_digest(path) != facts["hash"]:
                return f"cache entry is damaged at {name}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return f"cache entry has no readable {ENTRY}"
    return ""


def _discard(store: Store, folder: Path) -> None:
    # Renamed first: a reader sees either the whole entry or none.
    with _room(store, "bin-") as bin_folder, suppress(FileNotFoundError):
        folder.rename(bin_folder / folder.name)


def _entries(store: Store) -> Iterator[Path]:
    for group in _folders(store.folder):
        if group.name != BUILDING:
            yield from _folders(group)


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _age_s(path: Path, now_s: float) -> float:
    try:
        return now_s - path.stat().st_mtime
    except OSError:
        return float("inf")


def _size_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
