"""The folder that is built: its files, its size, its safety; and what is said when it cannot be built."""

import base64
import hashlib
import json
import re
import shutil
import sys
from dataclasses import asdict, replace
from html import unescape
from textwrap import dedent

import pytest
from export_bench import MINUTE, changed
from narration_samples import write_files
from page_films import KNOWN, PLAIN, SPOKEN, TAGS, built_film, timeline_of
from PIL import Image

from explainer.errors import ExplainerError
from explainer.film.timed import chosen
from explainer.html.safety import json_in_script
from explainer.page import build
from explainer.page.bundle import bundle
from explainer.page.shown import Built
from explainer.words.facts import known
from explainer.words.film import Film, open_film
from panels.minute.experiments import EXPERIMENTS

MEGABYTE = 1_000_000
FOREIGN = '"</script><script>alert(1)</script><img src=x onerror=alert(1)>&\u2028'


def built(folders, tags, out, film=PLAIN, **options):
    return build.build_page([Built(film, KNOWN, folders)], tags, out, **options)


@pytest.fixture(scope="module")
def html(folder):
    return (folder / "index.html").read_text("utf-8")


def part(html, opening):
    return html.split(opening, 1)[1].split("</", 1)[0]


def data_of(html):
    return json.loads(part(html, '<script type="application/json" id="data">'))


def test_the_page_without_its_films_is_small(folder):
    rest = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".mp4"]
    assert sum(path.stat().st_size for path in rest) < MEGABYTE


def test_the_folder_holds_the_page_and_its_films(film_folders, tmp_path):
    made = built(film_folders, ["en", "de"], tmp_path)
    names = ["index.html"] + [f"films/negative-temperature.{tag}.{end}" for tag in SPOKEN for end in ("mp4", "webp")]
    assert [path.relative_to(tmp_path).as_posix() for path in made] == names
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(made)


def test_building_twice_gives_the_same_page_and_leaves_equal_films_alone(film_folders, tmp_path):
    first = built(film_folders, ["en"], tmp_path)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in first}
    assert built(film_folders, ["en"], tmp_path) == first
    assert all((path.read_bytes(), path.stat().st_mtime_ns) == before[path] for path in first)


def test_posters_are_light_and_no_wider_than_they_are_shown(film_folders, tmp_path):
    folder = shutil.copytree(film_folders[0], tmp_path / "en")
    poster = folder / "negative-temperature.en.png"
    Image.linear_gradient("L").resize((1920, 1080)).save(poster)
    made = built([folder], ["en"], tmp_path / "page")[2]
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


def test_all_languages_and_films_are_in_the_page(html):
    data = data_of(html)
    assert [row["tag"] for row in data["languages"]] == list(TAGS)
    (film,) = data["films"]
    assert [voice["tag"] for voice in film["voices"]] == list(SPOKEN)
    assert all(set(voice["captions"]) == set(TAGS) for voice in film["voices"])


def test_the_experiments_stand_with_their_sources(html):
    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', html)
    assert len(rows) == len(EXPERIMENTS)
    for row, experiment in zip(rows, EXPERIMENTS, strict=True):
        for text in (experiment.people, str(experiment.year), experiment.source):
            assert text in unescape(row)
        assert re.fullmatch(r".*, doi:10\.\d{4}/\S+", experiment.source)


def test_a_page_without_panels_holds_nothing_of_theirs(plain_folder):
    html = (plain_folder / "index.html").read_text("utf-8")
    assert data_of(html)["panels"] == {"minute": {}}
    for name in ("createDrive", "#bodies", "--starts", "<footer"):
        assert name not in html, name


def test_foreign_text_never_becomes_markup(film_folders, tmp_path, monkeypatch):
    hostile = {id: text + FOREIGN for id, text in MINUTE.texts("en").items()}
    monkeypatch.setattr(Film, "texts", lambda film, tag, allowed: hostile)
    html = built(film_folders, ["en"], tmp_path)[0].read_text("utf-8")
    assert html.count("<script") == 2 and html.count("<img") == html.count('<img id="poster"') == 1
    assert data_of(html)["languages"][0]["texts"]["film.voice"] == "Voice" + FOREIGN


def test_json_in_scripts_is_still_the_same_json():
    assert json.loads(json_in_script({"a": FOREIGN})) == {"a": FOREIGN}


def refused(*arguments, **options):
    with pytest.raises(ExplainerError) as caught:
        built(*arguments, **options)
    assert "\n" not in str(caught.value) and "; " in str(caught.value)
    return str(caught.value)


def test_bad_input_is_one_clear_line(film_folders, tmp_path):
    assert "no finished film" in refused([tmp_path / "none"], ["en"], tmp_path / "page")
    assert "no finished film of 720" in refused(film_folders, ["en"], tmp_path / "page", height=720)
    assert "unknown language" in refused(film_folders, ["xx"], tmp_path / "page")
    (tmp_path / "file").write_text("")
    assert "cannot write here" in refused(film_folders, ["en"], tmp_path / "file")
    assert "second film in en" in refused([film_folders[0], film_folders[0]], ["en"], tmp_path / "page")


def test_films_of_another_script_are_not_this_films_own(film_folders, tmp_path):
    assert "no finished film" in refused(film_folders, ["en"], tmp_path, film=replace(PLAIN, id="other"))


def test_a_film_with_other_cues_or_a_broken_manifest_is_refused(film_folders, tmp_path):
    source = film_folders[0] / "negative-temperature.en.json"
    for end in ("mp4", "png"):
        (tmp_path / f"negative-temperature.en.{end}").write_bytes(source.with_suffix(f".{end}").read_bytes())
    manifest = tmp_path / source.name
    manifest.write_text(source.read_text("utf-8").replace("hook.question", "hook.other"), encoding="utf-8")
    assert "other cues than the script" in refused([tmp_path], ["en"], tmp_path / "page")
    manifest.write_text("{", encoding="utf-8")
    assert "no readable manifest" in refused([tmp_path], ["en"], tmp_path / "page")


@pytest.mark.parametrize("segments", [("hook",), ("laser", "dome")])
def test_a_film_of_some_segments_alone_is_passed_over(film_folders, tmp_path, segments):
    whole, folder = film_folders[0] / "negative-temperature.en.json", tmp_path / "en"
    folder.mkdir()
    told = json.loads(whole.read_text("utf-8"))
    told["plan"] = asdict(chosen(timeline_of("en"), segments))
    stem = f"negative-temperature-{'-'.join(segments)}-480p15.en"
    (folder / f"{stem}.json").write_text(json.dumps(told), encoding="utf-8")
    for end in ("mp4", "png"):
        shutil.copyfile(whole.with_suffix(f".{end}"), folder / f"{stem}.{end}")
    assert "there is no finished film" in refused([folder], ["en"], tmp_path / "page")
    made = built([film_folders[1], folder], ["en"], tmp_path / "page")
    assert [path.name for path in made if path.suffix == ".mp4"] == ["negative-temperature.ar.mp4"]


def test_the_finest_film_is_taken_or_that_of_the_height_asked_for(film_folders, tmp_path):
    source, other = "negative-temperature.en", "negative-temperature-360p.en"
    folder = shutil.copytree(film_folders[0], tmp_path / "en")
    for end in ("mp4", "png"):
        shutil.copyfile(folder / f"{source}.{end}", folder / f"{other}.{end}")
    manifest = json.loads((folder / f"{source}.json").read_text("utf-8"))
    manifest["picture"] |= {"width": 640, "height": 360}
    (folder / f"{other}.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert built([folder], ["en"], tmp_path / "page")[1].name == f"{other}.mp4"
    assert built([folder], ["en"], tmp_path / "page", height=90)[1].name == f"{source}.mp4"


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
        bundle([tmp_path], "main.js")


def test_modules_are_joined_in_the_order_they_need(tmp_path):
    (tmp_path / "main.js").write_text('import { a } from "./a.js";\n\nconsole.log(a);\n', encoding="utf-8")
    (tmp_path / "a.js").write_text("export const a = 1;\n", encoding="utf-8")
    assert bundle([tmp_path], "main.js") == "const a = 1;\n\nconsole.log(a);\n"


def test_a_module_comes_from_the_first_folder_that_has_it(tmp_path):
    for name in ("film", "engine"):
        write_files(tmp_path / name, {"main.js": f'import {{ a }} from "./a.js";\n{name}(a);\n'})
    write_files(tmp_path / "engine", {"a.js": "export const a = 1;\n"})
    assert bundle([tmp_path / "film", tmp_path / "engine"], "main.js") == "const a = 1;\n\nfilm(a);\n"


# A film's own colours and panels -------------------------------------------------------------------------------------

PATH = [[0.5, 0.1, 262], [0.9, 0.1, 100]]


def test_a_films_own_colours_are_the_pages(film_folders, tmp_path):
    plain, own = (
        built(film_folders, ["en"], tmp_path / name, changed(PLAIN, themes=themes))[0].read_text("utf-8")
        for name, themes in (("plain", {}), ("own", {"dark": {"ink": "#ffeedd", "path": PATH}}))
    )
    assert "--ink: #ffeedd;" in own and "--ink: #10162a;" in own
    plain_palette, own_palette = data_of(plain)["palette"], data_of(own)["palette"]
    assert own_palette["dark"] != plain_palette["dark"] and own_palette["light"] == plain_palette["light"]


PANELS = {
    "__init__.py": """
        def data(known):
            return {"particles": known.facts["particles"].value_si}

        def properties(theme):
            return {"--own": theme.ink}
    """,
    "panels.html.j2": '<p class="own">{{ text["own.words"] }}, {{ panels.particles }}</p>',
    "panels.css.j2": ".own { color: var(--own); }",
    "text.toml": '[panels.own]\nwords = { text = "{particles} of them", shows = "a panel" }',
    "static/panels.js": """
        import { column } from "./table.js";
        export const createPanels = (data) => column([data.particles]);
    """,
}


@pytest.fixture
def with_panels(tmp_path, monkeypatch):
    """A function that gives the minute other panels, some of their files changed."""

    def give(**changes):
        files = {name: dedent(text).lstrip() for name, text in {**PANELS, **changes}.items()}
        write_files(tmp_path / "own_panels", files)
        return replace(changed(MINUTE, panels="own_panels"), root=tmp_path)

    monkeypatch.syspath_prepend(tmp_path)
    yield give
    sys.modules.pop("own_panels", None)


def test_panels_bring_data_words_style_and_a_script(film_folders, tmp_path, with_panels):
    html = built(film_folders, ["en"], tmp_path / "page", with_panels())[0].read_text("utf-8")
    data = data_of(html)
    assert data["panels"] == {"minute": {"particles": 100.0}}
    assert data["films"][0]["words"][0]["texts"]["own.words"] == "100 of them"
    assert '<p class="own">100 of them, 100.0</p>' in html
    style = part(html, "<style>")
    assert "--own: #eef2fb;" in style and style.rstrip().endswith(PANELS["panels.css.j2"])
    script = part(html, '<script type="module">')
    assert "createPanels = (data)" in script and "const column" in script and "createDrive" not in script


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("__init__.py", "import nosuch", "no module nosuch"),
        ("__init__.py", "def data(known):\n    return 1 / 0", "own_panels: the panels fail .ZeroDivisionError"),
        ("__init__.py", "def data(known):\n    return {'a': float('nan')}", "own_panels: the panels fail .ValueError"),
        ("__init__.py", "def data(known):\n    return {}", "own_panels: the panels fail .*no attribute 'properties'"),
        ("panels.html.j2", "<p>\n{% if %}", r"panels\.html\.j2:2: broken template"),
        ("panels.html.j2", "{{ text['nosuch'] }}", r"panels\.html\.j2: it cannot be filled in .*nosuch"),
        ("static/panels.js", 'import * as a from "./table.js";', r"panels\.js: unknown form"),
    ],
)
def test_panels_that_fail_are_one_clear_line(film_folders, tmp_path, with_panels, file, text, said):
    assert re.search(said, refused(film_folders, ["en"], tmp_path / "page", film=with_panels(**{file: text})))


# Several films -------------------------------------------------------------------------------------------------------


def test_a_page_holds_the_films_that_are_built_in_the_languages_they_have(all_folder):
    text = (all_folder / "index.html").read_text("utf-8")
    films = {film["id"]: film for film in data_of(text)["films"]}
    assert list(films) == ["minute", "tour", "confinement"]
    assert [[row["tag"] for row in films[id]["words"]] for id in films] == [list(TAGS), ["en"], ["en"]]
    assert text.count('type="radio"') == 3
    rest = [path for path in all_folder.rglob("*") if path.is_file() and path.suffix != ".mp4"]
    assert sum(path.stat().st_size for path in rest) < 1.5 * MEGABYTE


def test_a_film_that_is_not_built_is_not_on_the_page(film_folders, tmp_path):
    tour = open_film(MINUTE.root, "tour")
    films = [Built(PLAIN, KNOWN, film_folders), Built(tour, known(tour.facts), [tmp_path])]
    made = build.build_page(films, ["en"], tmp_path / "page")[0].read_text("utf-8")
    assert [film["id"] for film in data_of(made)["films"]] == ["minute"] and 'type="radio"' not in made


def test_panels_of_two_films_cannot_share_an_id(film_folders, tmp_path, with_panels):
    other = built_film("confinement", tmp_path / "other")
    films = [Built(with_panels(**{"panels.html.j2": '<p id="well"></p>'}), KNOWN, film_folders), other]
    with pytest.raises(ExplainerError, match=r"panels of minute and confinement: the id .*well.* stands twice"):
        build.build_page(films, ["en"], tmp_path / "page")
