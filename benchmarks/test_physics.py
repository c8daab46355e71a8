"""How fast the physics is: what a frame or a scene calls, and sets. Run with ``pytest benchmarks --benchmark-only``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from physics import (
    coldness,
    contact,
    entropy,
    laser,
    lattice,
    microcanonical,
    spins,
    three_level_laser,
    two_level,
    verification,
    well_particles,
)
from physics import quantum_well as well
from physics.quantum_well import PAPER_WELL

pytestmark = pytest.mark.benchmark(min_rounds=1, max_time=0.5)

_BODIES = two_level.TwoLevelBody(100, 1.0), two_level.TwoLevelBody(200, 1.0)
_YAG = laser.FourLevelLaser(1e16, 2.8175e14, 2.3e-4, 1e-8, 1e-8, 1e-6)
_RUBY = three_level_laser.ThreeLevelLaser(1e19, 4.3e14, 3e-3, 1e-8, 1e-10, g1=4, g2=2)
_PUMPING_S = np.linspace(0, 2e-3, 600)


def _well_set() -> None:
    """Levels to E >> 20 T, all temperatures, and N = 1 to 4 with and without spin: under 10 s."""
    found = well.levels(PAPER_WELL, 600)
    well.temperature_mu(found)
    well.temperature_C(PAPER_WELL, found.energy_hartree[1:140])
    for degeneracy in (1, 2):
        for N in range(1, 5):
            states = well_particles.states(PAPER_WELL, N, 0.1 * N, degeneracy)
            reachable = states.energy_hartree[states.energy_hartree < 0.1 * N - 2e-3]
            well_particles.temperature_E(states, reachable, 2e-3)
            well_particles.volume_entropy(states)
            well_particles.canonical_averages(PAPER_WELL, N, np.geomspace(0.003, 0.3, 120), degeneracy)


_OF_A_FRAME: dict[str, Callable[[Any], Any]] = {
    "temperature_from_beta": lambda x: coldness.temperature_from_beta(x),
    "upper_fraction": lambda x: two_level.upper_fraction(x, 1.0),
    "two-level entropy": lambda x: two_level.entropy_J_per_K(x, 1.0),
    "beta_from_upper_fraction": lambda x: two_level.beta_from_upper_fraction(0.5 + 0.1 * x, 1.0),
    "exact entropy": lambda x: entropy.boltzmann_entropy_J_per_K(100.0, 50.0 + x),
    "tangent of the dome": lambda x: microcanonical.beta_exact(100.0, 50.0 + x, 1.0),
    "polarisation": lambda x: spins.polarisation(x * 1e23, spins.PROTON, 1.0),
    "quasimomentum density": lambda x: lattice.quasimomentum_density(x, -0.5, 1.0),
    "saturated gain": lambda x: laser.saturated_gain_per_m(1.0, 1.0 + x, 1.0),
}
_CALLS: dict[str, dict[str, Callable[[], Any]]] = {
    "every frame, 1 value": {name: partial(call, 0.3) for name, call in _OF_A_FRAME.items()},
    "every frame, 1000 values": {
        name: partial(call, np.linspace(0.01, 0.9, 1000)) for name, call in _OF_A_FRAME.items()
    },
    "once a scene": {
        "contact": partial(contact.relax, *_BODIES, -2.0, 1.6, 1.0, np.linspace(0, 6, 600)),
        "YAG": partial(laser.run, _YAG, 2 * laser.threshold_pump_per_s(_YAG), _PUMPING_S),
        "ruby": partial(three_level_laser.run, _RUBY, 2 * three_level_laser.threshold_pump_per_s(_RUBY), _PUMPING_S),
    },
    "sets": {"quantum well": _well_set, "verification": verification.verify},
}


@pytest.mark.parametrize(("group", "name"), [(group, name) for group, calls in _CALLS.items() for name in calls])
def test_physics(benchmark: BenchmarkFixture, group: str, name: str) -> None:
    benchmark.group = group
    benchmark(_CALLS[group][name])
