"""Results are whole or not there, whatever happens to the disk and to the builds that share it."""

from __future__ import annotations

import errno
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.tasks.store import ENTRY, Store, building, find, prune

KEY = "ab" * 20


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, warnings: list[str]) -> Store:
    return Store(tmp_path / "cache", warnings.append)


def put(store: Store, key: str = KEY, text: str = "result") -> None:
    with building(store, key) as folder:
        (folder / "a.txt").write_text(text)
        (folder / "deep").mkdir()
        (folder / "deep" / "b.bin").write_bytes(b"\0" * 1000)


def test_a_result_is_found_again(store: Store) -> None:
    assert find(store, KEY) is None
    put(store)
    folder = find(store, KEY)
    assert folder is not None
    assert (folder / "a.txt").read_text() == "result"


def test_a_failed_build_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), building(store, KEY) as folder:
        (folder / "half").write_text("half")
        raise ZeroDivisionError
    assert find(store, KEY) is None
    assert not [path for path in store.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "a.txt").write_text("resulT"),
        lambda folder: (folder / "a.txt").write_text("res"),
        lambda folder: (folder / "deep" / "b.bin").unlink(),
        lambda folder: (folder / ENTRY).write_text("{"),
        lambda folder: (folder / ENTRY).write_text("[]"),
        lambda folder: (folder / ENTRY).unlink(),
    ],
)
def test_a_damaged_result_is_thrown_away_with_one_line(store: Store, warnings: list[str], damage: object) -> None:
    put(store)
    damage(store.path(KEY))  # type: ignore[operator]
    assert find(store, KEY) is None
    assert len(warnings) == 1
    assert KEY in warnings[0]
    assert "\n" not in warnings[0]
    put(store, text="anew")
    folder = find(store, KEY)
    assert folder is not None
    assert (folder / "a.txt").read_text() == "anew"


def test_two_builds_at_once_both_end_well(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: put(store), range(40)))
    assert find(store, KEY) is not None
    assert not list((store.folder / "building").iterdir())


def test_the_second_build_replaces_a_damaged_first(store: Store, warnings: list[str]) -> None:
    with building(store, KEY) as folder:
        (folder / "a.txt").write_text("second")
        put(store)
        (store.path(KEY) / "a.txt").write_text("broken")
    found = find(store, KEY)
    assert found is not None
    assert (found / "a.txt").read_text() == "second"
    assert len(warnings) == 1


def test_pruning_removes_the_longest_unused_first_and_spares_the_new(store: Store) -> None:
    keys = [f"{number:02d}" * 20 for number in range(4)]
    for age_h, key in zip((30, 20, 10, 0), keys, strict=True):
        put(store, key)
        stamp = time.time() - 3600 * age_h
        os.utime(store.path(key) / ENTRY, (stamp, stamp))
    size = sum(path.stat().st_size for path in store.path(keys[0]).rglob("*") if path.is_file())
    assert prune(store, 2 * size) == 2 * size
    assert [find(store, key) is not None for key in keys] == [False, False, True, True]
    prune(store, 0)
    assert find(store, keys[3]) is not None


def test_use_keeps_a_result_from_pruning(store: Store) -> None:
    put(store)
    os.utime(store.path(KEY) / ENTRY, (0, 0))
    find(store, KEY)
    prune(store, 0)
    assert find(store, KEY) is not None


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "cannot write here")])
def test_a_disk_that_refuses_is_one_clear_line(
    store: Store, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with building(store, "cd" * 20):
        pass
    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(ExplainerError, match=said), building(store, KEY):
        pass
    assert find(store, KEY) is None


def test_a_cache_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExplainerError, match="cannot write here"), building(Store(tmp_path / "file", print), KEY):
        pass


def test_a_disk_that_fills_up_while_work_goes_on_is_one_clear_line(store: Store) -> None:
    with pytest.raises(ExplainerError, match="the disk is full"), building(store, KEY):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(FileNotFoundError), building(store, KEY):
        raise FileNotFoundError(errno.ENOENT, "a mistake in the work is not the disk's fault")
