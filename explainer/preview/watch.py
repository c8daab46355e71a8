"""Watches a film's files, and tells when one has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from explainer.errors import ExplainerError

__all__ = ["Watch", "matters", "watching"]

# To read a file changes nothing.
CHANGES: list[type[FileSystemEvent]] = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
OF_EDITORS = ("~", ".swp", ".swx", ".tmp", ".bak", ".pyc")


def matters(path: Path) -> bool:
    """Whether a changed file may be a part of a film: not what editors and Python put beside it."""
    hidden = any(part.startswith(".") for part in path.parts)
    return not (hidden or path.name.endswith(OF_EDITORS) or path.name.isdigit() or "__pycache__" in path.parts)


class _Teller(FileSystemEventHandler):
    """Tells of changes, in the watcher's own thread."""

    def __init__(self, root: Path, tell: Callable[[], None]) -> None:
        self._root, self._tell = root, tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell, if the file matters, or the one that it has become by renaming."""
        for place in (event.src_path, event.dest_path):
            path = Path(str(place))
            if place and path.is_relative_to(self._root) and matters(path.relative_to(self._root)):
                self._tell()
                return


@dataclass(frozen=True)
class Watch:
    """What watches a film's folder, and the folders in it that are watched already."""

    root: Path
    observer: Any
    teller: _Teller
    watched: set[str] = field(default_factory=set)

    def add(self, folders: Iterable[str]) -> None:
        """Watch further folders below the film's, with all that is in them."""
        for folder in folders:
            if folder not in self.watched and (self.root / folder).is_dir():
                self._schedule(folder, True)

    def _schedule(self, folder: str, recursive: bool) -> None:
        try:
            self.observer.schedule(self.teller, str(self.root / folder), recursive=recursive, event_filter=CHANGES)
        except OSError as error:
            remedy = "raise the system's limit of watches (fs.inotify.max_user_watches)"
            raise ExplainerError(f"it cannot be watched ({error.strerror})", str(self.root / folder), remedy) from None
        self.watched.add(folder)


@contextmanager
def watching(root: Path, tell: Callable[[], None]) -> Iterator[Watch]:
    """Watch a film's folder for the length of a `with` block: the files in it, and the folders that are added.

    Args:
        root: the folder.
        tell: is called after each change, in another thread.

    Raises:
        ExplainerError: the system watches no more.
    """
    watch = Watch(root, Observer(), _Teller(root, tell))
    watch.observer.start()
    try:
        watch._schedule("", False)
        yield watch
    finally:
        watch.observer.stop()
        with suppress(RuntimeError):
            watch.observer.join()
