"""The command line says what it can do, quickly, and ends badly in one line."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from film_project import ROOT

from explainer.checks.finding import Finding
from explainer.cli import main as cli
from explainer.cli.report import account_line, print_findings, size_text
from explainer.film.build import BuildReport
from explainer.film.request import QUALITIES
from explainer.words.languages import LANGUAGES, PSEUDO_TAG

COMMANDS = ("video", "captions", "gif", "storyboard", "check", "figures")
RENDER = [sys.executable, str(ROOT / "render.py")]


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*RENDER, *arguments], capture_output=True, text=True, check=False, cwd=ROOT)


def test_help_is_quick_and_names_every_command() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = call("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Processor time: what it takes, however busy the machine is.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3
    assert done.returncode == 0
    assert all(name in done.stdout for name in COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    heavy = ("manim", "numpy", "scipy", "av", "rich", "narration", "physics", "PIL")
    script = (
        "import sys; from explainer.cli.main import main\ntry: main(['video', '--help'])\nexcept SystemExit: pass\n"
    )
    script += f"print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert "--out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("letter", "size"),
    [("l", (854, 480, 15)), ("m", (1280, 720, 30)), ("h", (1920, 1080, 60)), ("k", (3840, 2160, 60))],
)
def test_qualities_are_manims(letter: str, size: tuple[int, int, int]) -> None:
    quality = QUALITIES[letter]
    assert (quality.width, quality.height, quality.fps) == size
    options = cli._parser().parse_args(["video", f"-q{letter}", "-p", "--segment", "dome", "--segment", "laser"])
    (request,) = cli._requests(options)
    assert request.quality == quality
    assert request.segments == ("dome", "laser")
    assert options.preview


@pytest.mark.parametrize(
    ("given", "tags"),
    [("en", ["en"]), ("de,ja,de", ["de", "ja"]), ("all", [tag for tag in LANGUAGES if tag != PSEUDO_TAG])],
)
def test_languages_may_be_one_several_or_all(given: str, tags: list[str]) -> None:
    options = cli._parser().parse_args(["captions", "--lang", given])
    assert [request.language_tag for request in cli._requests(options)] == tags


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("video", "--segment", "nosuch"), "nosuch: unknown segment; use one of"),
        (("video", "--lang", "xx"), "unknown language"),
        (("video", "--voice", "nosuch"), "unknown voice"),
        (("gif", "dome", "--fps", "12"), "use one of 10, 20, 25, 50"),
        (("gif", "nosuch"), "unknown segment"),
        (("storyboard", "--segment", "nosuch"), "unknown segment"),
        (("video", "--out", "/dev/null/out"), "cannot write here"),
        (("video", "--cache", "/dev/null/cache"), "cannot write here"),
        (("video", "--takes", "/nosuch"), "takes"),
        (("video", "--piper-voice", "/nosuch"), "piper"),
    ],
)
def test_bad_input_is_one_line_and_a_status(
    arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [*arguments]
    for option in ("--out", "--cache"):
        given += [] if option in given else [option, str(tmp_path / option[2:])]
    assert cli.main(given) == 2
    shown = capsys.readouterr()
    lines = [line for line in shown.err.splitlines() if not line.startswith("warning: ")]
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    assert said in lines[0].lower() or said in lines[0]
    assert not list((tmp_path / "out").rglob("*.mp4"))


def test_what_nobody_foresaw_is_one_line_with_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import explainer.film.build

    def fail(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(explainer.film.build, "films", fail)
    assert cli.main(["video", "--cache", str(tmp_path)]) == cli.FAILED_STATUS
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "test_command_line.py" in said[0]
    assert "ZeroDivisionError: oh" in said[0]
    with pytest.raises(ZeroDivisionError):
        cli.main(["video", "--cache", str(tmp_path), "--traceback"])


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
    assert process.returncode == cli.INTERRUPTED_STATUS
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
