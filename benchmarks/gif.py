"""GIFs beside what other tools make of the same frames: size, and VMAF and SSIM against the drawn frames.

`python -m benchmarks.gif [--out FILE] [SEGMENT ...]`. A rival that is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from explainer.clips import gif
from explainer.clips.clip import PICTURES, Clip, clip_writer, load
from explainer.clips.formats import Settings
from explainer.errors import ExplainerError
from explainer.media.ffmpeg import run_ffmpeg
from explainer.words.script import load_script

SEGMENTS = {"dome": 20, "laser": 25}  # frames a second
START_S, LENGTH_S = 4.0, 6.0
WIDTH_PX, HEIGHT_PX = 960, 540
OUR_COLOURS = (24, 32, 48, 64, 128, 256)
VMAF_TOLERANCE, SSIM_TOLERANCE = 0.05, 2e-5  # two clips this near count as equally good
GIFSKI_PLACES = ("gifski", "tests/node_modules/gifski/bin/debian/gifski")


@dataclass(frozen=True)
class Score:
    """What a tool made of a segment."""

    segment_id: str
    tool: str
    size_bytes: int
    vmaf: float
    ssim: float


@dataclass(frozen=True)
class Verdict:
    """A rival's GIF, and the smallest of ours that is as good by VMAF and by SSIM."""

    segment_id: str
    rival: str
    rival_bytes: int
    our_bytes: int | None

    @property
    def met(self) -> bool:
        """Whether ours is no larger."""
        return self.our_bytes is not None and self.our_bytes <= self.rival_bytes


def main(arguments: Sequence[str]) -> int:
    """Measure, print a table, write JSON; exit status 1 when a rival is smaller at the same quality."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gif", description=__doc__)
    parser.add_argument("segments", nargs="*", metavar="SEGMENT", help=f"default: {' '.join(SEGMENTS)}")
    parser.add_argument("--out", type=Path, default=Path("out/bench-gif.json"), metavar="FILE", help="JSON")
    options = parser.parse_args(arguments)
    try:
        scores = [score for name in options.segments or SEGMENTS for score in measured(name)]
    except ExplainerError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.status
    verdicts = judged(scores)
    for score in scores:
        print(
            f"{score.segment_id:10} {score.tool:34} {score.size_bytes:>9,} bytes  {score.vmaf:6.2f}  {score.ssim:.5f}"
        )
    for verdict in verdicts:
        ours = "none as good" if verdict.our_bytes is None else f"{verdict.our_bytes:,} bytes"
        print(f"{verdict.segment_id}: {verdict.rival} {verdict.rival_bytes:,} bytes, ours as good: {ours}")
    found = {"scores": [asdict(s) for s in scores], "verdicts": [{**asdict(v), "met": v.met} for v in verdicts]}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return int(not all(verdict.met for verdict in verdicts))


def measured(segment_id: str) -> tuple[Score, ...]:
    """Return the scores of all tools for some seconds of a segment, drawn in English with the draft voice."""
    with tempfile.TemporaryDirectory(prefix="bench-gif-") as name:
        folder = Path(name)
        clip = _drawn(segment_id, folder)
        scores = []
        for tool, make in {**_ours(clip), **_theirs(clip, folder)}.items():
            target = folder / "made.gif"
            make(target)
            vmaf, ssim = compared(target, clip)
            scores.append(Score(segment_id, tool, target.stat().st_size, vmaf, ssim))
        return tuple(scores)


def judged(scores: Sequence[Score]) -> tuple[Verdict, ...]:
    """Return for each rival the smallest GIF of ours that is as good as its own."""
    verdicts = []
    for rival in (score for score in scores if not score.tool.startswith("ours")):
        as_good = [
            ours.size_bytes
            for ours in scores
            if ours.segment_id == rival.segment_id
            and ours.tool.startswith("ours")
            and ours.vmaf >= rival.vmaf - VMAF_TOLERANCE
            and ours.ssim >= rival.ssim - SSIM_TOLERANCE
        ]
        verdicts.append(Verdict(rival.segment_id, rival.tool, rival.size_bytes, min(as_good, default=None)))
    return tuple(verdicts)


def compared(made: Path, clip: Clip) -> tuple[float, float]:
    """Return mean VMAF and SSIM of a file against a clip whose every frame is one picture."""
    with tempfile.TemporaryDirectory(prefix="vmaf-") as name:
        report = Path(name) / "vmaf.json"
        graph = (
            f"[0:v]fps={clip.fps},format=yuv420p[made];[1:v]format=yuv420p[drawn];"
            f"[made][drawn]libvmaf=feature=name=float_ssim:n_threads=2:log_fmt=json:log_path={report.name}"
        )
        sources = ["-i", str(made.resolve()), "-i", str((clip.folder / PICTURES).resolve())]
        run_ffmpeg([*sources, "-lavfi", graph, "-f", "null", "-"], "VMAF", Path(name))
        pooled = json.loads(report.read_text(encoding="utf-8"))["pooled_metrics"]
    return float(pooled["vmaf"]["mean"]), float(pooled["float_ssim"]["mean"])


def _drawn(segment_id: str, folder: Path) -> Clip:
    from explainer.media.frames import stills
    from explainer.media.shot import Shot
    from explainer.stage.show import draft_show

    scenes = {segment.id: segment.scene for segment in load_script().segments}
    if segment_id not in scenes:
        raise ExplainerError("unknown segment", segment_id, f"use one of {', '.join(scenes)}")
    fps = SEGMENTS.get(segment_id, 20)
    show = draft_show(segment_id, fps)
    first = min(round(START_S * fps), show.frame_count // 2)
    stop = min(first + round(LENGTH_S * fps), show.frame_count)
    shot = Shot(scenes[segment_id], show, WIDTH_PX, HEIGHT_PX, first, stop)
    with clip_writer(folder, WIDTH_PX, HEIGHT_PX, fps, merge=False) as writer:
        for _, rgba in stills(shot, tuple(range(first, stop))):
            writer.write(rgba)
    return load(folder)


def _ours(clip: Clip) -> dict[str, Callable[[Path], None]]:
    def make(target: Path, colours: int) -> None:
        gif.write(clip, Settings("gif", colours), target)

    return {f"ours, {colours} colours": partial(make, colours=colours) for colours in OUR_COLOURS}


def _theirs(clip: Clip, folder: Path) -> Mapping[str, Callable[[Path], None]]:
    drawn = clip.folder / PICTURES

    def palettegen(target: Path, colours: int) -> None:
        table = folder / "palette.png"
        run_ffmpeg(
            ["-i", str(drawn), "-vf", f"palettegen=max_colors={colours}:reserve_transparent=0", str(table)], "palette"
        )
        graph = "paletteuse=dither=none:diff_mode=rectangle"
        run_ffmpeg(["-i", str(drawn), "-i", str(table), "-lavfi", graph, str(target)], "GIF")

    def gifsicle(target: Path, colours: int, lossy: int) -> None:
        palettegen(target, colours)
        options = ["-O3", *([f"--lossy={lossy}"] if lossy else [])]
        _run(["gifsicle", *options, "--batch", str(target)])

    def gifski(target: Path, tool: str, quality: int) -> None:
        pngs = []
        for number, (rgba, _) in enumerate(clip.pictures()):
            pngs.append(folder / f"{number:05d}.png")
            Image.fromarray(rgba[..., :3]).save(pngs[-1], compress_level=1)
        options = ["--fps", str(clip.fps), "--width", str(clip.width), "--quality", str(quality), "--quiet"]
        _run([tool, *options, "-o", str(target), *map(str, pngs)])

    rivals: dict[str, Callable[[Path], None]] = {}
    for colours in (256, 64):
        rivals[f"palettegen, {colours} colours"] = partial(palettegen, colours=colours)
        if shutil.which("gifsicle"):
            for lossy in (0, 30):
                rivals[f"palettegen {colours}, gifsicle lossy {lossy}"] = partial(
                    gifsicle, colours=colours, lossy=lossy
                )
    tool = next((found for place in GIFSKI_PLACES if (found := shutil.which(place))), None)
    if tool:
        for quality in (90, 70):
            rivals[f"gifski, quality {quality}"] = partial(gifski, tool=tool, quality=quality)
    return rivals


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExplainerError(f"it failed: {done.stderr.strip()[-200:]}", command[0], "mend or remove it")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
