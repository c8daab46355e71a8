"""How fast a cold build is, beside Manim's own command on the same scenes: `make bench`.

Every time is wall time in one run on one machine; the ratios are what can be compared with other machines.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

from narration.script import load_script
from pipeline.encode_settings import FAST, LOSSLESS, STOCK
from pipeline.errors import PipelineError
from pipeline.ffmpeg import run_ffmpeg
from pipeline.publish import beside
from pipeline.request import Request

ROOT = Path(__file__).resolve().parent.parent
ENCODERS = {"fast": FAST, "stock": STOCK, "lossless": LOSSLESS}
VMAF_EVERY_FRAMES = 4
BUILD_LIMIT = 0.65  # of the film's duration
SCENE_LIMIT = 1.3  # of the scene's own duration
LEAST_VMAF = 96.0


@dataclass(frozen=True)
class SceneTime:
    """One scene under `manim render -qh`."""

    scene: str
    took_s: float
    duration_s: float
    size_bytes: int

    @property
    def share(self) -> float:
        """Time over the scene's own duration."""
        return self.took_s / self.duration_s


@dataclass(frozen=True)
class BuildTime:
    """A cold build of the whole film, sound and captions included."""

    encoder: str
    took_s: float
    duration_s: float
    size_bytes: int

    @property
    def share(self) -> float:
        """Time over the film's duration."""
        return self.took_s / self.duration_s


@dataclass(frozen=True)
class Bench:
    """All that was measured."""

    scenes: tuple[SceneTime, ...]
    fast: BuildTime
    stock: BuildTime
    vmaf: float
    vmaf_by_segment: dict[str, float]

    @property
    def scenes_share(self) -> float:
        """Manim's time for all scenes over their duration."""
        return sum(scene.took_s for scene in self.scenes) / sum(scene.duration_s for scene in self.scenes)


def main(arguments: Sequence[str]) -> int:
    """Measure, print a table and write out/bench.json."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.bench", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder of bench.json (default out)")
    parser.add_argument("--build", choices=sorted(ENCODERS), help="only build the film, through these settings")
    parser.add_argument("--work", type=Path, help="folder for --build")
    options = parser.parse_args(arguments)
    try:
        if options.build:
            return _build(options.build, options.work)
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            result = measure(Path(name))
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.status
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "bench.json").write_text(json.dumps(summary(result), indent=1) + "\n", encoding="utf-8")
    _print(result)
    return 0


def measure(folder: Path) -> Bench:
    """Run everything, one after the other, in a folder that is empty at first."""
    scenes = tuple(_scene(segment.scene, folder) for segment in load_script().segments)
    builds = {name: _cold_build(name, folder / name) for name in ("fast", "stock", "lossless")}
    film = beside(Path("out/en") / Request().stem, ".mp4")
    scores = vmaf(folder / "fast" / film, folder / "lossless" / film, folder / "vmaf.json")
    content = json.loads((folder / "fast" / film.with_suffix(".json")).read_text(encoding="utf-8"))
    by_segment = {
        segment["id"]: mean(
            score for frame, score in scores.items() if segment["start_frame"] <= frame < segment["stop_frame"]
        )
        for segment in content["timeline"]["segments"]
    }
    return Bench(scenes, builds["fast"], builds["stock"], mean(scores.values()), by_segment)


def _scene(address: str, folder: Path) -> SceneTime:
    module, _, name = address.partition(":")
    media = folder / f"media-{name}"
    source = f"{module.replace('.', '/')}.py"
    command = [sys.executable, "-m", "manim", "render", "-qh", "--media_dir", str(media), source, name]
    took_s = _timed(command, f"manim render {source}")
    (film,) = (path for path in media.rglob(f"{name}.mp4") if "partial_movie_files" not in path.parts)
    return SceneTime(name, took_s, _duration_s(film), film.stat().st_size)


def _cold_build(encoder: str, folder: Path) -> BuildTime:
    command = [sys.executable, "-m", "pipeline.bench", "--build", encoder, "--work", str(folder)]
    took_s = _timed(command, f"cold build, {encoder}")
    film = beside(folder / "out" / "en" / Request().stem, ".mp4")
    return BuildTime(encoder, took_s, _duration_s(film), film.stat().st_size)


def _build(encoder: str, folder: Path) -> int:
    from pipeline.build import Site, film
    from pipeline.local import cores, local_executor
    from pipeline.plan import ground
    from pipeline.progress import Silent
    from pipeline.store import Store

    with local_executor(cores()) as executor:
        site = Site(ground(ROOT), Store(folder / "cache", print), executor, Silent())
        film(Request(encoder=ENCODERS[encoder]), folder / "out", site)
    return 0


def _timed(command: Sequence[str], what: str) -> float:
    print(f"{what} ...", file=sys.stderr)
    began_s = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    took_s = time.monotonic() - began_s
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise PipelineError(f"failed: {lines[-1]}", what, "run the command by itself to see more")
    return took_s


def _duration_s(film: Path) -> float:
    import av

    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        return float((stream.duration or 0) * (stream.time_base or 0))


def vmaf(film: Path, reference: Path, log: Path) -> dict[int, float]:
    """VMAF of a film against the same pictures without loss, by frame."""
    # The log goes by its bare name: a path would need escaping inside a filter.
    model = f"libvmaf=n_threads=2:n_subsample={VMAF_EVERY_FRAMES}:log_fmt=json:log_path={log.name}"
    inputs = ["-i", str(film.resolve()), "-i", str(reference.resolve())]
    run_ffmpeg([*inputs, "-lavfi", f"[0:v][1:v]{model}", "-f", "null", "-"], "VMAF", folder=log.parent)
    frames = json.loads(log.read_text(encoding="utf-8"))["frames"]
    return {frame["frameNum"]: frame["metrics"]["vmaf"] for frame in frames}


def summary(result: Bench) -> dict[str, object]:
    """The measurements and the ratios made of them, as plain data."""
    return {
        "stock_scenes": [{**asdict(scene), "over_duration": scene.share} for scene in result.scenes],
        "stock_serial_over_duration": result.scenes_share,
        "builds": [{**asdict(build), "over_duration": build.share} for build in (result.fast, result.stock)],
        "speed_up": result.scenes_share / result.fast.share,
        "speed_up_at_equal_encoder_settings": result.scenes_share / result.stock.share,
        "vmaf": result.vmaf,
        "vmaf_by_segment": result.vmaf_by_segment,
        "size_over_stock_settings": result.fast.size_bytes / result.stock.size_bytes,
        "limits": {"build": BUILD_LIMIT, "scene": SCENE_LIMIT, "vmaf": LEAST_VMAF},
    }


def _print(result: Bench) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("what", "time", "film", "time/film", "size"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    rows: list[tuple[str, SceneTime | BuildTime]] = [(f"manim -qh {scene.scene}", scene) for scene in result.scenes]
    rows += [("cold build", result.fast), ("cold build, Manim's encoder settings", result.stock)]
    for name, item in rows:
        size = f"{item.size_bytes / 1e6:.2f} MB"
        table.add_row(name, f"{item.took_s:.1f} s", f"{item.duration_s:.1f} s", f"{item.share:.2f}", size)
    console = Console(highlight=False)
    console.print(table)
    total = f"Manim's command, all scenes one after the other: {result.scenes_share:.2f} of their duration."
    ratios = (
        f"The cold build takes {result.fast.share / result.scenes_share:.2f} of that, "
        f"{result.stock.share / result.scenes_share:.2f} at equal encoder settings."
    )
    segments = ", ".join(f"{name} {score:.1f}" for name, score in result.vmaf_by_segment.items())
    growth = result.fast.size_bytes / result.stock.size_bytes
    quality = f"VMAF {result.vmaf:.1f} ({segments}), size {growth:.2f} of that at Manim's encoder settings."
    console.print(f"{total}\n{ratios}\n{quality}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
