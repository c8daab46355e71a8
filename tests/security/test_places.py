"""Names that others choose lead nowhere: tags, ids, takes, files and folders stay where they belong."""

from __future__ import annotations

import json
import os
import shutil
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from film_project import Project, make_project, told
from hypothesis import example, given
from hypothesis import strategies as st
from security_samples import ENGLISH, LANGUAGES, ROOT, SCRIPT, small_film, timed_film

from explainer.cli.main import main
from explainer.clips.clip import FACTS, PICTURES, clip_writer, load
from explainer.clips.formats import FORMATS, Settings
from explainer.clips.frame_range import frame_at
from explainer.errors import ExplainerError
from explainer.film.build import films
from explainer.film.captioning import caption_film, localized_for
from explainer.film.manifest import manifest, read_film
from explainer.film.tasks import show_of
from explainer.starter.create import create
from explainer.tasks.artifact_transfer import Artifact, ArtifactFile, unpack
from explainer.tasks.digest import bytes_digest
from explainer.voices import takes
from explainer.voices.table import choose
from explainer.voices.utterance import Utterance
from explainer.words.film import film_ids, open_film
from explainer.words.script import parse_script

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
FILM = timed_film()
ODD_FOLDER = 'it\'s 50 %d %03d;[x],=: "y" \\ z ünï 温 \N{HEBREW LETTER ALEF}'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_project(tmp_path_factory.mktemp("places") / "project")


# Names that are asked for ------------------------------------------------------------------------------------------


@given(st.text() | st.sampled_from(OUTSIDE))
def test_a_language_is_one_that_is_known_or_refused(tag: str) -> None:
    if tag not in LANGUAGES:
        with pytest.raises(ExplainerError, match="unknown language"):
            small_film().language(tag)


@given(st.text(min_size=1) | st.sampled_from(OUTSIDE).filter(bool))
def test_a_film_is_one_of_the_folder_or_refused(id: str) -> None:
    if id not in film_ids(ROOT):
        with pytest.raises(ExplainerError, match="unknown film"):
            open_film(ROOT, id)


@given(st.text() | st.sampled_from(OUTSIDE))
@example("swing.fall:../outside")
@example("swing.fall+0.1/../outside")
def test_a_place_in_a_segment_is_a_cue_or_a_mark_or_refused(place: str) -> None:
    with pytest.raises(ExplainerError, match=r"names no place|unknown cue or mark"):
        frame_at(show_of(FILM, "swing"), place)


COMMANDS = [
    ("video", "--film="),
    ("video", "--lang="),
    ("video", "--segment="),
    ("video", "--voice="),
    ("video", "--theme="),
    ("video", "--aspect="),
    ("captions", "--lang="),
    ("captions", "--into="),
    ("master", "--lang="),
    ("gif", ""),
    ("gif", "dome", "--from="),
    ("gif", "dome", "--format="),
    ("still", "dome", "--at="),
    ("still", "dome", "--at=dome.top", "--format="),
    ("slides", "--segment="),
    ("slides", "--to="),
    ("page", "--lang="),
    ("storyboard", "--segment="),
    ("translate", "new", ""),
    ("check", "--lang="),
    ("figures", "--film="),
    ("figures", "--lang="),
    ("figures", "--theme="),
]
SPOKEN = {"--voice=", "--from=", "--at="}  # these are looked at when the words are spoken, which takes longer


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_option_leaves_the_output_folder(
    command: tuple[str, ...], project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "in" / "here" / "out"
    before = set(project.root.rglob("*"))
    for name in ("../outside",) if command[-1] in SPOKEN else ("../outside", str(tmp_path / "outside"), "en\0", "*"):
        options = [f"--out={out}"]
        if command[0] not in ("page", "figures"):
            options += [f"--cache={project.root / '.cache'}", *([] if "--voice=" in command else ["--voice=draft"])]
        status = main([command[0], *options, *command[1:-1], f"{command[-1]}{name}"], project.root)
        said = capsys.readouterr().err.splitlines()
        assert status == 2
        assert [line.startswith("error: ") and line.isprintable() for line in said] == [True]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert {path for path in project.root.rglob("*") if ".cache" not in path.parts} <= before


# Names in scripts, takes, manifests and results --------------------------------------------------------------------


@given(st.text().filter(lambda text: not text.isascii() or not text.isidentifier()) | st.sampled_from(OUTSIDE))
@example("a/b")
@example("A.b")
@example("a.b.c")
@example("a..b")
@example("a." + "b" * 100)
def test_ids_of_a_script_are_plain_names(id: str) -> None:
    quoted = json.dumps(id).replace("\x7f", "\\u007f")
    for old in ('id = "end"', 'id = "end.words"', 'id = "swing.weight"'):
        with pytest.raises(ExplainerError, match=r"not a valid id|must begin with|broken TOML"):
            parse_script(SCRIPT.replace(old, f"id = {quoted}"))


@pytest.mark.parametrize("scene", ["scenes.dome:__class__()", "../x:Y", "scenes..x:Y", "scenes.x:Y()", "scenes.x", ""])
def test_a_script_names_scenes_and_nothing_else(scene: str) -> None:
    with pytest.raises(ExplainerError, match="is not a scene"):
        parse_script(SCRIPT.replace("scenes.end:End", scene))


@pytest.mark.parametrize("key", ["name", "facts", "evaluators", "verification", "panels", "figures"])
def test_a_script_names_files_and_modules_and_nothing_else(key: str) -> None:
    for value in ("../outside", "/tmp/outside", "a/b", "a b", "a()", "..", "a\\n"):
        with pytest.raises(ExplainerError, match=f"film: {key} = "):
            parse_script(f'{SCRIPT}\n[film]\n{key} = "{value}"\n')


def asked(cue_id: str, folder: Path) -> Utterance:
    return Utterance("words", (), ENGLISH, cue_id=cue_id, folder=folder)


def test_a_take_is_no_link_out_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    for number, ending in enumerate(takes.CONTAINERS):
        (folder / f"a.b{number}{ending}").symlink_to(tmp_path / "secret")
        with pytest.raises(ExplainerError, match="the take is a link out of its folder") as caught:
            choose("takes", asked(f"a.b{number}", folder))
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


def test_a_manifest_names_a_language_that_is_known_or_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "en"
    folder.mkdir(parents=True)
    (folder / "small.en.mp4").touch()
    (tmp_path / "narration").mkdir()
    (tmp_path / "narration" / "small.toml").write_text(SCRIPT)
    content = json.loads(manifest(FILM, {}, {}))
    for name in OUTSIDE:
        (folder / "small.en.json").write_text(json.dumps({**content, "language": name}))
        with pytest.raises(ExplainerError, match="unknown language"):
            caption_film(*told((timed_film(root=tmp_path).request,), read_film(folder / "small.en.mp4")))
    files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {"small.toml", "small.en.mp4", "small.en.json"}


PARTS = st.sampled_from(["..", ".", "", "a", "b", "entry.json", "~", "\\", "c:", "*"])


@given(st.lists(PARTS, min_size=1, max_size=5).map("/".join))
@example("../outside")
@example("/tmp/outside")
@example("a/../../outside")
@example("")
def test_a_result_from_elsewhere_stays_in_its_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    place = tmp_path_factory.mktemp("result")
    folder = place / "room" / "result"
    folder.mkdir(parents=True)
    digest = bytes_digest(b"content")
    try:
        unpack(Artifact((ArtifactFile(name, digest, b"content"),)), folder)
    except ExplainerError as error:
        assert "outside its folder" in str(error)
    assert all(path.is_relative_to(folder) for path in place.rglob("*") if path.is_file())
    shutil.rmtree(place)


# Names of files and folders ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of a project in a folder of an odd name, built into another."""
    place = tmp_path_factory.mktemp("odd")
    odd = make_project(place / ODD_FOLDER)
    built, _ = films((odd.request(segments=("hook",)),), odd.out / ODD_FOLDER, odd.session())
    assert all(each.path.is_file() for each in built)
    assert [path.name for path in place.iterdir()] == [ODD_FOLDER]
    return built[0].path


@pytest.mark.parametrize("name", ["concat:film.mp4", "-y.mp4", "50%d.mp4", "data:film.mp4"])
def test_films_and_folders_may_have_any_name(
    name: str, made: Path, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names reach ffmpeg as names, never as options, patterns, protocols or filters."""
    folder = tmp_path / ODD_FOLDER
    folder.mkdir()
    for suffix in (".mp4", ".json"):
        shutil.copy(made.with_name(made.name.removesuffix(".mp4") + suffix), folder / name.replace(".mp4", suffix))
    monkeypatch.chdir(folder)
    request = project.request(language_tag="de", segments=("hook",))
    finished = read_film(Path(name))
    assert localized_for(request, finished).narration.cues
    assert all(each.path.is_file() for each in caption_film(*told((request,), finished)))
    assert [path.name for path in tmp_path.iterdir()] == [ODD_FOLDER]


@pytest.mark.parametrize("form", ["gif", "webp", "mp4"])
def test_clips_may_lie_in_folders_of_any_name(form: str, tmp_path: Path) -> None:
    folder = tmp_path / ODD_FOLDER
    folder.mkdir()
    with clip_writer(folder, 64, 36, 10) as writer:
        for level in range(10):
            writer.write(np.full((36, 64, 4), 20 * level, np.uint8))
    import_module(FORMATS[form].writer).write(load(folder), Settings(form, FORMATS[form].usual), folder / "clip")
    assert (folder / "clip").stat().st_size > 100
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {PICTURES, FACTS, "clip"}


@pytest.mark.parametrize("name", [ODD_FOLDER, "Fall & Rise!", "FILM", "a__b", "x.toml"])
def test_a_new_film_has_a_plain_name_whatever_its_folder_is_called(name: str, tmp_path: Path) -> None:
    written = create(tmp_path / name)
    film = open_film(tmp_path / name)
    assert film.id.isascii() and film.id.isidentifier()
    assert all(path.is_relative_to(tmp_path / name) for path in written)
