"""Constants of lithium fluoride's nuclei, written down once for the evaluators of two segments."""

from __future__ import annotations

from scipy.constants import k, physical_constants

from physics.examples_tour import LIF_FIELD_T, ROOM_K

MAGNETON = physical_constants["nuclear magneton"][0]
LITHIUM_MOMENT, FLUORINE_MOMENT = 3.256427 * MAGNETON, 2.628868 * MAGNETON
LITHIUM_Y, FLUORINE_Y = (moment * LIF_FIELD_T / (k * ROOM_K) for moment in (LITHIUM_MOMENT, FLUORINE_MOMENT))
"""Moment times field over kT at room temperature."""

LITHIUM_WEIGHT, FLUORINE_WEIGHT = LITHIUM_MOMENT**2 * 2.5 / 4.5, FLUORINE_MOMENT**2
"""Shares of the heat capacity of as many nuclei: mu^2 (I + 1)/3I, for I = 3/2 and 1/2, to a common factor."""
