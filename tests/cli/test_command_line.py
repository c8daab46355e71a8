"""The command line says what it can do, quickly, and ends badly in one line."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from film_project import ROOT, Project

from explainer.checks.finding import Finding
from explainer.cli.common import Place, requests_of
from explainer.cli.main import COMMANDS, FAILED_STATUS, INTERRUPTED_STATUS, main, parser
from explainer.cli.meant import meant
from explainer.cli.report import account_line, print_findings, size_text
from explainer.errors import CheckFailedError
from explainer.film.manifest import films_in
from explainer.film.request import Request
from explainer.tasks.session import BuildReport
from explainer.words.film import open_film

RENDER = [sys.executable, str(ROOT / "render.py")]
HEAVY = ("manim", "numpy", "scipy", "av", "rich", "PIL", "jinja2", "babel", "grimp", "distributed", "explainer.words")
FILMS_OWN = ("physics", "narration", "scenes", "evaluators", "panels", "figures")


def requested(root: Path, *arguments: str) -> tuple[Request, ...]:
    """What a command line asks for."""
    return requests_of(parser(arguments, Place(root, "render.py")).parse_args(arguments))


def refusal(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> str:
    """The one line that bad input ends in."""
    assert main(arguments, root) == 2
    shown = capsys.readouterr()
    lines = [line for line in shown.err.splitlines() if not line.startswith("warning: ")]
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    assert shown.out == ""
    return lines[0]


def test_help_names_every_command_and_loads_none(capsys: pytest.CaptureFixture[str]) -> None:
    script = "import sys; from pathlib import Path; from explainer.cli.main import main\n"
    script += "try: main(['--help'], Path())\nexcept SystemExit as ended: print(ended.code)\n"
    script += "print(*(name for name in sys.modules if name.startswith('explainer.')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    *help_lines, status, loaded = done.stdout.splitlines()
    assert set(COMMANDS) <= {line.split()[0] for line in help_lines if line.startswith("    ")}
    assert status == "0"
    own = {f"explainer.cli.{name}" for name in ("main", "common", "meant")}
    assert set(loaded.split()) == {"explainer.cli", "explainer.errors"} | own


def test_each_command_explains_itself_and_loads_nothing_heavy() -> None:
    script = "import sys; from pathlib import Path; from explainer.cli.main import main\n"
    script += "for name in sys.argv[1:]:\n try: main([name, '--help'], Path(), 'render.py')\n"
    script += " except SystemExit as ended: assert ended.code == 0\n"
    script += f"print([name for name in {HEAVY + FILMS_OWN!r} if name in sys.modules])"
    command = [sys.executable, "-c", script, *COMMANDS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
    assert all(f"usage: render.py {name} " in done.stdout for name in COMMANDS)
    assert "PROGRAM" not in done.stdout


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ("slides html", "write --to html"),
        ("slides --format pdf", "write --to pdf"),
        ("slides --format=pdf", "write --to pdf"),
        ("slides light", "write --theme light"),
        ("video 9:16", "write --aspect 9:16"),
        ("captions zh-Hans", "write --lang zh-Hans"),
        ("video --segments dome", "write --segment"),
        ("storyboard dome", "write --segment dome"),
        ("still dome --at dome.top --fromat svg", "write --format svg"),
        ("new x y", "'render.py new --help' lists all that it takes"),
        ("slides --pdf", "write --to pdf"),
        ("slides --html", "write --to html"),
        ("slides --light", "write --theme light"),
        ("slides --notes", "'render.py slides --help' lists all that it takes"),
        ("gif dome --mp4", "write --format mp4"),
        ("gif dome mov", "write --format mov"),
        ("page --cache X", "'render.py page --help' lists all that it takes"),
        ("check physics", "write --physics"),
        ("check phisics", "write --physics"),
        ("still dome --at dome.top --svg", "write --format svg"),
        ("still dome png", "write --format png"),
        ("still dome", "--at is missing; 'render.py still --help' lists all that it takes"),
        ("check --all", "write --lang all"),
        ("video -q1", "use one of l, m, h, k"),
        ("video --seg dome", "'render.py video --help' lists all that it takes"),
        ("translate staus", "write status"),
        ("gif dome --fps x", "'render.py gif --help' lists all that it takes"),
        ("slide", "write render.py slides"),
    ],
)
def test_what_was_meant_is_named(capsys: pytest.CaptureFixture[str], given: str, remedy: str) -> None:
    assert main(given.split(), ROOT, "render.py") == 2
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1
    assert said.err.startswith("error: ") and said.err.strip().endswith(remedy)


def test_every_option_of_every_command_is_meant_by_its_own_name_misspelt() -> None:
    for name in COMMANDS:
        made = parser([name], Place(ROOT, "render.py"))
        (commands,) = [action.choices for action in made._actions if isinstance(action.choices, dict)]
        for option in commands[name]._option_string_actions:
            if option.startswith("--") and len(option) > 6:
                misspelt = option[:4] + option[5] + option[4] + option[6:]
                if option[4] != option[5]:
                    assert meant(commands[name]._actions, [misspelt]) == f"write {option}", name


@pytest.mark.parametrize(
    ("letter", "size"),
    [("l", (854, 480, 15)), ("m", (1280, 720, 30)), ("h", (1920, 1080, 60)), ("k", (3840, 2160, 60))],
)
def test_qualities_are_manims(letter: str, size: tuple[int, int, int]) -> None:
    (request,) = requested(ROOT, "video", f"-q{letter}", "-p", "--segment", "dome", "--segment", "laser")
    assert (request.quality.width, request.quality.height, request.quality.fps) == size
    assert request.segments == ("dome", "laser")


@pytest.mark.parametrize(
    ("given", "tags"), [("en", ("en",)), ("de,ja,de", ("de", "ja")), ("all", open_film(ROOT, "minute").tags)]
)
def test_languages_may_be_one_several_or_all(given: str, tags: tuple[str, ...]) -> None:
    assert tuple(request.language_tag for request in requested(ROOT, "captions", "--lang", given)) == tags


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--lang", "de,ar"), "voice kokoro: it does not speak German; name another --lang or --voice"),
        (("--voice", "nosuch"), "unknown voice"),
    ],
)
def test_takes_that_cannot_be_spoken_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert said in refusal(capsys, ROOT, "speak", *arguments)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("video", "--segment", "nosuch"), "nosuch: unknown segment; use one of"),
        (("video", "--lang", "xx"), "unknown language"),
        (("video", "--voice", "nosuch"), "unknown voice"),
        (("video", "--out", "/dev/null/out"), "cannot write here"),
        (("video", "--cache", "/dev/null/cache"), "cannot write here"),
        (("video", "--takes", "/nosuch"), "takes"),
        (("video", "--piper-voice", "/nosuch"), "piper"),
        (("captions", "--into", "nosuch.mp4"), "nosuch.mp4: no such film"),
        (("gif", "dome", "--fps", "12"), "use one of 10, 20, 25, 50"),
        (("gif", "nosuch"), "unknown segment"),
        (("gif", "dome", "laser", "--from", "dome.top"), "a stretch lies in one segment; name one segment"),
        (("gif", "dome", "--max-bytes", "much"), "'much' is not a size; write for instance 4MB"),
        (("gif", "dome", "--theme", "sepia"), "--theme: no theme 'sepia'; use one of dark, light"),
        (("gif", "dome", "--aspect", "4:3"), "--aspect: no shape '4:3'; use one of 16:9, 9:16, 1:1"),
    ],
)
def test_bad_input_is_one_line_and_a_status(
    arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [*arguments]
    for option in ("--out", "--cache"):
        given += [] if option in given else [option, str(tmp_path / option[2:])]
    assert said in refusal(capsys, ROOT, *given)
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_which_film_is_meant_must_be_clear(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert "'nosuch': unknown film; use --film with one of minute" in refusal(
        capsys, project.root, "video", "--film", "nosuch"
    )
    project.edit("narration/minute.toml", "default = true\n", "")
    second = project.script.read_text(encoding="utf-8").replace('"negative-temperature"', '"second"')
    project.script.with_name("second.toml").write_text(second, encoding="utf-8")
    said = refusal(capsys, project.root, "video")
    assert "it is not said which film is meant; name one with --film: minute, second; or write default = true" in said
    assert [requested(project.root, "video", "--film", name)[0].film.name for name in ("minute", "second")] == [
        "negative-temperature",
        "second",
    ]
    assert main(["films", "--out", str(project.out)], project.root) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]] == ["minute", "second"]
    for path in (project.script, project.script.with_name("second.toml")):
        path.unlink()
    for arguments in (["films"], ["video"]):
        assert "there is no film here; go to a film's folder, or make one" in refusal(capsys, project.root, *arguments)


def test_films_tells_what_is_built(built: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["films", "--out", str(built.out)], built.root) == 0
    (row,) = capsys.readouterr().out.splitlines()[1:]
    assert row.startswith("minute  Negative temperature: hotter than infinity  hook inversion dome ordering laser  en ")
    (film,) = films_in(built.out / "en")
    assert row.endswith(f"  en 54p15 {film.planned.duration_s:.1f} s")


@pytest.mark.parametrize(
    "program", [(sys.executable, "-m", "explainer"), (str(Path(sys.executable).with_name("explainer")),)]
)
def test_the_engine_by_itself_runs_in_the_films_folder(program: tuple[str, ...], project: Project) -> None:
    project.edit("narration/minute.toml", 'title = "Negative temperature', 'title = "Of its own')
    done = subprocess.run([*program, "films"], capture_output=True, text=True, check=False, cwd=project.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Of its own: hotter than infinity" in done.stdout


def test_render_knows_its_folder_wherever_it_is_called(tmp_path: Path) -> None:
    done = subprocess.run([*RENDER, "films"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Negative temperature: hotter than infinity" in done.stdout


def test_what_nobody_foresaw_is_one_line_with_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("explainer.film.build.films", fail)
    assert main(["video", "--cache", str(tmp_path)], ROOT) == FAILED_STATUS
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "test_command_line.py" in said[0]
    assert "ZeroDivisionError: oh" in said[0]
    with pytest.raises(ZeroDivisionError):
        main(["video", "--cache", str(tmp_path), "--traceback"], ROOT)


def test_what_is_not_good_enough_has_a_status_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise CheckFailedError("the scene drew 0 frames", "scenes.minute.dome:Dome", "mend the scene")

    monkeypatch.setattr("explainer.film.build.films", fail)
    assert main(["video", "--cache", str(tmp_path)], ROOT) == 1
    assert capsys.readouterr().err == "error: scenes.minute.dome:Dome: the scene drew 0 frames; mend the scene\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_build_ends_soon_in_one_line_and_leaves_no_half_file(number: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["video", "-ql", "--voice", "draft", "--out", str(out), "--cache", str(tmp_path / "cache")]
    process = subprocess.Popen([*RENDER, *arguments], stderr=subprocess.PIPE, text=True, cwd=ROOT)
    deadline_s = time.monotonic() + 30
    while not list((tmp_path / "cache").glob("*/*/clip.npy")) and time.monotonic() < deadline_s:
        time.sleep(0.05)
    time.sleep(1.0)
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == INTERRUPTED_STATUS
    assert said.splitlines()[-1] == "stopped; what was finished is kept, run again to go on"
    assert "Traceback" not in said
    assert not [path for path in out.rglob("*") if path.is_file()]
    assert not list((tmp_path / "cache" / "building").iterdir())


def test_the_account_says_what_was_made_and_what_reused() -> None:
    nothing = BuildReport({}, {"a": "draw dome", "b": "mix sound"})
    assert account_line(nothing, 0.84) == "nothing has changed: all 2 parts were made before (0.8 s)"
    some = BuildReport({"a": "draw dome", "b": "draw laser", "c": "mix sound"}, {"d": "speak x"})
    assert account_line(some, 3.0) == "made anew: draw dome, laser; mix sound. Reused: 1 of 4 parts (3.0 s)"


@pytest.mark.parametrize(("size", "text"), [(999, "999 B"), (2048, "2.0 KB"), (5 << 20, "5.0 MB")])
def test_sizes_are_readable(size: int, text: str) -> None:
    assert size_text(size) == text


def test_only_errors_fail_a_check(capsys: pytest.CaptureFixture[str]) -> None:
    warning = Finding("layout", "dome.top", "close", "warning")
    assert print_findings(("layout",), (warning,)) == 0
    assert print_findings(("layout", "film"), (warning, Finding("film", "a.mp4", "short"))) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == ["layout: ok", "film: 1 failed"]
