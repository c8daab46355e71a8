"""Encoder settings compared: time, size and likeness to the pictures as drawn."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.report import ROOT, Row, Table
from explainer.film.build import build_context, films
from explainer.film.request import DEFAULT_QUALITY, Request
from explainer.media.encode_settings import FAST, H264, LOSSLESS, STOCK
from explainer.media.ffmpeg import run_ffmpeg
from explainer.tasks.local import cores, local_executor
from explainer.tasks.progress import Silent
from explainer.tasks.session import Session
from explainer.tasks.store import Store
from explainer.words.film import open_film

SCORED_EVERY_FRAMES = 4


def _changed(settings: H264, **options: str | int) -> H264:
    known = dict(part.split("=", 1) for part in settings.x264.split(":"))
    return replace(settings, x264=":".join(f"{k}={v}" for k, v in (known | options).items()))


CANDIDATES: Mapping[str, H264] = {
    "the film's": FAST,
    "deblocked": _changed(FAST, **{"no-deblock": 0}),
    "deblocked, sub-pixel search, crf 26": replace(_changed(FAST, **{"no-deblock": 0}, subme=2, bframes=2), crf=26),
    "sub-pixel search": _changed(FAST, subme=2),
    "adaptive quantization": _changed(FAST, **{"aq-mode": 1}),
    "veryfast": replace(FAST, preset="veryfast"),
    "ultrafast, crf 24": H264("ultrafast", 24),
    "Manim's": STOCK,
}


def likeness(made: Path, drawn: Path, fps: int, every: int = 1) -> tuple[dict[int, float], float]:
    """VMAF (0 to 100) by frame and mean SSIM (0 to 1) of pictures, held against those without loss.

    Args:
        made: what is judged.
        drawn: the same frames without loss.
        fps: their rate.
        every: one of so many frames is compared.
    """
    with tempfile.TemporaryDirectory(prefix="vmaf-") as folder:
        # The log goes by its bare name: a path would need escaping inside a filter.
        log = Path(folder) / "vmaf.json"
        model = f"libvmaf=feature=name=float_ssim:n_threads=2:n_subsample={every}:log_fmt=json:log_path={log.name}"
        chain = f"[0:v]fps={fps},format=yuv420p[made];[1:v]format=yuv420p[drawn];[made][drawn]{model}"
        sources = ["-i", str(made.resolve()), "-i", str(drawn.resolve())]
        run_ffmpeg([*sources, "-lavfi", chain, "-f", "null", "-"], "VMAF", log.parent)
        frames = json.loads(log.read_text(encoding="utf-8"))["frames"]
    vmaf = {frame["frameNum"]: frame["metrics"]["vmaf"] for frame in frames}
    return vmaf, mean(frame["metrics"]["float_ssim"] for frame in frames)


def build(encoder: H264, folder: Path) -> Path:
    """Build the film through encoder settings in a folder that holds its store too; returns its path."""
    film = open_film(ROOT)
    with local_executor(cores()) as executor:
        session = Session(build_context(film), Store(folder / "cache", print), executor, Silent())
        (made, *_), _ = films((Request(film, film.source.tag, encoder=encoder),), folder / "out", session)
    return made.path


def lossless(folder: Path) -> Path:
    """The film without loss, which others are compared with; a second call finds it made."""
    return build(LOSSLESS, folder / "lossless")


def encoders(folder: Path) -> tuple[Table, ...]:
    """Code the pictures of the film through all candidates, into a folder, and score each."""
    drawn = lossless(folder)
    print(f"{len(CANDIDATES)} encoder settings ...", file=sys.stderr)
    paths = {name: folder / f"{number}.mp4" for number, name in enumerate(CANDIDATES)}
    frame_s = _code(drawn, paths)
    rows = []
    for name, path in paths.items():
        settings = CANDIDATES[name]
        vmaf, ssim = likeness(path, drawn, DEFAULT_QUALITY.fps, SCORED_EVERY_FRAMES)
        rows.append(
            {
                "settings": name,
                "ms a frame, one core": round(1e3 * frame_s[name], 1),
                "MB": round(path.stat().st_size / 1e6, 2),
                "VMAF": round(mean(vmaf.values()), 1),
                "SSIM": round(ssim, 5),
                "x264": f"{settings.preset}, crf {settings.crf:g} {settings.x264}",
            }
        )
    return (Table("Encoder settings", rows, lambda axes: _draw(rows, axes)),)


def _code(drawn: Path, paths: Mapping[str, Path]) -> dict[str, float]:
    """Seconds a frame of each candidate.

    All code the same frames in turn, in one thread, so that what else the machine does falls on all alike.
    """
    import av
    from av.video.frame import PictureType

    from explainer.media.encode import PictureFormat, video_stream

    quality = DEFAULT_QUALITY
    taken_s = dict.fromkeys(paths, 0.0)
    with ExitStack() as stack:
        source = stack.enter_context(av.open(str(drawn)))
        sinks = {}
        for name, path in paths.items():
            container = stack.enter_context(av.open(str(path), "w", format="mp4"))
            picture = PictureFormat(quality.width, quality.height, quality.fps, CANDIDATES[name])
            sinks[name] = (container, video_stream(container, picture))
        for number, frame in enumerate(source.decode(video=0)):
            frame.pts, frame.time_base = number, Fraction(1, quality.fps)
            frame.pict_type = PictureType.NONE
            for name, (container, stream) in sinks.items():
                began_s = time.thread_time()
                packets = stream.encode(frame)
                taken_s[name] += time.thread_time() - began_s
                container.mux(packets)
        for container, stream in sinks.values():
            container.mux(stream.encode(None))
    return {name: total_s / (number + 1) for name, total_s in taken_s.items()}


def _draw(rows: Sequence[Row], axes: Any) -> None:
    for row in rows:
        axes.plot(row["ms a frame, one core"], row["MB"], "o", label=f"{row['settings']}: {row['VMAF']}")
    axes.legend(title="encoder settings: VMAF", fontsize=8, title_fontsize=8)
    axes.set(xlabel="ms a frame on one core", ylabel="MB", xlim=(0, None), ylim=(0, None))
