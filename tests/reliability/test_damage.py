"""Damaged caches, vanished fonts, encoders and workers that die: what is whole stays, the rest is made again.

``RELIABILITY_DAMAGES=200 pytest tests/reliability/test_damage.py`` damages the cache that often.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from film_project import Project, make_project
from reliability_builds import Place

from explainer.errors import ExplainerError
from explainer.film.build import films
from explainer.media.encode import PictureFormat, encoder
from explainer.media.ffmpeg import run_ffmpeg
from explainer.tasks.store import Store

DAMAGES = int(os.environ.get("RELIABILITY_DAMAGES", "8"))
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>"""


# An entry that no later film reads stays as it was damaged: a file can be empty when it is its turn again.
def truncated(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size or 1)])


def flipped(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes()) or bytearray(1)
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def zeroed(path: Path, chance: random.Random) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def lost(path: Path, chance: random.Random) -> None:
    path.unlink()


def grown(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.randint(1, 5000)))


DAMAGE: tuple[Callable[[Path, random.Random], None], ...] = (truncated, flipped, zeroed, lost, grown)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("damage") / "project")
    films((project.request(segments=("hook",)),), project.out, project.session())
    return project


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("number", range(DAMAGES))
def test_a_damaged_cache_gives_the_same_film(number: int, built: Project) -> None:
    chance = random.Random(number)
    before = contents(built.out)
    files = sorted(path for path in built.store.folder.rglob("*") if path.is_file())
    for path in chance.sample(files, chance.randint(1, len(files))):
        chance.choice(DAMAGE)(path, chance)
    shutil.rmtree(built.out)
    built.warnings.clear()
    films((built.request(segments=("hook",)),), built.out, built.session())
    assert contents(built.out) == before
    assert all("\n" not in line and line.endswith("; it is made again") for line in built.warnings)


@pytest.mark.slow
def test_a_vanished_font_is_named_and_the_film_stays(place: Place, undisturbed: Place, tmp_path: Path) -> None:
    shutil.copytree(undisturbed.folder, place.folder, dirs_exist_ok=True)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts.conf").write_text(NO_FONTS.format(folder=tmp_path / "fonts"), encoding="utf-8")
    status, said = place.build(FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert status == 2
    assert said[-1].startswith("error: fonts: font family 'Inter' is not installed; install it")
    assert "Traceback" not in "\n".join(said)
    assert place.outputs() == undisturbed.outputs()


def ffmpeg_that(script: str, folder: Path) -> str:
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_an_encoder_that_is_killed_is_told_of_and_the_next_build_ends_well(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = replace(built.session(), store=Store(tmp_path / "cache", pytest.fail))
    requests, out = (built.request(segments=("hook",)),), tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setenv("IMAGEIO_FFMPEG_EXE", ffmpeg_that("kill -KILL $$", tmp_path))
        line = r"^sound track: ffmpeg was killed \(signal 9\); free some memory and run again$"
        with pytest.raises(ExplainerError, match=line):
            films(requests, out, session)
    assert contents(out) == {}
    films(requests, out, session)
    assert contents(out) == contents(built.out)


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("echo 'first' >&2; echo 'out of luck' >&2; exit 3", "film: ffmpeg failed: out of luck; run again"),
        ("exit 1", "film: ffmpeg failed: no message; run again"),
    ],
)
def test_an_encoder_that_fails_is_told_of_in_its_own_words(
    program: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", ffmpeg_that(program, tmp_path))
    with pytest.raises(ExplainerError, match=line):
        run_ffmpeg(["-version"], "film")


def test_an_encoder_that_is_not_there_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/nosuch/ffmpeg")
    with pytest.raises(ExplainerError, match=r"/nosuch/ffmpeg: there is no ffmpeg to run here; unset"):
        run_ffmpeg(["-version"], "film")


def test_a_picture_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    frame = np.zeros((36, 64, 4), np.uint8)
    with (
        pytest.raises(ExplainerError, match=r"picture: the encoder failed: .*No such file or directory"),
        encoder(tmp_path / "nosuch" / "a.mp4", PictureFormat(64, 36, 10)) as sink,
    ):
        for _ in range(100):
            sink.write(frame)


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def command_of(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


@pytest.mark.slow
def test_a_killed_worker_is_told_of_and_the_next_build_ends_well(place: Place, undisturbed: Place) -> None:
    process = place.start()
    deadline_s = time.monotonic() + 60
    while not list(place.cache.glob("building/*/picture.mp4")) and time.monotonic() < deadline_s:
        time.sleep(0.01)
    for worker in (child for child in children_of(process.pid) if b"spawn_main" in command_of(child)):
        os.kill(worker, signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said.count("\n") == 1
    assert "the worker process died (out of memory, or killed); finished parts are kept" in said
    assert place.outputs() == {}
    assert place.build() == (0, [])
    assert place.outputs() == undisturbed.outputs()
    assert place.leftovers() == []
