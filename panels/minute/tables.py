"""Every number the page shows, tabulated by the physics package.

A control of the page stops at rows only, so that what is shown is what the package computed; between rows the page
interpolates where a marker lies, never a quantity that is read.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import h
from scipy.constants import k as K_B

from explainer.page.colours import STRIP_STOPS
from panels.numbers import Number, Table, number, numbers
from physics.coldness import temperature_from_beta
from physics.contact import relax
from physics.entropy import log_multiplicity, multiplicity
from physics.examples import (
    ABOVE_AFTER,
    COLD_BODY,
    COLD_X,
    DELTA_E_J,
    FEW,
    FIELD_T,
    HOT_BODY,
    HOT_X,
    LASER,
    LASER_PUMP_PER_S,
    PARTICLES,
)
from physics.microcanonical import beta_exact
from physics.spins import PROTON, splitting_J
from physics.three_level_laser import steady_state, threshold_pump_per_s
from physics.two_level import beta_from_upper_fraction, ratio_from_beta, upper_fraction

ROWS_A_PARTICLE = 10
X_END = 4.0
"""The axis of coldness runs from +4 to -4 in units of 1/dE, as in the film."""
FIELDS_T = tuple(step / 10 for step in range(1, 31))
STARTS = tuple(range(10, 100, 10))
"""Hundredths of a body's particles in the upper level before contact."""
ROUNDING_DECIMALS = 9
"""Of an entropy over k, below which all is rounding."""
RELAXATION_TIMES, ROWS_A_RELAXATION_TIME = 6, 10
CROWDS = (FEW, 10, 30, PARTICLES)
"""Protons whose arrangements are counted."""
PUMPS_A_THRESHOLD, MOST_THRESHOLDS = 18, 3
"""Of the laser's pump: the rates of the film, weak and strong, are among these."""
SEED = 5
"""Of the order in which particles rise, the film's own."""


def all_tables() -> Table:
    """All tables, by the panel that shows them."""
    return {
        "two_level": two_level(),
        "example": example(),
        "arrangements": arrangements(),
        "contact": contact(),
        "laser": laser(),
    }


def two_level() -> Table:
    """One row for each tenth of a proton lifted: coldness, temperature, entropy, and where markers lie.

    Entropy counts the arrangements of these protons exactly, and `slope` is its own, in k/dE. Coldness and temperature
    are those of the population ratio, which the slope tends to as systems grow.
    """
    above = np.arange(PARTICLES * ROWS_A_PARTICLE + 1) / ROWS_A_PARTICLE
    beta = beta_from_upper_fraction(above / PARTICLES, DELTA_E_J)
    x = beta * DELTA_E_J
    T_K = temperature_from_beta(beta)
    order = np.random.default_rng(SEED).permutation(PARTICLES)
    return {
        "particles": float(PARTICLES),
        "rows_a_particle": float(ROWS_A_PARTICLE),
        "gap_K": float(DELTA_E_J / K_B),
        "above": numbers(above),
        "x": numbers(x),
        "T_mK": numbers(1e3 * T_K),
        "entropy_over_k": numbers(log_multiplicity(PARTICLES, above)),
        "slope": numbers(beta_exact(PARTICLES, above, DELTA_E_J) * DELTA_E_J),
        "coldness_place": numbers(coldness_place(x)),
        "temperature_place": numbers(temperature_place(T_K)),
        "order": numbers(order),
        "coldness_strip": _strip(np.linspace(X_END, -X_END, STRIP_STOPS)),
        "temperature_strip": _temperature_strip(),
    }


def _strip(x: np.ndarray) -> list[Number]:
    """Hotness, the film's place between coldest and hottest, along a strip."""
    return numbers(upper_fraction(x / DELTA_E_J, DELTA_E_J))


def _temperature_strip() -> list[Number]:
    """Hotness along the axis of temperature: its hottest and its coldest end meet in the middle."""
    with np.errstate(divide="ignore"):
        x = 1 / np.tan(np.linspace(0, 1, STRIP_STOPS) * np.pi / 2)  # inverse of `temperature_place`
    return _strip(-x[::-1]) + _strip(x)


def coldness_place(x: ArrayLike) -> np.ndarray:
    """Place, 0..1 from cold to hot, on an axis of coldness that ends at +-`X_END`; beyond, its ends."""
    return np.clip((X_END - np.asarray(x)) / (2 * X_END), 0.0, 1.0)


def temperature_place(T_K: ArrayLike) -> np.ndarray:
    """Place, 0..1 from minus to plus infinity, on an axis of temperature which the arctangent brings into view.

    >>> temperature_place([float("-inf"), 0.0, float("inf")]).tolist()
    [0.0, 0.5, 1.0]
    """
    return np.asarray(0.5 + np.arctan(K_B * np.asarray(T_K) / DELTA_E_J) / np.pi)


def above_at(x: float) -> float:
    """The row's number of protons lifted that is nearest to coldness x = beta dE.

    >>> above_at(0.0)
    50.0
    """
    return round(PARTICLES * float(upper_fraction(x / DELTA_E_J, DELTA_E_J)) * ROWS_A_PARTICLE) / ROWS_A_PARTICLE


def example() -> Table:
    """The worked example: temperatures before and after a swap, one row a field, one column a number inverted."""
    above = np.arange(PARTICLES // 2 + 1, PARTICLES)
    after = above / PARTICLES
    splitting = np.array([float(splitting_J(PROTON, field)) for field in FIELDS_T])
    return {
        "field_T": numbers(FIELDS_T),
        "above": numbers(above),
        "ratio": numbers(ratio_from_beta(beta_from_upper_fraction(after, DELTA_E_J), DELTA_E_J)),
        "splitting_1e26_J": numbers(1e26 * splitting),
        "splitting_of_largest": numbers(splitting / splitting.max()),
        "before_mK": [_temperatures_mK(1 - after, dE) for dE in splitting],
        "after_mK": [_temperatures_mK(after, dE) for dE in splitting],
        "first_field": float(FIELDS_T.index(FIELD_T)),
        "first_above": float(int(np.flatnonzero(above == ABOVE_AFTER)[0])),
    }


def _temperatures_mK(share: np.ndarray, delta_E_J: float) -> list[Number]:
    return numbers(1e3 * temperature_from_beta(beta_from_upper_fraction(share, delta_E_J)))


def contact() -> Table:
    """Time courses of two bodies that touch, one for each pair of initial states."""
    t = np.arange(RELAXATION_TIMES * ROWS_A_RELAXATION_TIME + 1) / ROWS_A_RELAXATION_TIME
    start_x = _start_x()
    return {
        "t": numbers(t),
        "share_percent": numbers(STARTS),
        "first_hot": float(start_row(HOT_X)),
        "first_cold": float(start_row(COLD_X)),
        "particles": numbers([HOT_BODY.N, COLD_BODY.N]),
        "heat_left": numbers(_heat_left(t)),
        "runs": [[_run(x_a, x_b, t) for x_b in start_x] for x_a in start_x],
    }


def _heat_left(t: np.ndarray) -> np.ndarray:
    """Heat still to flow, as a fraction of all that flows; alike for all starts."""
    run = relax(HOT_BODY, COLD_BODY, HOT_X / DELTA_E_J, COLD_X / DELTA_E_J, tau_s=1.0, t_s=t)
    end_J = run.energy_a_J[0] + run.final.heat_a_J
    return np.asarray((run.energy_a_J - end_J) / (run.energy_a_J[0] - end_J))


def _start_x() -> list[float]:
    return [float(beta_from_upper_fraction(share / 100, DELTA_E_J)) * DELTA_E_J for share in STARTS]


def start_row(x: float) -> int:
    """The choice among `STARTS` that is nearest to coldness x = beta dE.

    >>> start_row(0.0)
    4
    """
    return int(np.argmin([abs(x - start) for start in _start_x()]))


def _run(x_a: float, x_b: float, t: np.ndarray) -> Table:
    run = relax(HOT_BODY, COLD_BODY, x_a / DELTA_E_J, x_b / DELTA_E_J, tau_s=1.0, t_s=t)
    gain = run.entropy_total_J_per_K - run.entropy_total_J_per_K[0]
    return {
        "quanta_from_a": number(-run.final.heat_a_J / DELTA_E_J),
        "gain_over_k": numbers(np.round(gain / K_B, ROUNDING_DECIMALS) + 0.0),
        "a": _body(run.beta_a_per_J, run.energy_a_J / HOT_BODY.N),
        "b": _body(run.beta_b_per_J, run.energy_b_J / COLD_BODY.N),
        "end_mK": number(1e3 * float(temperature_from_beta(run.final.beta_per_J))),
    }


def _body(beta_per_J: np.ndarray, energy_J: np.ndarray) -> Table:
    return {
        "T_mK": numbers(1e3 * temperature_from_beta(beta_per_J)),
        "share": numbers(energy_J / DELTA_E_J),
        "place": numbers(coldness_place(beta_per_J * DELTA_E_J)),
    }


def arrangements() -> Table:
    """How many ways there are to have so many protons above, a row a crowd, and their entropy over k."""
    ways = [[multiplicity(crowd, above) for above in range(crowd + 1)] for crowd in CROWDS]
    return {
        "particles": numbers(CROWDS),
        "ways": [numbers(row) for row in ways],
        "entropy_over_k": [numbers(log_multiplicity(crowd, np.arange(crowd + 1))) for crowd in CROWDS],
    }


def laser() -> Table:
    """The film's laser at rest, a row a pump in thresholds: atoms above of a hundred, light as a share of its most.

    Its levels are as far apart as its light's frequency says; their temperature is that of their populations' ratio.
    """
    pumps = np.arange(1, PUMPS_A_THRESHOLD * MOST_THRESHOLDS + 1) / PUMPS_A_THRESHOLD
    state = steady_state(LASER, pumps * threshold_pump_per_s(LASER))
    share = np.asarray(state.N2) / LASER.N
    gap_J = h * LASER.nu_Hz
    beta = beta_from_upper_fraction(share, gap_J)
    photons = np.asarray(state.photons)
    return {
        "pump": numbers(pumps),
        "above": numbers(PARTICLES * share),
        "light": numbers(photons / photons.max()),
        "ratio": numbers(ratio_from_beta(beta, gap_J)),
        "T_K": numbers(temperature_from_beta(beta)),
        "particles": float(PARTICLES),
        "first": float(pump_row(LASER_PUMP_PER_S[0])),
    }


def pump_row(pump_per_s: float) -> int:
    """The row of the laser's table that is nearest to a pump.

    >>> pump_row(LASER_PUMP_PER_S[0])
    7
    """
    return round(PUMPS_A_THRESHOLD * pump_per_s / threshold_pump_per_s(LASER)) - 1
