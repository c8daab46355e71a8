"""Every number that the tour's panels show, tabulated by the physics package; a slider stops at rows only."""

from __future__ import annotations

import numpy as np

from panels.numbers import Table, numbers
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.examples_tour import LIF_FIELD_T, LIF_T1_S, ROOM_K, reversed_K
from physics.relaxation import beta_per_J
from physics.spins import FLUORINE_19, splitting_J

STEP_S, LAST_S = 10.0, 1500.0
PER_KILOKELVIN = 1e3


def all_tables() -> Table:
    """All tables, by the panel that shows them."""
    return {"reversal": reversal()}


def reversal() -> Table:
    """Fluorine spins in lithium fluoride, one row each ten seconds after the reversal of their field.

    Coldness is given as 1/T in 1/kK, and its place from that of the crystal, 0, to as much below zero, 1.
    """
    t_s = np.arange(0.0, LAST_S + STEP_S, STEP_S)
    crystal, start = (float(beta_from_temperature(T_K)) for T_K in (ROOM_K, reversed_K()))
    beta = beta_per_J(t_s, start, crystal, LIF_T1_S, float(splitting_J(FLUORINE_19, LIF_FIELD_T)))
    T_K = temperature_from_beta(beta)
    return {
        "t_s": numbers(t_s),
        "T_K": numbers(T_K),
        "per_kK": numbers(PER_KILOKELVIN / T_K),
        "place": numbers(0.5 * (1.0 - beta / crystal)),
    }
