"""The tables hold what the physics says, computed here in other ways."""

import json
import math
from itertools import product

import numpy as np
import pytest
from export_bench import MINUTE
from scipy.constants import h
from scipy.constants import k as K_B

from explainer.errors import ExplainerError
from panels.minute import tables
from panels.minute.steps import ENERGY, STEPS
from panels.numbers import numbers
from physics.contact import equilibrium
from physics.examples import COLD_BODY, DELTA_E_J, FEW, HOT_BODY, LASER, PARTICLES, temperature_K
from physics.microcanonical import beta_stirling
from physics.two_level import beta_from_upper_fraction

PRECISE = pytest.approx


def floats(values):
    return np.array([float(value) for value in values])


@pytest.fixture(scope="module")
def all_tables():
    return tables.all_tables()


def test_the_two_level_system_row_by_row(all_tables):
    table = all_tables["two_level"]
    above = floats(table["above"])
    assert above[0] == 0 and above[-1] == PARTICLES and np.allclose(np.diff(above), 1 / tables.ROWS_A_PARTICLE)
    assert floats(table["x"]) == PRECISE(beta_stirling(PARTICLES, above, DELTA_E_J) * DELTA_E_J, rel=1e-5, abs=1e-9)
    counted = [math.log(math.comb(PARTICLES, n)) for n in range(PARTICLES + 1)]
    assert floats(table["entropy_over_k"])[:: tables.ROWS_A_PARTICLE] == PRECISE(counted, rel=1e-5)
    assert np.gradient(floats(table["entropy_over_k"]), above)[1:-1] == PRECISE(floats(table["slope"])[1:-1], abs=1e-2)
    for row in range(0, len(above), 10):
        assert float(table["T_mK"][row]) == PRECISE(1e3 * temperature_K(round(above[row])), rel=1e-5)


def test_temperature_keeps_its_sign_at_both_ends_and_is_infinite_at_half(all_tables):
    T = floats(all_tables["two_level"]["T_mK"])
    assert math.copysign(1, T[0]) == 1 and math.copysign(1, T[-1]) == -1
    assert T[len(T) // 2] == math.inf


def test_places_are_on_their_axes_and_coldness_runs_straight(all_tables):
    table = all_tables["two_level"]
    for name in ("coldness_place", "temperature_place", "coldness_strip", "temperature_strip"):
        assert all(0 <= value <= 1 for value in table[name])
    assert (np.diff(floats(table["coldness_place"])) >= 0).all()


def test_the_worked_example(all_tables):
    table = all_tables["example"]
    field, above = table["field_T"].index(1.0), table["above"].index(60.0)
    assert (field, above) == (table["first_field"], table["first_above"])
    assert table["after_mK"][field][above] == PRECISE(1e3 * temperature_K(60), rel=1e-5)
    assert table["ratio"][above] == 1.5
    before, after = (np.array(table[name]) for name in ("before_mK", "after_mK"))
    assert before == PRECISE(-after, rel=1e-5)
    assert after[-1] / after[0] == PRECISE(table["field_T"][-1] / table["field_T"][0], rel=1e-5)


@pytest.mark.parametrize(("a", "b"), [(8, 1), (1, 8), (4, 4), (0, 5), (3, 2)])
def test_contact_conserves_energy_and_ends_where_it_must(all_tables, a, b):
    run = all_tables["contact"]["runs"][a][b]
    x = [float(beta_from_upper_fraction(tables.STARTS[i] / 100, DELTA_E_J)) for i in (a, b)]
    final = equilibrium(HOT_BODY, COLD_BODY, *x)
    energy = HOT_BODY.N * floats(run["a"]["share"]) + COLD_BODY.N * floats(run["b"]["share"])
    assert energy == PRECISE(energy[0], rel=1e-5)
    gain = floats(run["gain_over_k"])
    assert (np.diff(gain) >= 0).all() and gain[-1] == PRECISE(final.entropy_gain_J_per_K / K_B, rel=1e-4, abs=1e-9)
    assert np.sign(run["quanta_from_a"]) == np.sign(a - b)
    assert float(run["a"]["share"][0]) == PRECISE(tables.STARTS[a] / 100)


def test_tables_are_json_without_numbers_that_json_lacks(all_tables):
    json.dumps(all_tables, allow_nan=False)


def test_what_is_no_number_is_refused_in_one_line():
    with pytest.raises(ExplainerError, match="not a number") as caught:
        numbers([float("nan")])
    assert "\n" not in str(caught.value)


def test_arrangements_are_counted_one_by_one(all_tables):
    few = all_tables["arrangements"]["ways"][0]
    assert few == [sum(sum(way) == above for way in product((0, 1), repeat=FEW)) for above in range(FEW + 1)]
    for ways, entropy in zip(*(all_tables["arrangements"][name] for name in ("ways", "entropy_over_k")), strict=True):
        assert np.log(floats(ways)) == PRECISE(floats(entropy), rel=1e-5, abs=1e-9)


def test_the_laser_grows_light_only_past_its_threshold_where_its_inversion_stays(all_tables):
    table = all_tables["laser"]
    pump, above, light = (floats(table[name]) for name in ("pump", "above", "light"))
    assert light[pump < 0.99].max() < 1e-4 and np.diff(light[pump > 1.1]) == PRECISE(light[-1] - light[-2], rel=1e-3)
    assert above[pump > 1.1] == PRECISE(60, rel=1e-3)
    assert above[int(table["first"])] == PRECISE(40)
    gap_K = h * LASER.nu_Hz / K_B
    assert floats(table["ratio"]) == PRECISE(np.exp(-gap_K / floats(table["T_K"])), rel=1e-4)
    assert floats(table["ratio"]) == PRECISE(above / (PARTICLES - above), rel=1e-4)


def test_steps_stop_at_rows_and_follow_the_film():
    assert [step.cue_id for step in STEPS] == [cue.id for segment in MINUTE.script.segments for cue in segment.cues]
    for step in STEPS:
        times = [time for time, _ in step.path]
        assert times[0] == 0 and times == sorted(times) and times[-1] <= 1
        rows = tables.ROWS_A_PARTICLE if step.control == ENERGY else 1
        assert all((value * rows) % 1 == PRECISE(0, abs=1e-9) for _, value in step.path)
