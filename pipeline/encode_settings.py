"""Encoder settings by name, apart from the encoder: choosing one loads no codec."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class H264:
    """Encoder settings, in x264's own words."""

    preset: str
    crf: float
    x264: str = ""
    threads: int = 1


# Half the time of Manim's settings at a higher VMAF (96.6 or more in every scene), for half as many bytes again.
# Without adaptive quantization, which spends bits on noise that drawn pictures have not, crf can be coarser.
FAST = H264("veryfast", 26, "ref=1:rc-lookahead=0:mbtree=0:bframes=2:b-adapt=0:weightp=0:scenecut=0:aq-mode=0")
# What Manim itself asks for.
STOCK = H264("medium", 23)
# The yardstick that pictures are measured against.
LOSSLESS = H264("ultrafast", 0)
