"""Two builds at once in one checkout: both end well, and what lies in the output folder belongs together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reliability_builds import LONGEST_BUILD_S, ROOT, Place

from explainer.tasks.atomic import private_folder, publish, sweep
from explainer.tasks.store import Store, prune, scratch


@pytest.mark.slow
def test_two_builds_of_one_film_both_end_well(place: Place, undisturbed: Place) -> None:
    builds = [place.start() for _ in range(2)]
    said = [build.communicate(timeout=LONGEST_BUILD_S)[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0]
    assert said == ["", ""]
    assert place.outputs() == undisturbed.outputs()
    assert place.leftovers() == []


def test_files_of_two_builds_are_never_mixed(tmp_path: Path) -> None:
    def put(number: int) -> None:
        publish({tmp_path / "en" / name: f"build {number}" * 1000 for name in "abcdef"})

    for round_number in range(20):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(put, range(4 * round_number, 4 * round_number + 4)))
        assert len({path.read_text() for path in (tmp_path / "en").iterdir()}) == 1
        assert len(list((tmp_path / "en").iterdir())) == 6


HOLD = """
import sys, time
from pathlib import Path
from explainer.tasks.atomic import private_folder

with private_folder(Path(sys.argv[1]), "x-") as folder:
    (folder / "half").write_text("half")
    print("held", flush=True)
    time.sleep(60)
"""


def test_only_what_nobody_holds_any_more_is_swept(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as maker:
        assert maker.stdout is not None
        assert maker.stdout.readline() == "held\n"
        sweep(tmp_path)
        assert [(path / "half").read_text() for path in tmp_path.iterdir()] == ["half"]
        maker.send_signal(signal.SIGKILL)
        maker.wait()
        sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_follows_no_link_and_takes_no_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "parent").mkdir()
    (tmp_path / "parent" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "parent" / "file").write_text("kept")
    (tmp_path / "parent" / "other").mkdir()
    sweep(tmp_path / "parent", "link")
    sweep(tmp_path / "parent", "file")
    assert {path.name for path in (tmp_path / "parent").iterdir()} == {"link", "file", "other"}
    assert (tmp_path / "elsewhere").is_dir()


def test_makers_and_sweepers_do_not_disturb_one_another(tmp_path: Path) -> None:
    def make(number: int) -> bool:
        with private_folder(tmp_path, "x-") as folder:
            (folder / "a").write_text(str(number))
            sweep(tmp_path)
            return (folder / "a").read_text() == str(number)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(make, range(400)))
    assert list(tmp_path.iterdir()) == []


def test_pruning_spares_what_a_living_build_works_on(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache", lambda line: None)
    with scratch(store) as folder:
        os.utime(folder, (0, 0))
        prune(store)
        assert folder.is_dir()
    assert not folder.exists()
