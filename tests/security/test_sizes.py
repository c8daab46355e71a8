"""Absurd sizes are refused with a clear line, in little time and memory, whatever is absurd about them."""

from __future__ import annotations

import json
import resource
import struct
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from security_samples import ROOT

from explainer.cli import main as cli
from explainer.errors import ExplainerError
from explainer.film.finished import read_film
from explainer.film.sizes import size_px
from explainer.media.encode import PictureFormat
from explainer.media.ffmpeg import executable
from explainer.page.films import find_films
from explainer.timing.timeline import from_json
from explainer.voices import takes
from explainer.words import catalog
from explainer.words.languages import LANGUAGES
from explainer.words.markup import MarkedText
from explainer.words.script import load_script, parse_script

EN, DE = LANGUAGES["en"], LANGUAGES["de"]
LONGEST_S = 10.0
MOST_BYTES = 150_000_000
KIB = 1024
SCRIPT_BYTES = 512 * KIB

Refused = Callable[[Callable[[], object], str], None]


@pytest.fixture
def refused() -> Refused:
    """Sees that a call is refused in one clear line, within time and memory."""

    def check(use: Callable[[], object], said: str) -> None:
        tracemalloc.start()
        began_s = time.perf_counter()
        try:
            with pytest.raises((ExplainerError, ExplainerError, ExplainerError), match=said) as caught:
                use()
            took_s = time.perf_counter() - began_s
            peak_bytes = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 500
        assert took_s < LONGEST_S
        assert peak_bytes < MOST_BYTES

    return check


def cue(number: int, text: str = "x") -> str:
    return f'[[segment.cue]]\nid = "a.b{number}"\ntext = "{text}"\n'


HEAD = 'title = "x"\n[[segment]]\nid = "a"\nscene = "scenes.a:A"\ntitle = "x"\n'
SCRIPTS = {
    "a cue of 10 MB": (HEAD + cue(0, "word " * 2_000_000), "larger than 512 KiB"),
    "a million cues": (HEAD + "".join(map(cue, range(1_000_000))), "larger than 512 KiB"),
    "as many cues as the file may hold": (HEAD + "".join(map(cue, range(9_000))), r"9000 entries under cue"),
    "a long cue": (HEAD + cue(0, "word " * 100_000), "at most 600 are allowed"),
    "a key of many parts": ("a" + ".a" * (SCRIPT_BYTES // 2 - 10) + " = 1", "a key of more than 16 parts"),
    "a key of many quoted parts": ('"a"' + ' . "a"' * 80_000 + " = 1", "a key of more than 16 parts"),
    "a table of many parts": ("[" + "a." * (SCRIPT_BYTES // 2 - 10) + "a]", "a key of more than 16 parts"),
    "keys just short enough": (("a." * 14 + "b = 1\n") * 14_000, "broken TOML"),
    "lists in lists": ("a = " + "[" * 500_000, "nested too deeply"),
    "tables in tables": ("a = " + "{a = " * 100_000, "nested too deeply"),
    "a long number": ("a = " + "9" * 500_000, "broken TOML"),
    "a long word": ("a" * 500_000, "broken TOML"),
    "many dots": ("." * 500_000, "broken TOML"),
    "many quotes": ("'\"" * 250_000, "broken TOML"),
    "many segments": ("[[segment]]\n" * 43_000, "title is missing"),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts(name: str, tmp_path: Path, refused: Refused) -> None:
    text, said = SCRIPTS[name]
    path = tmp_path / "script.toml"
    path.write_text(text, encoding="utf-8")
    refused(lambda: load_script(path), said)


def test_a_cue_of_ten_megabytes_given_as_text(refused: Refused) -> None:
    refused(lambda: parse_script(HEAD + cue(0, "x" * 10_000_000)), "larger than 512 KiB")


def entry(number: int, text: str = "y") -> str:
    return f'msgctxt "a{number}"\nmsgid "x"\nmsgstr "{text}"\n\n'


CATALOGUES = {
    "a text of 10 MB": entry(0, "word " * 2_000_000),
    "a million entries": "".join(map(entry, range(1_000_000))),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_catalogues(name: str, tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "de.po").write_text(CATALOGUES[name], encoding="utf-8")
    refused(lambda: catalog.load(DE, tmp_path), "larger than 512 KiB")


LARGEST = catalog.LARGEST_FILE_BYTES
SLOW_CATALOGUES = {
    "entries": "".join(map(entry, range(LARGEST // 45))),
    "lines of one text": 'msgctxt "a"\nmsgid ""\n' + '"x"\n' * (LARGEST // 4 - 20) + 'msgstr "y"\n',
    "headers": 'msgid ""\nmsgstr ""\n' + '"A: b\\n"\n' * (LARGEST // 10),
    "backslashes": 'msgctxt "a"\nmsgid "' + "\\\\" * (LARGEST // 2 - 40) + '"\nmsgstr "y"\n',
    "comments": "#. x\n" * (LARGEST // 5 - 20) + entry(0),
    "spaces": " " * (LARGEST - 10),
    "an open quote": '"' + " " * (LARGEST - 10),
}


@pytest.mark.parametrize("name", SLOW_CATALOGUES)
def test_the_largest_catalogues_are_read_or_refused_in_bounded_time(name: str) -> None:
    text = SLOW_CATALOGUES[name]
    assert len(text) <= LARGEST
    began_s = time.perf_counter()
    try:
        catalog.parse(text, file="de.po")
    except ExplainerError as error:
        assert len(str(error)) < 500
    assert time.perf_counter() - began_s < LONGEST_S


MANIFESTS = {
    "deep": b"[" * 1_000_000,
    "large": b'{"facts": [' + b"0," * 3_000_000 + b"0]}",
    "a long number": b'{"facts": ' + b"9" * 1_000_000 + b"}",
    "no object": b"[]",
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_manifests(name: str, tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "film.mp4").write_bytes(b"")
    (tmp_path / "film.json").write_bytes(MANIFESTS[name])
    refused(lambda: read_film(tmp_path / "film.mp4"), "no readable manifest beside the film")


PAGE_SAYS = {
    "deep": r"RecursionError",
    "large": r"larger than 4 MiB",
    "a long number": r"ValueError",
    "no object": r"TypeError",
    "an endless picture": r"OverflowError",
}
ENDLESS = b'{"picture": {"width": 96, "height": 54, "fps": 1e999}, "language": "en", "plan": {}}'


@pytest.mark.parametrize("name", PAGE_SAYS)
def test_manifests_of_the_films_of_a_page(name: str, tmp_path: Path, refused: Refused) -> None:
    for suffix in ("mp4", "png"):
        (tmp_path / f"film.{suffix}").write_bytes(b"")
    (tmp_path / "film.json").write_bytes({**MANIFESTS, "an endless picture": ENDLESS}[name])
    said = rf"^film\.json: not a film's manifest \({PAGE_SAYS[name]}\); make it again: render\.py video$"
    refused(lambda: find_films([tmp_path], []), said)


def test_a_gigantic_manifest_of_a_film_of_a_page_is_not_read_whole(tmp_path: Path, refused: Refused) -> None:
    for suffix in ("mp4", "png"):
        (tmp_path / f"film.{suffix}").write_bytes(b"")
    with (tmp_path / "film.json").open("wb") as file:
        file.truncate(8 << 30)
    refused(lambda: find_films([tmp_path], []), "larger than 4 MiB")


def test_a_film_of_ten_hours(refused: Refused) -> None:
    frames = 10 * 3600 * 60
    plan = {
        "language_tag": "en",
        "fps": 60,
        "segments": [{"id": "a", "start_frame": 0, "stop_frame": frames, "cues": []}],
    }
    refused(lambda: from_json(json.dumps(plan)), "a film longer than 3600 s")


# Takes -------------------------------------------------------------------------------------------------------------

SPEAK = """
import json, sys, time
from pathlib import Path
from explainer.errors import ExplainerError
from explainer.words.languages import LANGUAGES
from explainer.words.markup import MarkedText
from explainer.voices import takes

began_s, said = time.perf_counter(), ""
try:
    takes.speak(MarkedText("x"), LANGUAGES["en"], cue_id="a.b", folder=Path(sys.argv[1]))
except ExplainerError as error:
    said = str(error)
# Not getrusage's figure: that begins with what the parent had at the fork.
peak_kb = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"said": said, "took_s": time.perf_counter() - began_s, "peak_kb": peak_kb}))
"""
MOST_MEMORY_KB = 400_000
ADDRESS_SPACE_BYTES = 4 << 30  # a test that fails takes down itself, not the machine


def said_of_take(folder: Path) -> str:
    """What is said of the take in a folder, by a process whose time and memory are looked at."""
    done = subprocess.run(
        [sys.executable, "-c", SPEAK, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES)),
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["took_s"] < LONGEST_S
    assert told["peak_kb"] < MOST_MEMORY_KB
    said: str = told["said"]
    return said


def coded(target: Path, *arguments: str, seconds: int = 1) -> bytes:
    source = ["-f", "lavfi", "-i", f"sine=frequency=300:sample_rate=8000:duration={seconds}"]
    subprocess.run([executable(), "-loglevel", "error", "-y", *source, *arguments, str(target)], check=True)
    return target.read_bytes()


def wav_head(rate_hz: int, size_bytes: int) -> bytes:
    form = struct.pack("<IHHIIHH", 16, 1, 1, rate_hz, rate_hz, 1, 8)
    return b"RIFF" + struct.pack("<I", 36 + size_bytes) + b"WAVEfmt " + form + b"data" + struct.pack("<I", size_bytes)


def test_a_take_of_ten_hours_in_a_large_file(tmp_path: Path) -> None:
    size_bytes = 10 * 3600 * 8000
    with (tmp_path / "a.b.wav").open("wb") as file:
        file.write(wav_head(8000, size_bytes))
        file.truncate(44 + size_bytes)
    assert "larger than 100 MB" in said_of_take(tmp_path)
    with pytest.raises(ExplainerError, match="larger than 100 MB"):
        takes.signature(EN, cue_id="a.b", folder=tmp_path)


def test_a_take_of_ten_hours_in_a_small_file(tmp_path: Path) -> None:
    second = coded(tmp_path / "second.mp3", "-b:a", "8k", "-id3v2_version", "0", "-write_xing", "0")
    (tmp_path / "a.b.mp3").write_bytes(second * 36_000)
    assert (tmp_path / "a.b.mp3").stat().st_size < takes.LARGEST_FILE_BYTES
    assert "longer than 60 s" in said_of_take(tmp_path)


@pytest.mark.parametrize("rate_hz", [0, 1, 100, 7999, 1_000_000])
def test_a_take_that_would_swell_when_it_is_resampled(rate_hz: int, tmp_path: Path) -> None:
    (tmp_path / "a.b.wav").write_bytes(wav_head(rate_hz, 65_536) + bytes(range(256)) * 256)
    assert said_of_take(tmp_path)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(3 * width + 1)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(100_000, 4_000), (2_000_000, 10)])
def test_the_cover_picture_of_a_take_is_never_decoded(width: int, height: int, tmp_path: Path) -> None:
    """A gigabyte of pixels in a few hundred kilobytes: the take is used, the picture is not looked at."""
    content = coded(tmp_path / "second.flac")
    picture = png(width, height)
    kind = b"image/png"
    block = struct.pack(">II", 3, len(kind)) + kind + struct.pack(">IIIII", 0, width, height, 24, 0)
    block += struct.pack(">I", len(picture)) + picture
    head, rest = content[:42], content[42:]
    head = head[:4] + bytes([head[4] & 0x7F]) + head[5:]
    (tmp_path / "a.b.flac").write_bytes(head + b"\x06" + struct.pack(">I", len(block))[1:] + block + rest)
    assert said_of_take(tmp_path) == ""


# Pictures ----------------------------------------------------------------------------------------------------------

SIZES = ("100000", "-100000", "0", "1", "999999999999")


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("command", [("gif", "dome"), ("still", "dome", "--at=dome.top")], ids=" ".join)
def test_pictures_of_absurd_sizes_are_refused_before_any_work(
    command: tuple[str, ...], width: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = [f"--out={tmp_path / 'out'}", f"--cache={tmp_path / 'cache'}"]
    began_s = time.perf_counter()
    assert cli.main([*command, f"--width={width}", *place]) == 2
    assert time.perf_counter() - began_s < LONGEST_S
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "pixels" in said[0]
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("width", [100_000, 10**12, -100_000, 0])
def test_sizes_of_clips_are_bounded(width: int) -> None:
    with pytest.raises(ExplainerError, match="pixels"):
        size_px(width, "16:9")


@pytest.mark.parametrize("size", [(100_000, 100_000), (100_000, 2), (2, 10**9)])
def test_sizes_of_pictures_are_bounded(size: tuple[int, int]) -> None:
    with pytest.raises(ExplainerError, match="no picture of"):
        PictureFormat(*size, 60)


def test_a_caption_of_one_long_word_is_bounded_in_time() -> None:
    from explainer.words.linebreaks import blocks, lines

    began_s = time.perf_counter()
    for text in ("x" * 600, "x " * 300, "温" * 600, "、" * 600, "अ" * 600, "e\u0301" * 300, "! " * 300):
        for row in LANGUAGES.values():
            blocks(text, row)
            lines(text, row)
    assert time.perf_counter() - began_s < 3 * LONGEST_S


def test_marks_and_placeholders_of_a_full_line_are_bounded_in_time() -> None:
    from explainer.words.markup import fill, parse

    began_s = time.perf_counter()
    text = "".join(f"<m{number}/>x" for number in range(70))
    assert isinstance(fill(parse(text, file="f", id="i"), {}), MarkedText)
    assert time.perf_counter() - began_s < 1.0
