"""A build killed at any moment loses nothing: the next one completes it, to the same bytes, and sweeps up.

``RELIABILITY_KILLS=50 pytest tests/reliability/test_killed_builds.py`` kills that many.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reliability_builds import ROOT, Place

from explainer.cli.main import INTERRUPTED_STATUS
from explainer.tasks.atomic import publish

KILLS = int(os.environ.get("RELIABILITY_KILLS", "3"))
SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)
STOPPED = "stopped; what was finished is kept, run again to go on"


def kill(process: subprocess.Popen[str], number: signal.Signals, whole_group: bool) -> tuple[int, list[str]]:
    """Send the signal, as a terminal does to the whole group or to the one process; returns status and last words."""
    if whole_group:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    _, said = process.communicate(timeout=60)
    return process.returncode, said.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(KILLS))
def test_the_next_run_completes_what_was_killed(number: int, place: Place, undisturbed: Place, usual_s: float) -> None:
    chance = random.Random(number)
    how = SIGNALS[number % len(SIGNALS)]
    process = place.start()
    time.sleep(chance.uniform(0.0, usual_s))
    status, said = kill(process, how, whole_group=chance.random() < 0.5)
    if status == INTERRUPTED_STATUS:
        assert said[-1] == STOPPED
    whole = undisturbed.outputs()
    assert all(whole[name] == content for name, content in place.outputs().items())
    status, said = place.build()
    assert (status, said) == (0, [])
    assert place.outputs() == whole
    assert place.leftovers() == []


PUBLISH_AND_DIE = """
import os, signal, sys
from pathlib import Path
from explainer.tasks.atomic import publish

out, last, moves = Path(sys.argv[1]), int(sys.argv[2]), 0
replace = Path.replace

def counted(self, target):
    global moves
    if moves == last:
        os.kill(os.getpid(), signal.SIGKILL)
    moves += 1
    return replace(self, target)

Path.replace = counted
publish({out / name: f"new {name}" for name in "abc"})
"""


@pytest.mark.parametrize("moved", range(4))
def test_a_kill_between_two_files_leaves_each_whole_and_nothing_behind(moved: int, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(f"old {name}")
    command = [sys.executable, "-c", PUBLISH_AND_DIE, str(tmp_path)]
    done = subprocess.run([*command, str(moved)], cwd=ROOT, check=False)
    assert done.returncode == (0 if moved == 3 else -signal.SIGKILL)
    ages = [(tmp_path / name).read_text().split() for name in "abc"]
    assert ages == [["new" if place < moved else "old", name] for place, name in enumerate("abc")]
    subprocess.run([*command, "3"], cwd=ROOT, check=True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {name: f"new {name}" for name in "abc"}


PUBLISH_AND_WAIT = """
import sys
from pathlib import Path
from explainer.tasks.atomic import publish

def wait(self, target):
    print("in the middle", flush=True)
    sys.stdin.readline()
    return replace(self, target)

replace = Path.replace
Path.replace = wait
publish({Path(sys.argv[1]): "new"})
"""


def test_two_writers_of_one_file_take_turns(tmp_path: Path) -> None:
    target = tmp_path / "de.po"
    target.write_text("old")
    command = [sys.executable, "-c", PUBLISH_AND_WAIT, str(target)]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as first,
        ThreadPoolExecutor() as pool,
    ):
        assert first.stdout is not None and first.stdout.readline() == "in the middle\n"
        second = pool.submit(publish, {target: "newer"})
        with pytest.raises(TimeoutError):
            second.result(timeout=0.5)
        assert target.read_text() == "old"
        first.communicate("on\n", timeout=60)
        second.result(timeout=60)
    assert first.returncode == 0
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"de.po": "newer"}
