"""GIFs beside what other tools make of the same frames: size, and VMAF and SSIM against the drawn frames.

`python -m benchmarks.gif [--out FILE] [SEGMENT ...]`. A rival that is not installed is left out.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

from benchmarks.pictures import likeness
from benchmarks.report import ROOT, Row, Table, as_json, entry, print_tables
from explainer.clips import gif
from explainer.clips.clip import PICTURES, Clip, clip_writer, load
from explainer.clips.formats import FORMATS, Settings
from explainer.errors import ExplainerError
from explainer.media.ffmpeg import executable
from explainer.media.shot import Shot
from explainer.stage.draft import show_of_segment
from explainer.words.film import Film, open_film

START_S, LENGTH_S, FPS = 4.0, 6.0, 20
WIDTH_PX, HEIGHT_PX = 960, 540
VMAF_TOLERANCE, SSIM_TOLERANCE = 0.05, 2e-5  # two clips this near count as equally good
OURS, MADE = "ours", "made.gif"
GIFSKI_OF_TESTS = "tests/node_modules/gifski/bin/debian/gifski"


def measured(film: Film, segment_id: str) -> Iterator[Row]:
    """What each tool makes of some seconds of a segment, drawn in the film's language with the draft voice."""
    with tempfile.TemporaryDirectory(prefix="bench-gif-") as folder:
        clip = _drawn(film, segment_id, Path(folder))
        for tool in _made(clip):
            path = clip.folder / MADE
            vmaf, ssim = likeness(path, clip.folder / PICTURES, FPS)
            told = {"segment": segment_id, "tool": tool, "bytes": path.stat().st_size}
            yield {**told, "VMAF": round(mean(vmaf.values()), 2), "SSIM": round(ssim, 6)}


def judged(rows: Sequence[Row]) -> list[Row]:
    """For each rival the smallest of our GIFs that is as good as its own by VMAF and SSIM; met if it is no larger."""
    verdicts: list[Row] = []
    for rival in (row for row in rows if not row["tool"].startswith(OURS)):
        as_good = [
            row["bytes"]
            for row in rows
            if row["tool"].startswith(OURS)
            and row["segment"] == rival["segment"]
            and row["VMAF"] >= rival["VMAF"] - VMAF_TOLERANCE
            and row["SSIM"] >= rival["SSIM"] - SSIM_TOLERANCE
        ]
        ours = min(as_good, default=None)
        met = ours is not None and ours <= rival["bytes"]
        told = {"segment": rival["segment"], "rival": rival["tool"], "bytes": rival["bytes"]}
        verdicts.append({**told, "ours as good": ours or "none", "met": "yes" if met else "no"})
    return verdicts


def _drawn(film: Film, segment_id: str, folder: Path) -> Clip:
    from explainer.media.frames import stills

    show = show_of_segment(film, segment_id, FPS)
    (scene,) = (segment.scene for segment in film.script.segments if segment.id == segment_id)
    start = min(round(START_S * FPS), show.frame_count // 2)
    stop = min(start + round(LENGTH_S * FPS), show.frame_count)
    with clip_writer(folder, WIDTH_PX, HEIGHT_PX, FPS, merge=False) as writer:
        for _, rgba in stills(Shot(scene, show, WIDTH_PX, HEIGHT_PX, start, stop), tuple(range(start, stop))):
            writer.write(rgba)
    return load(folder)


def _made(clip: Clip) -> Iterator[str]:
    """Make a GIF of a clip in its folder, with as many colours as ours may have and by each rival; yield who did."""
    for colours in FORMATS["gif"].levels:
        gif.write(clip, Settings("gif", colours), clip.folder / MADE)
        yield f"{OURS}, {colours} colours"
    for rival, commands in rivals(clip).items():
        for command in commands:
            done = subprocess.run(command, cwd=clip.folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise ExplainerError(f"it failed: {done.stderr.strip()[-200:]}", rival, "mend or remove it")
        yield rival


def rivals(clip: Clip) -> dict[str, list[list[str]]]:
    """The commands of each, given one after the other in the folder of a clip."""
    read = [executable(), "-y", "-loglevel", "error", "-i", PICTURES]
    found = {}
    for colours in (256, 64):
        palette = f"palettegen=max_colors={colours}:reserve_transparent=0"
        chain = f"split[a][b];[a]{palette}[table];[b][table]paletteuse=dither=none:diff_mode=rectangle"
        palettegen = [*read, "-lavfi", chain, MADE]
        found[f"palettegen, {colours} colours"] = [palettegen]
        if shutil.which("gifsicle"):
            for lossy in (0, 30):
                squeeze = ["gifsicle", "-O3", f"--lossy={lossy}", "--batch", MADE]
                found[f"palettegen {colours}, gifsicle lossy {lossy}"] = [palettegen, squeeze]
    if tool := shutil.which("gifski") or shutil.which(ROOT / GIFSKI_OF_TESTS):
        drawn = [f"{number:05d}.png" for number in range(1, clip.frames + 1)]
        for quality in (90, 70):
            look = f"--quiet --fps {clip.fps} --width {clip.width} --quality {quality}".split()
            found[f"gifski, quality {quality}"] = [[*read, "%05d.png"], [tool, *look, "-o", MADE, *drawn]]
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure, print tables, write JSON; exit status 1 when a rival is smaller at the same quality."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gif", description=__doc__)
    parser.add_argument("segments", nargs="*", metavar="SEGMENT", help="default: all")
    parser.add_argument("--out", type=Path, default=Path("out/bench-gif.json"), metavar="FILE", help="JSON")
    options = parser.parse_args(arguments)
    film = open_film(ROOT)
    segment_ids = options.segments or [segment.id for segment in film.script.segments]
    rows = [row for segment_id in segment_ids for row in measured(film, segment_id)]
    verdicts = judged(rows)
    tables = Table("GIFs", rows), Table("Rivals, and ours as good", verdicts)
    print_tables(tables)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(as_json(tables), encoding="utf-8")
    return int(any(verdict["met"] == "no" for verdict in verdicts))


if __name__ == "__main__":
    entry(main)
