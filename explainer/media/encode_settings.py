"""Encoder settings by name, apart from the encoder: choosing one loads no codec."""

from __future__ import annotations

from dataclasses import dataclass

TICKS_A_FRAME = 256  # of a film's clock


@dataclass(frozen=True)
class H264:
    """Encoder settings, in x264's own words."""

    preset: str
    crf: float
    x264: str = ""
    threads: int = 1


# A fifth of the time of Manim's settings at a higher VMAF, for 1.6 times the bytes; `make bench` compares others.
# Drawn pictures have no noise for adaptive quantization to spend bits on, and edges that a deblocking filter blurs:
# without both, crf can be coarser.
FAST = H264(
    "superfast",
    26,
    "ref=1:rc-lookahead=0:mbtree=0:bframes=5:b-adapt=0:weightp=0:scenecut=0:aq-mode=0:subme=0:no-deblock=1",
)
# What Manim itself asks for.
STOCK = H264("medium", 23)
# The yardstick that pictures are measured against.
LOSSLESS = H264("ultrafast", 0)
