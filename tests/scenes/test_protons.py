"""Protons turn over as the exchange says, one at a time, whatever the frame rate."""

from __future__ import annotations

import numpy as np
import pytest

from physics.exchange import OUTSIDE, exchange
from scenes.protons import HOP_S, REST_STEPS, STEPS_PER_S, Course

N = 20
ABOVE = [6] * 20 + list(range(7, 13)) + [12] * 200
COURSE = Course(exchange(ABOVE, N, 0.3, seed=4, rest_steps=REST_STEPS))


def test_at_rest_protons_are_where_the_exchange_has_them() -> None:
    levels = COURSE.quanta.upper(len(ABOVE))
    quiet = [
        s for s in range(len(ABOVE)) if not np.any((COURSE.quanta.step <= s) & (COURSE.quanta.step > s - REST_STEPS))
    ]
    assert len(quiet) > 10
    for step in quiet:
        assert np.array_equal(COURSE.upness(step / STEPS_PER_S), levels[step])


def test_as_much_is_given_as_taken() -> None:
    for time_s in np.linspace(0, len(ABOVE) / STEPS_PER_S, 333):
        inside = [
            (giver, taker, way) for giver, taker, way in COURSE.under_way(time_s) if OUTSIDE not in (giver, taker)
        ]
        upness = COURSE.upness(time_s)
        assert all(upness[giver] + upness[taker] == pytest.approx(1) for giver, taker, _ in inside)
        busy = [who for giver, taker, _ in COURSE.under_way(time_s) for who in (giver, taker) if who != OUTSIDE]
        assert len(busy) == len(set(busy))
        assert set(np.flatnonzero((upness > 0) & (upness < 1))) <= set(busy)


def test_a_quantum_from_outside_is_seen_before_it_arrives() -> None:
    first = int(np.argmax(COURSE.quanta.giver == OUTSIDE))
    start_s, taker = COURSE.quanta.step[first] / STEPS_PER_S, int(COURSE.quanta.taker[first])
    assert (OUTSIDE, taker) not in {each[:2] for each in COURSE.under_way(start_s - 0.3)}
    assert (OUTSIDE, taker) in {each[:2] for each in COURSE.under_way(start_s - 0.3, flight_s=0.5)}
    assert COURSE.upness(start_s)[taker] == 0
    assert COURSE.upness(start_s + HOP_S)[taker] == 1
