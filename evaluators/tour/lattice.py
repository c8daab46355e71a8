"""Atoms in a band, by the Boltzmann weights of its energies summed on a grid of its own."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise

from scipy.constants import h, k

from evaluators.laws import COLDNESS_NOISE, near, thermometer, within
from explainer.checks.evaluation import Values
from physics import examples_tour

DOTS, SITES = 72, 11
STEPS = 2000
SHARE_TOLERANCE = 2.2 / DOTS  # a dot swings about its share of the distribution
HOPPING = 0.05089  # J over the recoil energy at six of them, from Mathieu's characteristic values


@cache
def _shares(beta_J: float) -> tuple[list[float], list[float]]:
    """Edges of cells over the band, and the share of the atoms below each."""
    width = 2 * math.pi / STEPS
    weights = [math.exp(2 * beta_J * math.cos(-math.pi + (cell + 0.5) * width)) for cell in range(STEPS)]
    below = [0.0, *accumulate(weights)]
    return [-math.pi + cell * width for cell in range(STEPS + 1)], [share / below[-1] for share in below]


def _share(qd: float, beta_J: float) -> float:
    edges, below = _shares(beta_J)
    cell = min(max(bisect_right(edges, qd) - 1, 0), STEPS - 1)
    way = (qd - edges[cell]) / (edges[cell + 1] - edges[cell])
    return below[cell] + way * (below[cell + 1] - below[cell])


def _hopping_J() -> float:
    recoil = h**2 / (2 * examples_tour.POTASSIUM_39_KG * examples_tour.LATTICE_WAVELENGTH_M**2)
    return HOPPING * recoil


def lattice(values: Values) -> Iterator[str]:
    """Dots along the band where Boltzmann's weights have them, on its curve; T from coldness; signs of stability."""
    yield from thermometer(values)
    beta, qd = values["beta_J"], values["qd"]
    if len(qd) != DOTS:
        yield f"shows {len(qd)} dots, there are {DOTS}"
    for dot, (q, energy) in enumerate(zip(qd, values["energy_over_J"], strict=True)):
        off = _share(q, beta) - (dot + 0.5) / DOTS
        if abs(off) > SHARE_TOLERANCE:
            yield f"shows dot {dot} at {q:.3g}, where {_share(q, beta):.3g} of the atoms are below"
        yield from near({"energy": energy}, {"energy": -2 * math.cos(q)}, 1e-6)
    T_in_J = values["T_nK"] * 1e-9 * k / _hopping_J()
    shown = 0.0 if math.isinf(T_in_J) else 1 / T_in_J
    if not math.isclose(shown, beta, rel_tol=2e-4, abs_tol=COLDNESS_NOISE):
        yield f"shows T = {values['T_nK']:.6g} nK, the coldness says {beta:.6g}/J"
    if beta and not abs(beta) <= 1 / abs(examples_tour.LATTICE_T_IN_J) + 1e-4:
        yield f"shows beta J = {beta:.4g}, beyond what was reported"
    # A trapped gas is stable where interaction, trap and temperature have one sign: both are turned here.
    if list(values["stable"]) != [sign < 0 for sign in (1, -1)]:
        yield f"says {values['stable']} of what is stable with both signs turned"
    for name in ("crystal", "band", "told", "signs", "slid"):
        yield from within(values, name, 0, 1)
    for name in ("trap", "force"):
        yield from within(values, name, -1, 1)
    if values["told"] > 0 and not values["beta_J"] < 0:
        yield "tells of a negative temperature that is not there"
    if values["slid"] > 0 and not values["signs"] and values["slid"] < 1:
        yield "shows atoms slide that are not seen"
    if not all(0 <= site <= SITES - 1 for site in values["sites"]):
        yield "shows atoms outside the light"
    yield from within(values, "swing", 0, 1e3)


def lattice_course(course: Sequence[Values]) -> Iterator[str]:
    """Atoms hop one valley at a time and never into a full one; none hops while the forces are turned."""
    for values in course:
        rest = [round(site) for site in values["sites"] if abs(site - round(site)) < 0.02]
        if len(rest) != len(set(rest)):
            yield "shows two atoms in one valley"
    for before, after in pairwise(course):
        ways = [abs(b - a) for a, b in zip(before["sites"], after["sites"], strict=True)]
        if max(ways) > 0.35:
            yield "an atom leaps"
        if abs(before["force"]) == 1 and max(ways) > 1e-6:
            yield "an atom hops while the valleys are deep"
        if before["swing"] >= after["swing"]:
            yield "the light's phase does not go on"
    if course[0]["beta_J"] != 0 or not min(values["beta_J"] for values in course) < 0:
        yield "the atoms do not go from even momenta to the top of the band"
