"""The folder that is built: its files, its size, its safety; and what is said when it cannot be built."""

import base64
import hashlib
import json
import re
import shutil

import pytest
from page_films import SPOKEN, TAGS
from PIL import Image

from explainer.errors import ExplainerError
from explainer.page import build
from explainer.page.bundle import bundle
from explainer.page.html import json_in_script
from explainer.page.texts import texts

MEGABYTE = 1_000_000
FOREIGN = '"</script><script>alert(1)</script><img src=x onerror=alert(1)>&\u2028'


@pytest.fixture(scope="module")
def html(folder):
    return (folder / "index.html").read_text("utf-8")


def part(html, opening):
    return html.split(opening, 1)[1].split("</", 1)[0]


def test_the_page_without_its_films_is_small(folder):
    rest = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".mp4"]
    assert sum(path.stat().st_size for path in rest) < MEGABYTE


def test_the_folder_holds_the_page_and_its_films(film_folders, tmp_path):
    made = build.build_page(film_folders, ["en", "de"], tmp_path, allow_missing=True)
    names = ["index.html"] + [f"films/negative-temperature.{tag}.{end}" for tag in SPOKEN for end in ("mp4", "webp")]
    assert [path.relative_to(tmp_path).as_posix() for path in made] == names
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(made)


def test_building_twice_gives_the_same_page_and_leaves_equal_films_alone(film_folders, tmp_path):
    first = build.build_page(film_folders, ["en"], tmp_path)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in first}
    assert build.build_page(film_folders, ["en"], tmp_path) == first
    assert all(path.read_bytes() == before[path][0] for path in first)
    assert all(path.stat().st_mtime_ns == before[path][1] for path in first if path.suffix == ".mp4")


def test_building_again_removes_what_a_killed_build_left(film_folders, tmp_path):
    made = build.build_page(film_folders, ["en"], tmp_path)
    for path in made:
        path.with_name(f".{path.name}.4194304").write_bytes(b"half")
    build.build_page(film_folders, ["en"], tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(made)


def test_posters_are_light_and_no_wider_than_they_are_shown(film_folders, tmp_path):
    folder = shutil.copytree(film_folders[0], tmp_path / "en")
    poster = folder / "negative-temperature.en.png"
    Image.linear_gradient("L").resize((1920, 1080)).save(poster)
    made = build.build_page([folder], ["en"], tmp_path / "page")[2]
    with Image.open(made) as picture:
        assert picture.size == (1280, 720) and made.stat().st_size < 30_000
    poster.write_bytes(b"no picture")
    assert "not a picture" in refused([folder], ["en"], tmp_path / "page")


def test_the_policy_names_the_one_script_and_the_one_style(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    for opening, directive in (('<script type="module">', "script-src"), ("<style>", "style-src")):
        text = part(html, opening)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert not re.search(r"""\son\w+=|\sstyle=["']""", html.split("<script")[0])


def test_nothing_is_named_outside_the_folder(html):
    addresses = set(re.findall(r"https?://[^\s\"'<>\\]+", html))
    assert addresses <= {"http://www.w3.org/2000/svg"}


def test_all_languages_and_tables_are_in_the_page(html):
    data = json.loads(part(html, '<script type="application/json" id="data">'))
    assert [row["tag"] for row in data["languages"]] == list(TAGS)
    assert [film["language"] for film in data["films"]] == list(SPOKEN)
    assert all(set(film["captions"]) == set(TAGS) for film in data["films"])


def test_foreign_text_never_becomes_markup(film_folders, tmp_path, monkeypatch):
    hostile = {id: text + FOREIGN for id, text in texts(build.language("en")).items()}
    monkeypatch.setattr(build, "texts", lambda language, allow_missing: hostile)
    html = build.build_page(film_folders, ["en"], tmp_path)[0].read_text("utf-8")
    assert html.count("<script") == 2 and "<img" not in html
    data = json.loads(part(html, '<script type="application/json" id="data">'))
    assert data["languages"][0]["texts"]["film.voice"] == "Voice" + FOREIGN


def test_json_in_scripts_is_still_the_same_json():
    assert json.loads(json_in_script({"a": FOREIGN})) == {"a": FOREIGN}


def refused(*arguments, error=ExplainerError, **options):
    with pytest.raises(error) as caught:
        build.build_page(*arguments, **options)
    assert "\n" not in str(caught.value) and "; " in str(caught.value)
    return str(caught.value)


def test_bad_input_is_one_clear_line(film_folders, tmp_path):
    assert "no finished film" in refused([tmp_path / "none"], ["en"], tmp_path / "page")
    assert "no finished film of 720" in refused(film_folders, ["en"], tmp_path / "page", height=720)
    assert "name at least one" in refused(film_folders, [], tmp_path / "page")
    assert "unknown language" in refused(film_folders, ["xx"], tmp_path / "page", error=ExplainerError)
    (tmp_path / "file").write_text("")
    assert "cannot be written" in refused(film_folders, ["en"], tmp_path / "file")
    assert "second film in en" in refused([film_folders[0], film_folders[0]], ["en"], tmp_path / "page")


def test_a_film_of_another_script_or_a_broken_manifest_is_refused(film_folders, tmp_path):
    source = film_folders[0] / "negative-temperature.en.json"
    for end in ("mp4", "png"):
        (tmp_path / f"negative-temperature.en.{end}").write_bytes(source.with_suffix(f".{end}").read_bytes())
    manifest = tmp_path / source.name
    manifest.write_text(source.read_text("utf-8").replace("hook.question", "hook.other"), encoding="utf-8")
    assert "other cues than the script" in refused([tmp_path], ["en"], tmp_path / "page")
    manifest.write_text("{", encoding="utf-8")
    assert "not a film's manifest" in refused([tmp_path], ["en"], tmp_path / "page")


def test_the_finest_film_is_taken_or_that_of_the_height_asked_for(film_folders, tmp_path):
    source, other = "negative-temperature.en", "negative-temperature-360p.en"
    folder = shutil.copytree(film_folders[0], tmp_path / "en")
    for end in ("mp4", "png"):
        shutil.copyfile(folder / f"{source}.{end}", folder / f"{other}.{end}")
    manifest = json.loads((folder / f"{source}.json").read_text("utf-8"))
    manifest["picture"] |= {"width": 640, "height": 360}
    (folder / f"{other}.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert build.build_page([folder], ["en"], tmp_path / "page")[1].name == f"{other}.mp4"
    assert build.build_page([folder], ["en"], tmp_path / "page", height=90)[1].name == f"{source}.mp4"


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ({"main.js": 'import { a } from "./gone.js";\n'}, "cannot be read"),
        ({"main.js": 'import { a } from "./b.js";\n', "b.js": 'import { c } from "./main.js";\n'}, "in a circle"),
        ({"main.js": 'import * as b from "./b.js";\n'}, "unknown form"),
        (
            {"main.js": 'import { a } from "./b.js";\nconst a = 1;\n', "b.js": "export const a = 1;\n"},
            "declared in b.js",
        ),
    ],
)
def test_modules_that_cannot_be_joined_are_named(tmp_path, modules, said):
    for name, text in modules.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ExplainerError, match=said):
        bundle(tmp_path, "main.js")


def test_modules_are_joined_in_the_order_they_need(tmp_path):
    (tmp_path / "main.js").write_text('import { a } from "./a.js";\n\nconsole.log(a);\n', encoding="utf-8")
    (tmp_path / "a.js").write_text("export const a = 1;\n", encoding="utf-8")
    assert bundle(tmp_path, "main.js") == "const a = 1;\n\nconsole.log(a);\n"
