"""Atoms in a band: its width from the light's depth, their momenta, the temperature, and which signs are stable."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

import numpy as np
from scipy.constants import h, k
from scipy.special import iv

from evaluators.laws import near, temperature, thermometer, within
from explainer.checks.evaluation import Values, differences
from physics.examples_tour import (
    LATTICE_DEPTH_RECOIL,
    LATTICE_T_IN_J,
    LATTICE_WAVELENGTH_M,
    POTASSIUM_39_KG,
)

DOTS, COLUMNS, ROWS = 100, 33, 5
DEEPEST_RECOIL = 22.0
COLDNESS = 1 / abs(LATTICE_T_IN_J)  # J/(kT) before the signs are turned
SHARE_TOLERANCE = 5e-4  # of the dots that lie below one; the scene interpolates the distribution
WAVES = 12  # plane waves on either side that the light mixes
BINS, BIN_TOLERANCE = 10, 3  # of momentum, and dots by which trades may change one
FROZEN_HOPS_PER_S = 3.0
RESTS = 1e-9


@lru_cache(maxsize=4096)
def _width(depth: float) -> float:
    """Width of the lowest band of the lattice, in recoil energies, from the light's mixing of plane waves."""
    order = np.arange(-WAVES, WAVES + 1)
    edges: list[float] = []
    mixing = -depth / 4 * (np.eye(2 * WAVES + 1, k=1) + np.eye(2 * WAVES + 1, k=-1))
    for momentum in (0.0, 1.0):
        edges.append(float(np.linalg.eigvalsh(np.diag((momentum + 2 * order) ** 2 + depth / 2) + mixing)[0]))
    return float(edges[1] - edges[0])


HOPPING_nK = 1e9 * _width(LATTICE_DEPTH_RECOIL) / 4 * h**2 / (2 * POTASSIUM_39_KG * LATTICE_WAVELENGTH_M**2) / k


def _below(qd: float, coldness: float) -> float:
    """Share of atoms whose momentum is below one: the sum of the distribution's Fourier series, integrated."""
    y = 2 * coldness
    waves = sum(iv(n, y) * math.sin(n * qd) / n for n in range(1, 16))
    return float(0.5 + (qd / 2 + waves / iv(0, y)) / math.pi)


def lattice(values: Values) -> Iterator[str]:
    """Hopping from the light's depth, T from that and J/(kT); dots where their ranks have them; the signs' rule."""
    coldness = values["coldness"]
    hopping = _width(values["depth_recoil"]) / _width(LATTICE_DEPTH_RECOIL)
    yield from differences(values, {"hopping": hopping, "hotness": 1 / (1 + math.exp(4 * coldness))})
    yield from temperature(values, "T_nK", HOPPING_nK * hopping, coldness)
    yield from within(values, "coldness", -COLDNESS, COLDNESS)
    yield from within(values, "depth_recoil", LATTICE_DEPTH_RECOIL, DEEPEST_RECOIL)
    yield from _dots(values)
    yield from _atoms(values)
    if list(map(tuple, values["signs"])) != list(product((1, -1), repeat=3)):
        yield f"shows the signs {values['signs']}, and not each of the eight once"
    if list(values["stable"]) != [len(set(signs)) == 1 for signs in values["signs"]]:
        yield "shows as stable other signs than those that are all one"
    yield from within(values, "U", -1, 1)
    yield from within(values, "V", -1, 1)
    shares = ("forces", "lattice", "far", "tall", "band", "drawn", "dotted", "told")
    for name in (*shares, "pictures", "risen", "opened", "fallen", "lit"):
        yield from within(values, name, 0, 1)
    if values["told"] > 0 and values["dotted"] < 1:
        yield "shows the momenta of dots that are not there yet"
    if values["fallen"] > 0 and values["opened"] < 1:
        yield "shows atoms fall before their pictures stand side by side"
    yield from thermometer(values)


def _dots(values: Values) -> Iterator[str]:
    """Each rank once, but for those that trade; as many dots at lower momenta as the rank says."""
    ranks, momenta = values["ranks"], values["qd"]
    whole = [round(rank) for rank in ranks if abs(rank - round(rank)) < RESTS]
    if len(ranks) != DOTS or len(momenta) != DOTS or len(set(whole)) != len(whole):
        yield f"shows two dots of one rank, or not {DOTS} of them"
    yield from near({"ranks": sum(ranks)}, {"ranks": DOTS * (DOTS - 1) / 2}, 1e-6)
    for rank, qd in zip(ranks, momenta, strict=True):
        wanted = (rank + 0.5) / DOTS
        if not abs(_below(qd, values["coldness"]) - wanted) < SHARE_TOLERANCE:
            yield f"shows a dot at qd = {qd:.6g}, below which {wanted:.4g} of all should be"


def _atoms(values: Values) -> Iterator[str]:
    """Atoms within the lattice, one at most in each valley."""
    rest = [(round(c), round(r)) for c, r in values["atoms"] if abs(c - round(c)) + abs(r - round(r)) < RESTS]
    if len(set(rest)) != len(rest):
        yield "shows two atoms in one valley"
    if not all(abs(column) <= COLUMNS // 2 and 0 <= row < ROWS for column, row in values["atoms"]):
        yield "shows atoms outside the lattice"


def lattice_course(course: Sequence[Values]) -> Iterator[str]:
    """The signs are turned once; momenta follow the distribution in every bin; in deep valleys hardly an atom hops."""
    for name in ("U", "V", "coldness"):
        shown = [values[name] for values in course]
        if shown[0] <= 0 or shown[-1] >= 0 or any(now < after - 1e-9 for now, after in pairwise(shown)):
            yield f"{name} is not turned once, from plus to minus"
    for number, values in enumerate(course):
        edges = np.linspace(-math.pi, math.pi, BINS + 1)
        wanted = DOTS * np.diff([_below(edge, values["coldness"]) for edge in edges.tolist()])
        counted = np.histogram(values["qd"], edges)[0]
        if np.abs(counted - wanted).max() > BIN_TOLERANCE + 1:
            yield f"frame {number}: shows {counted.tolist()} dots over momentum, the physics gives {wanted.round(1)}"
    hops, frozen_s = 0, 0.0
    for now, after in pairwise(course):
        if len(now["atoms"]) != len(after["atoms"]):
            yield "atoms come or go"
        if after["clock"] <= now["clock"]:
            yield "the clock does not run"
        if now["depth_recoil"] == after["depth_recoil"] == DEEPEST_RECOIL:
            frozen_s += after["clock"] - now["clock"]
            hops += sum(_rests(a) and not _rests(b) for a, b in zip(now["atoms"], after["atoms"], strict=True))
    if hops > FROZEN_HOPS_PER_S * frozen_s:
        yield f"{hops} atoms hop in {frozen_s:.3g} s while the valleys are deep"


def _rests(place: Sequence[float]) -> bool:
    return all(abs(part - round(part)) < RESTS for part in place)
