"""A film of a script and still pictures alone, in German: no facts, no physics, no evaluators."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cluster_processes import cluster
from tutorial import run

SCRIPT = """\
title = "Drei Farben"

[film]
language = "de"

[[segment]]
id = "rot"
scene = "bilder.farben:Rot"
title = "Rot"

[[segment.cue]]
id = "rot.wort"
text = "Rot ist die erste Farbe."
pause_s = 1.0

[[segment]]
id = "blau"
scene = "bilder.farben:Blau"
title = "Blau"

[[segment.cue]]
id = "blau.wort"
text = "Blau ist die letzte."
pause_s = 1.0

[[label]]
id = "rot.name"
text = "Rot"

[[label]]
id = "blau.name"
text = "Blau"
"""
SCENES = """\
from dataclasses import dataclass

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import fill_shape, rectangle
from explainer.stage.stage import Stage


@dataclass(frozen=True)
class Nothing:
    pass


class Farbe(Stage[Nothing]):
    def build(self):
        box = self.area.inset(bottom=1.5)
        self.put(fill_shape(rectangle(box.left, box.right, box.bottom, box.top)), hex_rgb(self.colour))
        self.text(f"{self.name}.name", self.area.at(0.5, 0.08))

    def state(self, frame):
        return Nothing()

    def draw(self, state):
        pass


class Rot(Farbe):
    name, colour = "rot", "#cc3333"


class Blau(Farbe):
    name, colour = "blau", "#3355cc"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("farben")
    for name, text in (("narration/farben.toml", SCRIPT), ("bilder/farben.py", SCENES), ("bilder/__init__.py", "")):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def explainer(arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    done = run(f"explainer {arguments}", folder)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done


def test_every_command_works_on_it(folder: Path) -> None:
    for arguments, made in (
        ("video -ql", "de/farben-480p15.de.mp4"),
        ("captions -ql", "de/farben-480p15.de.srt"),
        ("gif rot", "de/farben-rot.de.gif"),
        ("page", "page/index.html"),
        ("slides -ql --to pptx", "de/farben-slides.de.pptx"),
        ("storyboard", "de/farben.de.storyboard.png"),
        ("still blau --at blau.wort:end --format pdf", "de/farben-blau-at-wort.end.de.pdf"),
    ):
        explainer(arguments, folder)
        assert (folder / "out" / made).is_file(), arguments


def test_its_page_speaks_its_language(folder: Path) -> None:
    page = (folder / "out/page/index.html").read_text("utf-8")
    assert '<html lang="de" dir="ltr">' in page
    assert "Mitschrift" in page


def test_it_holds_the_checks_that_need_no_physics(folder: Path) -> None:
    done = explainer("check -ql", folder)
    assert "error" not in done.stdout
    assert "rot: no independent evaluation" in done.stdout


def test_it_can_be_translated(folder: Path) -> None:
    explainer("translate new en", folder)
    told = explainer("translate status --lang en", folder).stdout
    assert "missing" in told


def test_a_cluster_makes_the_same_film(folder: Path, tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster") as scheduler, scheduler.worker(folder):
        arguments = f"video -ql --cache {tmp_path / 'cache'} --out {tmp_path / 'out'} --scheduler {scheduler.address}"
        explainer(arguments, folder)
    made, local = tmp_path / "out/de/farben-480p15.de.srt", folder / "out/de/farben-480p15.de.srt"
    assert made.read_bytes() == local.read_bytes()
