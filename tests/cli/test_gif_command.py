"""What is typed becomes what is made; what cannot be becomes one line."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest
from export_bench import ROOT, Bench

from explainer.cli import exports as commands
from explainer.errors import ExplainerError


def parsed(bench: Bench, command: str, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    getattr(commands, f"add_{command}")(parser)
    return argparse.Namespace(**vars(parser.parse_args(words)), out=bench.out, quality="l")


def test_gifs_of_all_segments_have_their_posters(bench: Bench) -> None:
    options = parsed(bench, "gif", "all", "--width", "64", "--fps", "10")
    made, _, notes = commands.make_gif(options, (bench.request(),), bench.session())
    assert len(made) == 10 and notes == ()
    assert {path.suffix for path in bench.out.joinpath("en").iterdir()} == {".gif", ".png"}


def test_every_option_reaches_the_excerpt(bench: Bench) -> None:
    words = (
        "dome --from dome.top --to dome.beyond --format gif --width 64 --fps 25 --colours 8 --dither --max-bytes 2KB"
    )
    options = parsed(bench, "gif", *words.split(), "--seamless", "--transparent")
    (excerpt,) = commands.excerpts(options, bench.request())
    assert (excerpt.segment_id, excerpt.start, excerpt.stop) == ("dome", "dome.top", "dome.beyond")
    assert (excerpt.format, excerpt.width, excerpt.fps, excerpt.colours) == ("gif", 64, 25, 8)
    assert excerpt.dither and excerpt.seamless and excerpt.transparent and excerpt.max_bytes == 2000


def test_a_still_and_slides_take_theme_and_shape(bench: Bench) -> None:
    options = parsed(
        bench, "still", "dome", "--at", "dome.top", "--theme", "light", "--aspect", "9:16", "--width", "90"
    )
    made, _ = commands.make_still(options, (bench.request(),), bench.session())
    assert made[0].path.name == "negative-temperature-dome-at-top-light-9x16.en.png"
    options = parsed(bench, "slides", "--to", "pptx", "--aspect", "1:1")
    assert commands.looked((bench.request(),), options, "l")[0].quality.width == 480


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dome", "laser", "--from", "dome.top"), "a stretch lies in one segment; name one segment"),
        (("dome", "--max-bytes", "much"), "--max-bytes: 'much' is not a size; write for instance 4MB"),
        (("dome", "--theme", "sepia"), "--theme: no theme 'sepia'; use one of dark, light"),
        (("dome", "--aspect", "4:3"), "--aspect: no shape '4:3'; use one of 16:9, 9:16, 1:1"),
    ],
)
def test_bad_input_is_refused(bench: Bench, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(ExplainerError, match=said):
        commands.make_gif(parsed(bench, "gif", *words), (bench.request(),), bench.session())


def test_reading_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, explainer.cli.exports; print([n for n in ('manim', 'av', 'PIL', 'pptx', 'cairo') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
