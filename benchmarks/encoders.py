"""Encoder settings compared: time, size and likeness to the pictures as drawn.

All settings code the same frames in turn, in one thread, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from statistics import mean

import av
from av.video.frame import PictureType

from explainer.media.encode import TICKS_A_FRAME, PictureFormat, video_stream
from explainer.media.encode_settings import FAST, H264, STOCK
from explainer.media.ffmpeg import run_ffmpeg

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
    "superfast": replace(FAST, preset="superfast"),
    "ultrafast, crf 24": H264("ultrafast", 24),
    "Manim's": STOCK,
}


@dataclass(frozen=True)
class Score:
    """Likeness to the same pictures without loss, by frame: VMAF (0 to 100) and SSIM (0 to 1)."""

    vmaf: Mapping[int, float]
    ssim: Mapping[int, float]


@dataclass(frozen=True)
class Coded:
    """The film's pictures through encoder settings: time of one core a frame, size, mean likeness."""

    name: str
    settings: H264
    frame_ms: float
    size_bytes: int
    vmaf: float
    ssim: float


def compare(reference: Path, folder: Path) -> tuple[Coded, ...]:
    """Code the pictures of a lossless film through all candidates, into a folder, and score each."""
    print(f"{len(CANDIDATES)} encoder settings ...", file=sys.stderr)
    taken_s = _code(reference, {name: folder / f"{number}.mp4" for number, name in enumerate(CANDIDATES)})
    coded = []
    for number, (name, settings) in enumerate(CANDIDATES.items()):
        path = folder / f"{number}.mp4"
        likeness = score(path, reference, folder / "score.json")
        per_frame_s = taken_s[name]
        coded.append(
            Coded(
                name,
                settings,
                1e3 * per_frame_s,
                path.stat().st_size,
                mean(likeness.vmaf.values()),
                mean(likeness.ssim.values()),
            )
        )
    return tuple(coded)


def _code(reference: Path, paths: Mapping[str, Path]) -> dict[str, float]:
    """Seconds a frame of each candidate."""
    taken_s = dict.fromkeys(paths, 0.0)
    frames = 0
    with ExitStack() as stack:
        source = stack.enter_context(av.open(str(reference)))
        pictures = source.streams.video[0]
        rate = int(pictures.average_rate or 0)
        picture = PictureFormat(pictures.width, pictures.height, rate)
        sinks = {}
        for name, path in paths.items():
            options = {"video_track_timescale": str(rate * TICKS_A_FRAME)}
            container = stack.enter_context(av.open(str(path), "w", format="mp4", options=options))
            sinks[name] = (container, video_stream(container, replace(picture, encoder=CANDIDATES[name])))
        for number, frame in enumerate(source.decode(video=0)):
            frame.pts, frame.time_base = number * TICKS_A_FRAME, Fraction(1, rate * TICKS_A_FRAME)
            frame.pict_type = PictureType.NONE
            frames += 1
            for name, (container, stream) in sinks.items():
                began_s = time.thread_time()
                packets = stream.encode(frame)
                taken_s[name] += time.thread_time() - began_s
                container.mux(packets)
        for container, stream in sinks.values():
            container.mux(stream.encode(None))
    return {name: total_s / frames for name, total_s in taken_s.items()}


def score(film: Path, reference: Path, log: Path) -> Score:
    """Compare a film with the same pictures without loss, every few frames; `log` is for libvmaf's build_report."""
    print(f"VMAF of {film.name} ...", file=sys.stderr)
    # The log goes by its bare name: a path would need escaping inside a filter.
    model = f"libvmaf=n_threads=2:n_subsample={SCORED_EVERY_FRAMES}:feature=name=float_ssim"
    inputs = ["-i", str(film.resolve()), "-i", str(reference.resolve())]
    chain = f"[0:v][1:v]{model}:log_fmt=json:log_path={log.name}"
    run_ffmpeg([*inputs, "-lavfi", chain, "-f", "null", "-"], "VMAF", folder=log.parent)
    frames = json.loads(log.read_text(encoding="utf-8"))["frames"]
    return Score(
        {frame["frameNum"]: frame["metrics"]["vmaf"] for frame in frames},
        {frame["frameNum"]: frame["metrics"]["float_ssim"] for frame in frames},
    )
