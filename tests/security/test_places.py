"""Names that others choose lead nowhere: tags, ids, takes and folders stay where they belong."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from security_samples import make_project

from explainer.cli import main as cli
from explainer.clips.clip import FACTS, PICTURES, clip_writer, load
from explainer.clips.formats import FORMATS, Settings
from explainer.errors import ExplainerError
from explainer.film.build import film
from explainer.film.captioning import caption_film
from explainer.film.finished import read_film
from explainer.voices import takes, voices
from explainer.words.languages import LANGUAGES, language
from explainer.words.script import parse_script

EN = LANGUAGES["en"]
OUTSIDE = (
    "../outside",
    "../../../../tmp/outside",
    "/tmp/outside",
    "en/../../outside",
    "..",
    ".",
    "",
    "en\0",
    "en\n",
    "~root",
    "EN",
    "e\u0301n",
    "file:///tmp/outside",
    "CON",
    "en ",
    "*",
    "-rf",
)
NAMES = (
    'it\'s "here"',
    "50 %d %03d %s",
    "a;b,c:d=e[f]",
    "back\\slash",
    "concat:x",
    "-y",
    "ünï 温 \N{HEBREW LETTER ALEF}",
)


@pytest.mark.parametrize("tag", OUTSIDE)
def test_a_language_is_a_row_of_the_table_or_refused(tag: str) -> None:
    with pytest.raises(ExplainerError, match="unknown language"):
        language(tag)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("name", [name for name in OUTSIDE if "\0" not in name and name.strip()])
@pytest.mark.parametrize(
    "command",
    [
        ("video", "--lang"),
        ("video", "--segment"),
        ("video", "--voice"),
        ("captions", "--lang"),
        ("gif",),
        ("gif", "dome", "--from"),
        ("gif", "dome", "--format"),
        ("gif", "dome", "--theme"),
        ("gif", "dome", "--aspect"),
        ("still", "dome", "--at"),
        ("still", "--at=dome.top"),
        ("slides", "--segment"),
        ("slides", "--to"),
        ("translate", "new"),
        ("storyboard", "--segment"),
        ("storyboard", "--lang"),
    ],
    ids=" ".join,
)
def test_no_option_leaves_the_output_folder(
    command: tuple[str, ...], name: str, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if name in ("en ", "en\n") and command[-1] == "--lang":
        pytest.skip("spaces around a language are no part of it")
    place = tmp_path / "deep" / "in" / "here"
    place.mkdir(parents=True)
    *first, last = command
    words = [*first, f"{last}={name}"] if last.startswith("--") and "=" not in last else [*command, "--", name]
    status = cli.main([words[0], f"--out={place / 'out'}", f"--cache={cache}", *words[1:]])
    said = capsys.readouterr().err.splitlines()
    assert status == 2
    assert [line.startswith("error: ") for line in said] == [True]
    assert {path.relative_to(tmp_path).parts[:3] for path in tmp_path.rglob("*") if path.is_file()} <= {
        ("deep", "in", "here")
    }
    assert not [path for path in (place / "out").rglob("*") if path.is_file()]


@pytest.mark.parametrize("id", [*OUTSIDE, "a/b", "a.b/c", "a..b", "a.b.c", "A.b", "a.b\u200b", "a." + "b" * 100])
@pytest.mark.parametrize("kind", ["segment", "cue", "label"])
def test_ids_of_a_script_are_plain_names(kind: str, id: str) -> None:
    ids = {"segment": "a", "cue": "a.b", "label": "a.c", kind: id}
    quoted = {name: "".join(f"\\U{ord(character):08X}" for character in value) for name, value in ids.items()}
    text = f'''
title = "x"
[[segment]]
id = "{quoted["segment"]}"
scene = "scenes.dome:Dome"
title = "x"
[[segment.cue]]
id = "{quoted["cue"]}"
text = "x"
[[label]]
id = "{quoted["label"]}"
text = "x"
'''
    with pytest.raises(ExplainerError, match=r"not a valid id|must begin with"):
        parse_script(text)


@pytest.mark.parametrize(
    "scene", ["os:System", "scenes.dome:__class__", "../x:Y", "scenes..x:Y", "physics.x:Y", "scenes.x:Y()"]
)
def test_a_script_names_scenes_and_nothing_else(scene: str) -> None:
    text = (
        f'title = "x"\n[[segment]]\nid = "a"\nscene = "{scene}"\ntitle = "x"\n[[segment.cue]]\nid = "a.b"\ntext = "x"\n'
    )
    with pytest.raises(ExplainerError, match="is not a scene"):
        parse_script(text)


@pytest.mark.parametrize("ending", takes.CONTAINERS)
def test_a_take_is_no_link_out_of_its_folder(ending: str, tmp_path: Path) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    (tmp_path / f"secret{ending}").write_bytes(b"secret")
    (folder / f"a.b{ending}").symlink_to(tmp_path / f"secret{ending}")
    with pytest.raises(ExplainerError, match="the take is a link out of its folder") as caught:
        voices.choose("takes", "a.b", EN, folder)
    assert str(tmp_path) not in str(caught.value)


def test_a_link_within_the_folder_of_takes_and_one_to_the_folder_are_fine(tmp_path: Path) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    (folder / "a.c.wav").write_bytes(b"x")
    (folder / "a.b.wav").symlink_to("a.c.wav")
    (tmp_path / "link").symlink_to(folder)
    assert takes.find(folder, "a.b") == folder / "a.b.wav"
    assert takes.find(tmp_path / "link", "a.b") == tmp_path / "link" / "a.b.wav"


def test_a_take_that_is_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.b.wav")
    (tmp_path / "a.c.wav").symlink_to("/dev/zero")
    assert takes.find(tmp_path, "a.b") is None
    assert takes.find(tmp_path, "a.c") is None


@pytest.mark.parametrize("name", NAMES)
def test_folders_may_have_any_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names reach ffmpeg as names, never as options, patterns, protocols or filters."""
    project = make_project(tmp_path / name)
    request = project.request(segments=("hook",))
    out = project.out / name
    made, _ = film(request, out, project.session())
    assert all(item.path.is_file() for item in made)
    monkeypatch.chdir(made[0].path.parent)
    (german,) = (project.request(language_tag="de", segments=("hook",)),)
    captioned = caption_film((german,), read_film(Path(made[0].path.name)))
    assert all(item.path.is_file() for item in captioned)
    outside = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")}
    assert outside == {name}
    shutil.rmtree(tmp_path / name)


@pytest.mark.parametrize("form", FORMATS)
def test_clips_may_lie_in_folders_of_any_name(form: str, tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s 50 %d %03d;[x],=: "y" \\ z'
    folder.mkdir()
    with clip_writer(folder, 64, 36, 10) as writer:
        for level in range(10):
            writer.write(np.full((36, 64, 4), 20 * level, np.uint8))
    module, _, name = FORMATS[form].write.partition(":")
    getattr(import_module(module), name)(load(folder), Settings(form, FORMATS[form].usual), folder / "clip")
    assert (folder / "clip").stat().st_size > 100
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {PICTURES, FACTS, "clip"}


@pytest.mark.parametrize("name", ["concat:film.mp4", "-film.mp4", "50%d.mp4", "data:film.mp4"])
def test_a_film_may_have_any_name_too(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path / "project")
    request = project.request(segments=("hook",))
    made, _ = film(request, project.out, project.session())
    (tmp_path / "here").mkdir()
    for item in made:
        if item.path.suffix in (".mp4", ".json"):
            shutil.copy(item.path, tmp_path / "here" / (name.removesuffix(".mp4") + item.path.suffix))
    monkeypatch.chdir(tmp_path / "here")
    captioned = caption_film((request,), read_film(Path(name)))
    assert all(item.path.is_file() for item in captioned)
