"""What others send in absurd sizes is refused with a clear line, in little time and memory, whatever is absurd."""

from __future__ import annotations

import json
import resource
import struct
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from security_samples import ENGLISH, GERMAN, LANGUAGES, ROOT

from explainer.cli.main import main
from explainer.errors import ExplainerError
from explainer.film.manifest import films_in, read_film
from explainer.film.request import size_px
from explainer.media.encode import PictureFormat
from explainer.media.ffmpeg import executable
from explainer.page.build import light_poster
from explainer.timing.timeline import from_json
from explainer.voices import takes
from explainer.voices.utterance import Utterance
from explainer.words import catalog, po
from explainer.words.linebreaks import blocks, lines
from explainer.words.markup import LONGEST_LINE, fill, parse

LONGEST_S = 10.0
MOST_BYTES = 150_000_000


def refused(use: Callable[[], object], said: str) -> None:
    """See that a call is refused in one clear line, within time and memory."""
    tracemalloc.start()
    began_s = time.perf_counter()
    try:
        with pytest.raises(ExplainerError, match=said) as caught:
            use()
        took_s = time.perf_counter() - began_s
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500
    assert took_s < LONGEST_S
    assert peak_bytes < MOST_BYTES


# Catalogues --------------------------------------------------------------------------------------------------------

LARGEST = po.LARGEST_FILE_BYTES


def entry(number: int, text: str = "y") -> str:
    return f'msgctxt "a{number}"\nmsgid "x"\nmsgstr "{text}"\n\n'


def test_a_catalogue_larger_than_any_script_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "de.po").open("wb") as file:
        file.write(entry(0).encode())
        file.truncate(8 << 30)
    refused(lambda: catalog.load(GERMAN, tmp_path), "larger than 512 KiB")


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


# Manifests ---------------------------------------------------------------------------------------------------------

ENDLESS = b'{"film": "f", "facts": [], "picture": {"width": 96, "height": 54, "fps": 1e999}, "language": "en", "plan": '
PLAN = b'{"language_tag": "en", "fps": 60, "segments": []}}'
MANIFESTS = {
    "deep": (b"[" * 1_000_000, "RecursionError"),
    "large": (b'{"facts": [' + b"0," * 3_000_000 + b"0]}", "larger than 4 MiB"),
    "a long number": (b'{"facts": ' + b"9" * 1_000_000 + b"}", "ValueError"),
    "no object": (b"[]", "not a table"),
    "an endless picture": (ENDLESS + PLAN, "ValueError"),
    "a giant picture": (ENDLESS.replace(b"96", b"9" * 30).replace(b"1e999", b"15") + PLAN, "ValueError"),
}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film file and its poster, without a manifest."""
    for suffix in ("mp4", "png"):
        (tmp_path / f"film.{suffix}").touch()
    return tmp_path / "film.mp4"


@pytest.mark.parametrize("name", MANIFESTS)
def test_manifests(name: str, film: Path) -> None:
    content, why = MANIFESTS[name]
    film.with_suffix(".json").write_bytes(content)
    said = rf"film\.json: no readable manifest beside the film \({why}\); make the film again"
    refused(lambda: read_film(film), said)
    refused(lambda: films_in(film.parent), said)


def test_a_gigantic_manifest_is_not_read_whole(film: Path) -> None:
    with film.with_suffix(".json").open("wb") as file:
        file.truncate(8 << 30)
    refused(lambda: films_in(film.parent), "larger than 4 MiB")


def test_a_film_of_ten_hours() -> None:
    frames = 10 * 3600 * 60
    segments = [{"id": "a", "start_frame": 0, "stop_frame": frames, "cues": []}]
    plan = {"language_tag": "en", "fps": 60, "segments": segments}
    refused(lambda: from_json(json.dumps(plan)), "a film longer than 3600 s")


# Takes -------------------------------------------------------------------------------------------------------------

SPEAK = """
import json, sys, time
from pathlib import Path
from explainer.errors import ExplainerError
from explainer.voices import takes
from explainer.voices.utterance import Utterance
from explainer.words.languages import languages_of

told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    began_s, said = time.perf_counter(), ""
    try:
        takes.speak(Utterance("x", (), languages_of()["en"], cue_id=path.stem, folder=path.parent))
    except ExplainerError as error:
        said = str(error)
    told[path.name] = (said, time.perf_counter() - began_s)
# Not getrusage's figure: that begins with what the parent had at the fork.
peak_kb = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([told, peak_kb]))
"""
MOST_MEMORY_KB = 250_000
ADDRESS_SPACE_BYTES = 4 << 30  # a test that fails takes down itself, not the machine


def coded(target: Path, *arguments: str) -> bytes:
    source = ["-f", "lavfi", "-i", "sine=frequency=300:sample_rate=8000:duration=1"]
    subprocess.run([executable(), "-loglevel", "error", "-y", *source, *arguments, str(target)], check=True)
    return target.read_bytes()


def wav_head(rate_hz: int, size_bytes: int) -> bytes:
    form = struct.pack("<IHHIIHH", 16, 1, 1, rate_hz, rate_hz, 1, 8)
    return b"RIFF" + struct.pack("<I", 36 + size_bytes) + b"WAVEfmt " + form + b"data" + struct.pack("<I", size_bytes)


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A black picture, of which only so many rows are there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    row = bytes(3 * width + 1)
    pixels = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def flac_with_cover(flac: bytes, width: int, height: int) -> bytes:
    picture, kind = png(width, height), b"image/png"
    block = struct.pack(">II", 3, len(kind)) + kind + struct.pack(">IIIII", 0, width, height, 24, 0)
    block += struct.pack(">I", len(picture)) + picture
    head = flac[:4] + bytes([flac[4] & 0x7F]) + flac[5:42]
    return head + b"\x06" + struct.pack(">I", len(block))[1:] + block + flac[42:]


@pytest.fixture(scope="module")
def said_of_takes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What is said of absurd takes, by a process whose time and memory are looked at."""
    folder, scratch = tmp_path_factory.mktemp("takes"), tmp_path_factory.mktemp("scratch")
    size_bytes = 10 * 3600 * 8000
    with (folder / "a.large.wav").open("wb") as file:
        file.write(wav_head(8000, size_bytes))
        file.truncate(44 + size_bytes)
    second = coded(scratch / "second.mp3", "-b:a", "8k", "-id3v2_version", "0", "-write_xing", "0")
    (folder / "a.long.mp3").write_bytes(second * 36_000)
    for rate_hz in (0, 1, 100, 7999, 1_000_000):
        (folder / f"a.rate{rate_hz}.wav").write_bytes(wav_head(rate_hz, 65_536) + bytes(range(256)) * 256)
    # Much in a megabyte, and not so much that ffmpeg refuses it anyway.
    (folder / "a.cover.flac").write_bytes(flac_with_cover(coded(scratch / "second.flac"), 100_000, 1_000))
    done = subprocess.run(
        [sys.executable, "-c", SPEAK, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES)),
    )
    told, peak_kb = json.loads(done.stdout.splitlines()[-1])
    assert peak_kb < MOST_MEMORY_KB
    assert max(took_s for _, took_s in told.values()) < LONGEST_S
    assert told.keys() == {path.name for path in folder.iterdir()}
    return {name: said for name, (said, _) in told.items()}


def test_a_take_of_ten_hours_is_refused_in_a_large_file_and_in_a_small_one(said_of_takes: Mapping[str, str]) -> None:
    assert "larger than 100 MB" in said_of_takes["a.large.wav"]
    assert "longer than 60 s" in said_of_takes["a.long.mp3"]


def test_the_signature_of_a_large_take_is_not_taken(tmp_path: Path) -> None:
    with (tmp_path / "a.b.wav").open("wb") as file:
        file.truncate(takes.LARGEST_FILE_BYTES + 1)
    with pytest.raises(ExplainerError, match="larger than 100 MB"):
        takes.signature(Utterance("x", (), ENGLISH, cue_id="a.b", folder=tmp_path))


def test_a_take_that_would_swell_when_it_is_resampled_is_refused(said_of_takes: Mapping[str, str]) -> None:
    said = {name: bool(line) for name, line in said_of_takes.items() if name.startswith("a.rate")}
    assert said == dict.fromkeys(said, True)
    assert len(said) == 5


def test_the_cover_picture_of_a_take_is_never_decoded(said_of_takes: Mapping[str, str]) -> None:
    assert said_of_takes["a.cover.flac"] == ""


# Pictures ----------------------------------------------------------------------------------------------------------

WIDTHS = (-100_000, 0, 1, 100_000, 10**12)


@pytest.mark.parametrize("command", [("gif", "dome"), ("still", "dome", "--at=dome.top")], ids=" ".join)
def test_pictures_of_absurd_sizes_are_refused_before_any_work(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = [f"--out={tmp_path / 'out'}", f"--cache={tmp_path / 'cache'}"]
    for width in WIDTHS:
        began_s = time.perf_counter()
        assert main([*command, f"--width={width}", *place], ROOT) == 2
        assert time.perf_counter() - began_s < LONGEST_S
        (said,) = capsys.readouterr().err.splitlines()
        assert "pixels" in said
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_sizes_of_clips_are_bounded(aspect: str) -> None:
    for width in WIDTHS:
        with pytest.raises(ExplainerError, match="pixels"):
            size_px(width, aspect)


@pytest.mark.parametrize("size", [(100_000, 100_000), (100_000, 2), (2, 10**9), (0, 2), (-2, 2)])
def test_sizes_of_pictures_are_bounded(size: tuple[int, int]) -> None:
    with pytest.raises(ExplainerError, match="no picture of"):
        PictureFormat(*size, 60)


def test_a_poster_of_an_absurd_size_is_refused(tmp_path: Path) -> None:
    (tmp_path / "film.png").write_bytes(png(100_000, 2_000, rows=1))
    refused(lambda: light_poster(tmp_path / "film.png"), r"^film\.png: not a picture .* exceeds limit")


# Lines -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "piece"),
    [("en", "x"), ("en", "x "), ("hi", "अ"), ("en", "e\u0301"), ("zh-Hans", "温"), ("zh-Hans", "、"), ("ja", "温")],
)
def test_captions_of_the_longest_lines_are_broken_in_bounded_time(tag: str, piece: str) -> None:
    began_s = time.perf_counter()
    text = (piece * LONGEST_LINE)[:LONGEST_LINE]
    blocks(text, LANGUAGES[tag])
    lines(text, LANGUAGES[tag])
    assert time.perf_counter() - began_s < LONGEST_S


def test_marks_of_a_full_line_are_taken_out_in_bounded_time() -> None:
    began_s = time.perf_counter()
    text = "".join(f"<m{number}/>x" for number in range(LONGEST_LINE // 8))
    assert fill(parse(text, file="f", id="i"), {}).text == "x" * (LONGEST_LINE // 8)
    assert time.perf_counter() - began_s < 1.0
