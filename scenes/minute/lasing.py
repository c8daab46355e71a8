"""What the laser's atoms and light do: the rate equations, and atoms that go up and come down as those have it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from physics.coldness import temperature_from_beta
from physics.examples import LASER, LASER_LIFETIME_S, LASER_PUMP_PER_S, LASER_RAMP, LASER_WATCHED, PARTICLES
from physics.exchange import OUTSIDE, Exchange, exchange
from physics.laser import LaserState
from physics.three_level_laser import run, threshold_pump_per_s, upper_fraction
from scenes.protons import REST_STEPS, Course

_STEPS = 361
_SWAPS_PER_STEP = 0.22
_SEED = 11
_FIRST_LIGHT = 0.01  # of the light at the end


class TurnOn:
    """The rate equations, from the weakly pumped steady state through the ramp of the pump; times in lifetimes."""

    def __init__(self) -> None:
        weak, strong = LASER_PUMP_PER_S
        t_s = np.linspace(0, LASER_WATCHED, _STEPS) * LASER_LIFETIME_S
        pump = np.interp(t_s, np.array(LASER_RAMP) * LASER_LIFETIME_S, (weak, strong))
        upper = float(upper_fraction(LASER, weak)) * LASER.N
        self._course = run(LASER, pump, t_s, LaserState(np.array(upper), np.array(LASER.N - upper), np.array(0.0)))
        self._light = self._course.photons / self._course.photons[-1]
        self.threshold = float(upper_fraction(LASER, threshold_pump_per_s(LASER)))
        """Upper fraction at which gain balances losses."""
        self.onset = float(np.interp(_FIRST_LIGHT, self._light, t_s)) / LASER_LIFETIME_S
        """When there is a hundredth of the light that there is at the end."""

    def upper(self, elapsed: float) -> float:
        """Return the share of the atoms on the upper level."""
        return self._at(elapsed, self._course.N2) / LASER.N

    def light(self, elapsed: float) -> float:
        """Return the photons in the cavity, as a share of those at the end."""
        return self._at(elapsed, self._light)

    def pump(self, elapsed: float) -> float:
        """Return the pump rate, as a share of the strong one."""
        return self._at(elapsed, self._course.pump_per_s) / LASER_PUMP_PER_S[1]

    def temperature_K(self, elapsed: float) -> float:
        """Return the effective temperature of the two lasing levels in K."""
        return float(temperature_from_beta(self._at(elapsed, self._course.beta_levels_per_J)))

    def _at(self, elapsed: float, values: NDArray[np.float64]) -> float:
        return float(np.interp(elapsed * LASER_LIFETIME_S, self._course.t_s, values))


def lots(
    start: NDArray[np.bool_], counts: NDArray[np.int_], absorbs: tuple[int, int], copies: tuple[int, int], join: int
) -> tuple[Course, Course]:
    """Draw who goes up and comes down when, so that as many are up as wanted.

    Two atoms are watched and do as they are told until a step, so others make up for them.

    Args:
        start: who is up at first, shape (N,).
        counts: atoms up after each step, shape (steps,).
        absorbs: which atom goes up, and at which step.
        copies: which atom comes down, and at which step.
        join: step from which the two are like the others, later than both.

    Returns:
        What all atoms do, and what they do of themselves.
    """
    step = np.arange(join)
    watched = np.array([absorbs[0], copies[0]])
    others = np.setdiff1d(np.arange(PARTICLES), watched)
    of_watched = (step >= absorbs[1]).astype(int) + (step < copies[1])
    rest = counts[:join] - of_watched
    first = exchange(rest, len(others), _SWAPS_PER_STEP, _SEED, REST_STEPS, start=start[others])
    then = start.copy()
    then[others] = first.upper(join)[-1]
    then[watched] = True, False
    second = exchange(counts[join - 1 :], PARTICLES, _SWAPS_PER_STEP, _SEED + 1, REST_STEPS, start=then)
    names = np.append(others, OUTSIDE)
    steps = np.concatenate([first.step, second.step + join - 1])
    giver = np.concatenate([names[first.giver], second.giver])
    taker = np.concatenate([names[first.taker], second.taker])
    told_steps = np.append(steps, [absorbs[1], copies[1]])
    told_giver, told_taker = np.append(giver, [OUTSIDE, copies[0]]), np.append(taker, [absorbs[0], OUTSIDE])
    return Course(Exchange(start, told_steps, told_giver, told_taker)), Course(Exchange(start, steps, giver, taker))
