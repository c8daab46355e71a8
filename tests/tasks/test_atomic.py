"""Files are published together, each whole or not at all; folders on their way outlive no maker."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from explainer.errors import ExplainerError
from explainer.tasks import atomic
from explainer.tasks.atomic import (
    FULL_BELOW_BYTES,
    LEFTOVER_AGE_S,
    UNFINISHED,
    check_writable,
    disk_errors,
    locked_folder,
    private_folder,
    publish,
    sibling,
    sweep,
    unfinished_folder,
)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_sibling_keeps_the_dots_of_its_stem() -> None:
    assert sibling(Path("out/film-1.5.en"), ".mp4") == Path("out/film-1.5.en.mp4")


def test_texts_bytes_and_files_are_published_and_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"file")
    out = tmp_path / "out"
    files = {out / "a": "text é", out / "b": b"raw", out / "deep" / "c": tmp_path / "source"}
    assert publish(files) == tuple(files)
    assert contents(out) == {"a": "text é".encode(), "b": b"raw", "deep/c": b"file"}
    numbers = [path.stat().st_ino for path in files]
    assert publish(files) == ()
    assert [path.stat().st_ino for path in files] == numbers
    (out / "b").write_bytes(b"rav")  # as long
    assert publish(files) == (out / "b",)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("folder", "a folder is in the way; move it elsewhere"),
        ("a/below", r"cannot write here \(.*\); choose a folder you can write to"),
        ("folder/c", "the disk is full; free some space and run again"),
    ],
)
def test_what_cannot_be_published_leaves_all_as_it_was(
    last: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    (tmp_path / "source").write_text("new c")
    publish({out / "a": "old a", out / "b": "old b", out / "folder" / "c": "old c"})
    monkeypatch.setattr(atomic.shutil, "copyfileobj", refusing(errno.ENOSPC))
    with pytest.raises(ExplainerError, match=said):
        publish({out / "a": "new a", out / "b": "new b", out / last: tmp_path / "source"})
    assert contents(out) == {"a": b"old a", "b": b"old b", "folder/c": b"old c"}


def test_nothing_is_left_beside_what_was_published(tmp_path: Path) -> None:
    (tmp_path / f"{UNFINISHED}of-a-dead-build").mkdir()
    publish({tmp_path / "a": "text"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_published_file_can_be_read_by_those_whom_the_system_lets(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    publish({tmp_path / "a": "text"})
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_folder_is_found_writable_before_long_work(tmp_path: Path) -> None:
    check_writable(tmp_path / "new" / "out")
    assert list((tmp_path / "new" / "out").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(ExplainerError, match=r"file: cannot write here \(.*\); choose a folder you can write to"):
        check_writable(tmp_path / "file")


def test_one_after_the_other_is_in_a_locked_folder(tmp_path: Path) -> None:
    entered = Event()

    def enter() -> None:
        with locked_folder(tmp_path):
            entered.set()

    with ThreadPoolExecutor() as pool:
        with locked_folder(tmp_path):
            waiting = pool.submit(enter)
            assert not entered.wait(0.3)
        waiting.result(timeout=30)
    assert entered.is_set()


def test_a_private_folder_is_gone_however_its_maker_ends(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), private_folder(tmp_path, "x-") as folder:
        (folder / "deep").mkdir()
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_removes_what_nobody_holds_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with private_folder(tmp_path, "x-") as held:
        (tmp_path / "x-left").mkdir()
        (tmp_path / "x-file").touch()
        (tmp_path / "x-link").symlink_to(tmp_path / "elsewhere")
        sweep(tmp_path, "x-")
        assert {path.name for path in tmp_path.iterdir()} == {"elsewhere", "x-file", "x-link", held.name}


def test_where_there_are_no_locks_leftovers_go_by_their_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", refusing(errno.ENOLCK))
    with private_folder(tmp_path, "x-") as new, locked_folder(tmp_path):
        (tmp_path / "x-old").mkdir()
        old_s = time.time() - LEFTOVER_AGE_S - 60
        os.utime(tmp_path / "x-old", (old_s, old_s))
        sweep(tmp_path)
        assert list(tmp_path.iterdir()) == [new]


def test_an_unfinished_folder_is_hidden_and_follows_those_of_dead_builds(tmp_path: Path) -> None:
    (tmp_path / f"{UNFINISHED}left").mkdir()
    with unfinished_folder(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]
        assert folder.name.startswith(".")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, r"^out: the disk is full; free some space and run again$"),
        (errno.EDQUOT, r"^out: the disk is full; free some space and run again$"),
        (errno.EACCES, r"^out: cannot write here \(Permission denied\); choose a folder you can write to"),
        (errno.EROFS, r"^out: cannot write here \(Read-only file system\); choose a folder"),
    ],
)
def test_a_refusal_to_write_is_one_clear_line(number: int, said: str) -> None:
    with pytest.raises(ExplainerError, match=said), disk_errors(Path("out")):
        refusing(number)()


def test_a_full_disk_is_found_out_behind_the_error_of_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=FULL_BELOW_BYTES - 1)
    monkeypatch.setattr(atomic.shutil, "disk_usage", lambda where: usage)
    with pytest.raises(ExplainerError, match="the disk is full"), disk_errors(tmp_path):
        raise RuntimeError("the encoder failed")


@pytest.mark.parametrize("error", [ZeroDivisionError(), OSError(errno.EMFILE, "Too many open files")])
def test_what_is_not_the_disk_s_fault_stays_as_it_is(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(type(error)) as caught, disk_errors(tmp_path):
        raise error
    assert caught.value is error
