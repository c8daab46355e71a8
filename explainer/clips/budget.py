"""A byte budget met: candidates from best to smallest, of which as few as possible are made."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explainer.clips.formats import RATES, Format
from explainer.errors import ExplainerError
from explainer.film.request import size_px

UNITS = {"": 1, "B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30}
SHARES = (1.0, 0.85, 0.72, 0.6, 0.5, 0.42, 0.35)  # of the wished width
SMALLEST_WIDTH_PX = 120
# What a halved rate, a halved width and a level less are felt as, relative to one another.
RATE_COST, WIDTH_COST, LEVEL_COST = 1.0, 2.0, 0.25
# How a file shrinks with width, rate and level, roughly: decides only which candidates are worth making.
WIDTH_POWER, RATE_POWER, LEVEL_FACTOR = 1.2, 0.75, 0.85
HOPE = 1.15  # a candidate expected to be this much over the budget is not made

_BYTES = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*")


@dataclass(frozen=True)
class Candidate:
    """Size, rate and level of a clip that might be made."""

    width: int
    height: int
    fps: int
    level: int


def bytes_of(text: str) -> int:
    """Return the bytes that `4MB`, `500 KB`, `1.5MiB` or `120000` stand for.

    Raises:
        ExplainerError: if it is not a size.
    """
    match = _BYTES.fullmatch(text)
    if match is None or match[2].upper() not in UNITS or float(match[1]) <= 0:
        raise ExplainerError(f"{text!r} is not a size", "--max-bytes", "write for instance 4MB, 800KB or 1.5MiB")
    return int(float(match[1]) * UNITS[match[2].upper()])


def candidates(form: Format, width: int, fps: int, level: int, aspect: str) -> tuple[Candidate, ...]:
    """Return what a clip may be made as, least loss first; the first is what was asked for."""
    rates = [rate for rate in RATES if rate <= fps]
    levels = form.levels[form.levels.index(level) :] if level in form.levels else (level,)
    widths = [width, *(share * width for share in SHARES[1:] if share * width >= SMALLEST_WIDTH_PX)]

    def cost(rate: int, wide: float, step: int) -> float:
        slower, narrower = fps / rate, width / wide
        return RATE_COST * math.sqrt(slower - 1) + WIDTH_COST * (narrower - 1) + LEVEL_COST * step

    ordered = sorted(
        (cost(rate, wide, step), -wide, -rate, step) for rate in rates for wide in widths for step in range(len(levels))
    )
    return tuple(Candidate(*size_px(round(-wide), aspect), -rate, levels[step]) for _, wide, rate, step in ordered)


def fit(
    choices: Sequence[Candidate], max_bytes: int, levels: Sequence[int], size_of: Callable[[Candidate], int]
) -> Candidate:
    """Return the first candidate that fits, making only those that may.

    Args:
        choices: least loss first.
        max_bytes: the budget.
        levels: the format's levels, best first.
        size_of: makes a candidate and returns its size in bytes.

    Raises:
        ExplainerError: if not even the smallest fits.
    """
    scale = size_of(choices[0]) / _expected(choices[0], levels)
    if scale * _expected(choices[0], levels) <= max_bytes:
        return choices[0]
    for choice in choices[1:]:
        if scale * _expected(choice, levels) > HOPE * max_bytes:
            continue
        size = size_of(choice)
        if size <= max_bytes:
            return choice
        scale = size / _expected(choice, levels)
    smallest = min(choices, key=lambda choice: _expected(choice, levels))
    size = size_of(smallest)
    if size <= max_bytes:
        return smallest
    raise ExplainerError(
        f"{max_bytes} bytes cannot be met",
        "--max-bytes",
        f"the smallest, {smallest.width}x{smallest.height} at {smallest.fps} frames/s, takes {size}: "
        "allow that, choose a shorter stretch with --from and --to, or another --format (avif and webp are smallest)",
    )


def _expected(choice: Candidate, levels: Sequence[int]) -> float:
    step = levels.index(choice.level) if choice.level in levels else 0
    return math.pow(choice.width, WIDTH_POWER) * math.pow(choice.fps, RATE_POWER) * math.pow(LEVEL_FACTOR, step)
