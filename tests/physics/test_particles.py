"""The lattice band, bosons in it, and the quantum well of arXiv:1305.2014."""

import itertools
import math
from dataclasses import replace

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.constants import k
from scipy.integrate import quad

from physics import bose, lattice, well_particles
from physics import quantum_well as well
from physics.errors import ImpossibleStateError
from physics.quantum_well import PAPER_WELL, Well

Y = st.floats(-300.0, 300.0)


@given(y=Y.filter(lambda y: y == 0 or abs(y) > 1e-100))
def test_energy_and_entropy_against_fifty_digits(y: float) -> None:
    with mpmath.workdps(50):
        I0, I1 = mpmath.besseli(0, mpmath.mpf(y)), mpmath.besseli(1, mpmath.mpf(y))
        energy, entropy = -2 * I1 / I0, mpmath.log(I0) - mpmath.mpf(y) * I1 / I0
    assert lattice.mean_energy_J(y / 2, 1.0) == pytest.approx(float(energy), rel=1e-13, abs=0.0)
    assert lattice.relative_entropy_J_per_K(y / 2, 1.0) / k == pytest.approx(float(entropy), rel=1e-12, abs=1e-13)


@given(y=st.floats(-30, 30))
def test_the_distribution_by_quadrature(y: float) -> None:
    weight = lambda q: math.exp(y * math.cos(q) - abs(y))  # noqa: E731
    Z = quad(weight, -math.pi, math.pi, epsabs=0, epsrel=1e-12)[0]
    q = np.linspace(-math.pi, math.pi, 9)
    assert lattice.quasimomentum_density(q, y / 2, 1.0) == pytest.approx([weight(v) / Z for v in q], rel=1e-10)


@given(q=st.floats(-10, 10), y=Y)
def test_reversing_the_temperature_shifts_the_distribution_to_the_band_edge(q: float, y: float) -> None:
    hot = lattice.quasimomentum_density(q + math.pi, -y / 2, 1.0)
    # The shift by pi is itself rounded, and y amplifies that.
    assert hot == pytest.approx(lattice.quasimomentum_density(q, y / 2, 1.0), rel=1e-14 * (abs(y) + 1) * 20)


@given(M=st.integers(1, 300))
def test_only_an_even_ring_reaches_the_top(M: int) -> None:
    qd = lattice.ring_quasimomenta(M)
    assert qd.size == M and len(set(np.round(qd, 12))) == M
    assert (lattice.band_energy_J(qd, 1.0).max() == 2.0) == (M % 2 == 0)


@given(N=st.floats(0.01, 1e6), beta=st.floats(0.01, 10.0))
def test_bosons_fill_the_bottom_at_positive_and_the_top_at_negative_temperature(N: float, beta: float) -> None:
    E = lattice.band_energy_J(lattice.ring_quasimomenta(20), 1.0)
    for sign in (1.0, -1.0):
        mu = bose.chemical_potential_J(E, N, sign * beta)
        assert mu < E.min() if sign > 0 else mu > E.max()
        n = bose.occupation(E, mu, sign * beta)
        # mu next to the edge of the band is resolved to epsilon only.
        gap = abs(mu - (E.min() if sign > 0 else E.max()))
        assert n.sum() == pytest.approx(N, rel=1e-9 + 1e-15 / gap)
        assert (n > 0).all() and np.argmax(n) == np.argmin(sign * E)


@st.composite
def wells(draw) -> Well:
    a = draw(st.floats(1.0, 40.0))
    return Well(draw(st.floats(0.0, 0.5)), a, a * draw(st.floats(1.05, 20.0)))


def _matching(system: Well, E: float, odd: bool) -> float:
    """Wronskian of the inner and the outer wave at the step, in 40 digits; 0 at a level."""
    with mpmath.workdps(40):
        E, a, L = mpmath.mpf(E), mpmath.mpf(system.a_bohr), mpmath.mpf(system.L_bohr)
        k = mpmath.sqrt(2 * (E + mpmath.mpf(system.U0_hartree)))
        sine, cosine = mpmath.sin(k * a), mpmath.cos(k * a)
        value, slope = (sine, k * cosine) if odd else (cosine, -k * sine)
        q = mpmath.sqrt(2 * abs(E))
        s, c = (mpmath.sinh, mpmath.cosh) if E < 0 else (mpmath.sin, mpmath.cos)
        scale = mpmath.exp(-q * (L - a)) if E < 0 else 1
        return float((value * q * c(q * (L - a)) + slope * s(q * (L - a))) * scale)


@given(wells())
def test_each_level_is_bracketed_by_a_sign_change_of_the_matching_condition(system: Well) -> None:
    E = well.levels(system, 25).energy_hartree
    for n, energy in enumerate(E):
        step = 1e-11 * max(abs(energy), 1e-4)
        if energy - step < -system.U0_hartree or (energy - step) * (energy + step) <= 0:
            continue
        ends = [_matching(system, energy + side * step, n % 2 == 1) for side in (-1, 1)]
        assert ends[0] * ends[1] <= 0


@given(wells())
def test_levels_rise_alternate_in_parity_and_lie_between_two_boxes(system: Well) -> None:
    found = well.levels(system, 60)
    box = (np.pi * np.arange(1, 61) / (2 * system.L_bohr)) ** 2 / 2
    assert (np.diff(found.energy_hartree) > 0).all()
    assert (found.energy_hartree <= box * (1 + 1e-14)).all()
    assert (found.energy_hartree >= box - system.U0_hartree).all()
    assert ((found.inside > 0) & (found.inside < 1)).all()
    assert (found.kinetic_hartree > 0).all()


@given(wells(), st.integers(0, 12))
def test_the_wave_function_has_n_nodes_norm_one_and_the_stated_probability_inside(system: Well, n: int) -> None:
    L = system.L_bohr
    x = np.linspace(-L, L, 20_001)
    psi = well.wave_function(system, n, x)
    assert np.trapezoid(psi**2, x) == pytest.approx(1.0, abs=1e-4)
    signs = np.sign(psi[np.abs(psi) > 1e-9 * np.abs(psi).max()])
    assert np.count_nonzero(np.diff(signs)) == n
    inside = np.trapezoid(np.where(np.abs(x) < system.a_bohr, psi**2, 0.0), x)
    assert inside == pytest.approx(well.levels(system, n + 1).inside[n], abs=2e-3)


@given(wells().filter(lambda w: w.U0_hartree > 0.01))
def test_hellmann_feynman(system: Well) -> None:
    """dE/dU0 = -P_inside."""
    U0, step = system.U0_hartree, 1e-5 * system.U0_hartree
    shallower, deeper = (well.levels(replace(system, U0_hartree=U), 40).energy_hartree for U in (U0 - step, U0 + step))
    assert well.levels(system, 40).inside == pytest.approx((shallower - deeper) / (2 * step), abs=2e-5)


@given(st.floats(1.0, 39.0))
def test_without_depth_it_is_the_plain_box(a: float) -> None:
    found = well.levels(Well(0.0, a, 40.0), 100)
    box = (np.pi * np.arange(1, 101) / 80.0) ** 2 / 2
    assert found.energy_hartree == pytest.approx(box, rel=1e-13)
    assert found.kinetic_hartree == pytest.approx(box, rel=1e-13)
    n = np.arange(1, 101)
    inside = a / 40.0 - (-1.0) ** n * np.sin(n * np.pi * a / 40.0) / (n * np.pi)
    assert found.inside == pytest.approx(inside, abs=1e-13)


@given(wells(), st.floats(0.001, 0.3))
def test_the_canonical_temperature_inverts_the_canonical_energy(system: Well, above: float) -> None:
    E = float(well.levels(system, 1).energy_hartree[0]) + above
    T = well.temperature_C(system, E)
    assert well.canonical_energy(system, T) == pytest.approx(E, abs=1e-11)


@pytest.mark.parametrize("degeneracy", [1, 2])
@pytest.mark.parametrize("N", [1, 2, 3])
def test_states_against_a_list_of_all_occupations(N: int, degeneracy: int) -> None:
    top, single = -0.02, well.levels(PAPER_WELL, 80)
    assert single.energy_hartree[-1] + (N - 1) * single.energy_hartree[0] > top, "more levels are within reach"
    found = well_particles.states(PAPER_WELL, N, top, degeneracy)
    picks = np.array(list(itertools.combinations(np.repeat(np.arange(80), degeneracy).tolist(), N)))
    energy, kinetic = single.energy_hartree[picks].sum(axis=1), single.kinetic_hartree[picks].sum(axis=1)
    energies = np.sort(energy[energy <= top])
    assert np.repeat(found.energy_hartree, found.multiplicity.astype(int)) == pytest.approx(energies, abs=1e-14)
    assert (found.kinetic_hartree * found.multiplicity).sum() == pytest.approx(kinetic[energy <= top].sum(), rel=1e-12)


@pytest.mark.parametrize("degeneracy", [1, 2])
def test_a_chosen_state_is_the_listed_one_and_pauli_holds(degeneracy: int) -> None:
    found = well_particles.states(PAPER_WELL, 3, -0.02, degeneracy)
    for n in range(0, found.energy_hartree.size, 7):
        one = well_particles.chosen_state(PAPER_WELL, found.occupied[::-1, n], degeneracy)
        assert one.energy_hartree == pytest.approx(found.energy_hartree[n], rel=1e-12)
        assert one.kinetic_hartree == pytest.approx(found.kinetic_hartree[n], rel=1e-12)
        same = (one.multiplicity[0], one.unbound[0], one.occupied[:, 0].tolist())
        assert same == (found.multiplicity[n], found.unbound[n], found.occupied[:, n].tolist())
    with pytest.raises(ImpossibleStateError, match="Pauli"):
        well_particles.chosen_state(PAPER_WELL, [2] * (degeneracy + 1), degeneracy)


@settings(max_examples=20)
@given(T=st.floats(0.004, 0.03), N=st.integers(1, 3), degeneracy=st.sampled_from([1, 2]))
def test_canonical_averages_against_sums_over_all_states(T: float, N: int, degeneracy: int) -> None:
    small = Well(0.1, 20.0, 60.0)
    averages = well_particles.canonical_averages(small, N, T, degeneracy)
    ground = well_particles.lowest_energy_hartree(small, N, degeneracy)
    found = well_particles.states(small, N, ground + 32 * T, degeneracy)
    w = found.multiplicity * np.exp(-(found.energy_hartree - ground) / T)
    p = w / w.sum()
    assert averages.energy_hartree == pytest.approx((p * found.energy_hartree).sum(), abs=1e-9)
    assert averages.kinetic_hartree == pytest.approx((p * found.kinetic_hartree).sum(), abs=1e-9)
    entropy = -(p * np.log(p / found.multiplicity)).sum()
    assert averages.entropy_over_k == pytest.approx(entropy, abs=1e-8)


def test_one_particle_is_the_single_particle_problem() -> None:
    found = well_particles.states(PAPER_WELL, 1, 0.1)
    single = well.levels(PAPER_WELL, found.energy_hartree.size)
    assert found.energy_hartree == pytest.approx(single.energy_hartree, abs=0)
    assert well_particles.temperature_K_operator(found) == pytest.approx(well.temperature_K_operator(single), abs=0)
    narrow = well_particles.temperature_E(found, found.energy_hartree, 1e-9)
    assert narrow == pytest.approx(well_particles.temperature_K_operator(found), rel=1e-9)
