"""What a scene is given: places in time and words by name, and under Manim's own command the same from the script."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest
from film_project import ROOT
from narration_samples import write_files
from PIL import Image
from scene_shots import SEGMENTS, shot_of, show_of

from explainer.errors import ExplainerError
from explainer.media.frames import still
from explainer.stage.draft import draft_show
from scenes.minute.dome import Dome


def test_a_cue_its_end_and_its_marks_have_frames_in_order() -> None:
    show = show_of("dome")
    assert 0 <= show.at("dome.count") < show.at("dome.count:none") < show.at("dome.count:end") <= show.frame_count


@pytest.mark.parametrize("place", ["dome.tpo", "dome.count:nine", "hook.question", ""])
def test_an_unknown_cue_or_mark_is_named_with_those_that_exist(place: str) -> None:
    said = r"which minute\.toml does not have; add it there, or use dome\.count"
    with pytest.raises(ExplainerError, match=said) as caught:
        show_of("dome").at(place)
    assert repr(place) in str(caught.value)


def test_an_unknown_label_or_quantity_is_named() -> None:
    with pytest.raises(ExplainerError, match=r"dome: .*'dome\.nothing', which minute\.toml does not have"):
        show_of("dome").label("dome.nothing")
    with pytest.raises(ExplainerError, match=r"dome: .*'speed'.*; add it to QUANTITIES there, or use .*dome_temp"):
        show_of("dome").quantity("speed")


@pytest.mark.parametrize("segment_id", SEGMENTS)
def test_a_segment_lasts_as_long_at_every_frame_rate(segment_id: str) -> None:
    assert show_of(segment_id, 60).frame_count / 60 == pytest.approx(show_of(segment_id, 15).frame_count / 15)


# A scene by itself ---------------------------------------------------------------------------------------------------

SCRIPT = """
title = "{title}"
[[segment]]
id = "swing"
scene = "scenes.swing:{scene}"
title = "A swing"
[[segment.cue]]
id = "swing.falls"
text = "It falls."
"""


def scene_in(path: Path, name: str) -> type:
    """A class as Manim loads it: from its file, by the file's own name."""
    spec = spec_from_file_location("scene_by_itself", path)
    assert spec is not None and spec.loader is not None
    sys.modules[spec.name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)  # type: ignore[no-any-return]


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """A folder with two films and the file of their scenes."""
    return write_files(
        tmp_path,
        {
            "narration/first.toml": SCRIPT.format(title="One", scene="Swing"),
            "narration/second.toml": SCRIPT.format(title="Two", scene="Sway"),
            "scenes/swing.py": "class Swing: ...\nclass Sway: ...\nclass Rest: ...\n",
            "other/swing.py": "class Swing: ...\n",
        },
    )


def test_a_scene_by_itself_has_the_show_of_its_film() -> None:
    assert draft_show(Dome, 15) == show_of("dome", 15)


def test_the_script_that_names_a_scene_is_found_among_the_films_around_its_file(films: Path) -> None:
    for name, script in (("Swing", "first.toml"), ("Sway", "second.toml")):
        show = draft_show(scene_in(films / "scenes" / "swing.py", name), 30)
        assert (show.script, show.segment.cues[0].id) == (script, "swing.falls")


@pytest.mark.parametrize(("file", "name"), [("scenes/swing.py", "Rest"), ("other/swing.py", "Swing")])
def test_a_scene_that_no_script_names_is_told_so(films: Path, file: str, name: str) -> None:
    with pytest.raises(ExplainerError, match=f"swing.py:{name}: no script names this scene; write scene = "):
        draft_show(scene_in(films / file, name), 30)


def test_manims_own_command_draws_the_picture_of_the_film(tmp_path: Path) -> None:
    shot = shot_of("dome")
    size = ["-r", f"{shot.width},{shot.height}", "--fps", str(shot.show.fps)]
    command = [sys.executable, "-m", "manim", "render", "-s", *size, "--media_dir", str(tmp_path)]
    subprocess.run([*command, "scenes/minute/dome.py", "Dome"], cwd=ROOT, check=True, capture_output=True, timeout=120)
    (path,) = tmp_path.rglob("*.png")
    with Image.open(path) as picture:
        drawn = np.asarray(picture.convert("RGBA"), int)
    # Manim's own frame is a hair less wide than ours, which a pixel or two are rounded by.
    assert np.abs(drawn - still(shot, shot.show.frame_count - 1)).max() <= 1
