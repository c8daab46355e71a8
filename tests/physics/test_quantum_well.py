"""The quantum well of arXiv:1305.2014: one particle and several."""

import itertools
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from physics import quantum_well as well
from physics import well_particles
from physics.errors import ImpossibleStateError, NotANumberError, OutOfDomainError
from physics.quantum_well import DEEP_WELL, PAPER_WELL, Well


@st.composite
def wells(draw) -> Well:
    a = draw(st.floats(1.0, 40.0))
    return Well(draw(st.floats(0.0, 0.5)), a, a * draw(st.floats(1.05, 20.0)))


def _matching(system: Well, E: float, odd: bool) -> float:
    """Wronskian of the inner and the outer wave at the step, in 40 digits; 0 at a level."""
    with mpmath.workdps(40):
        E, a, L = mpmath.mpf(E), mpmath.mpf(system.a_bohr), mpmath.mpf(system.L_bohr)
        k = mpmath.sqrt(2 * (E + mpmath.mpf(system.U0_hartree)))
        value, slope = (
            (mpmath.sin(k * a), k * mpmath.cos(k * a)) if odd else (mpmath.cos(k * a), -k * mpmath.sin(k * a))
        )
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
    inside = np.abs(x) < system.a_bohr
    assert np.trapezoid(np.where(inside, psi**2, 0.0), x) == pytest.approx(
        well.levels(system, n + 1).inside[n], abs=2e-3
    )


@given(wells().filter(lambda w: w.U0_hartree > 0.01))
def test_hellmann_feynman(system: Well) -> None:
    """dE/dU0 = -P_inside."""
    step = 1e-5 * system.U0_hartree
    low, high = (
        well.levels(Well(system.U0_hartree + d, system.a_bohr, system.L_bohr), 40).energy_hartree for d in (-step, step)
    )
    assert well.levels(system, 40).inside == pytest.approx((low - high) / (2 * step), abs=2e-5)


def test_levels_against_shooting() -> None:
    """Integrate the Schroedinger equation itself from the centre; the wave must vanish at the wall."""
    found = well.levels(PAPER_WELL, 8)
    for n, E in enumerate(found.energy_hartree):
        psi = np.array([0.0, 1.0] if n % 2 else [1.0, 0.0])
        largest = 0.0
        for (x0, x1), V in (((0.0, 20.0), -0.1), ((20.0, 200.0), 0.0)):
            # Stop the forbidden tail before its growing solution takes over.
            x1 = x1 if V < 0 or E > 0 else min(200.0, 20.0 + 8.0 / math.sqrt(-2 * E))
            run = solve_ivp(
                lambda _, y, V=V, E=E: [y[1], 2 * (V - E) * y[0]], (x0, x1), psi, "DOP853", rtol=1e-12, atol=1e-14
            )
            psi, largest = run.y[:, -1], max(largest, np.abs(run.y[0]).max())
        assert abs(psi[0]) < 1e-3 * largest


def test_nearly_degenerate_pairs_are_told_apart() -> None:
    """A thin ledge leaves even and odd levels of the two outer regions close, never equal."""
    E = well.levels(Well(5.0, 2.0, 400.0), 400).energy_hartree
    assert (np.diff(E) > 0).all()
    assert np.diff(E).min() / np.diff(E).max() < 0.2


def test_a_very_wide_box_does_not_overflow() -> None:
    found = well.levels(Well(0.1, 20.0, 1e6), 6)
    narrow = well.levels(Well(0.1, 20.0, 400.0), 6)
    assert found.energy_hartree[:5] == pytest.approx(narrow.energy_hartree[:5], rel=1e-12)
    assert np.isfinite(found.kinetic_hartree).all()


@given(st.floats(1.0, 39.0))
def test_without_depth_it_is_the_plain_box(a: float) -> None:
    found = well.levels(Well(0.0, a, 40.0), 100)
    box = (np.pi * np.arange(1, 101) / 80.0) ** 2 / 2
    assert found.energy_hartree == pytest.approx(box, rel=1e-13)
    assert found.kinetic_hartree == pytest.approx(box, rel=1e-13)
    n = np.arange(1, 101)
    inside = a / 40.0 - (-1.0) ** n * np.sin(n * np.pi * a / 40.0) / (n * np.pi)
    assert found.inside == pytest.approx(inside, abs=1e-13)


def test_published_and_recomputed_numbers() -> None:
    found = well.levels(PAPER_WELL, 200)
    E, K = found.energy_hartree, found.kinetic_hartree
    assert E[[0, 5, 6]] == pytest.approx([-0.0975070, -0.0149125, 0.000145210], abs=5e-8)
    assert (E < 0).sum() == 6 and (np.diff(K[:6]) > 0).all()
    assert K[5] / K[6] == pytest.approx(304.3, abs=0.05)
    deep = well.levels(DEEP_WELL, 20)
    assert deep.energy_hartree[8] == pytest.approx(-0.000719, abs=5e-7)
    assert deep.kinetic_hartree[8] < deep.kinetic_hartree[7]


def test_where_the_temperature_definitions_agree_and_where_not() -> None:
    found = well.levels(PAPER_WELL, 200)
    difference = np.abs(well.temperature_mu(found) / well.temperature_K_operator(found)[1:-1] - 1)
    n = np.arange(1, 199)
    assert difference[n <= 5].max() < 0.11 and difference[(n == 6) | (n == 7)].min() > 3
    assert difference[(n >= 30) & (n < 60)].max() < 0.06
    assert difference[(n >= 60) & (n < 120)].max() < 0.012
    T_C = well.temperature_C(PAPER_WELL, found.energy_hartree[1:140])
    assert (np.diff(T_C) > 0).all()
    assert T_C[99] == pytest.approx(well.temperature_mu(found)[99], rel=0.01)
    assert well.temperature_C(PAPER_WELL, 0.0) == pytest.approx(0.0654596, abs=5e-8)


@given(wells(), st.floats(0.001, 0.3))
def test_the_canonical_temperature_inverts_the_canonical_energy(system: Well, above: float) -> None:
    E = float(well.levels(system, 1).energy_hartree[0]) + above
    T = well.temperature_C(system, E)
    assert well.canonical_energy(system, T) == pytest.approx(E, abs=1e-11)


@pytest.mark.parametrize("degeneracy", [1, 2])
@pytest.mark.parametrize("N", [1, 2, 3])
def test_states_against_a_list_of_all_occupations(N: int, degeneracy: int) -> None:
    top = -0.02
    found = well_particles.states(PAPER_WELL, N, top, degeneracy)
    single = well.levels(PAPER_WELL, 90)
    orbitals = [n for n in range(90) for _ in range(degeneracy)]
    if N == 3:
        orbitals = [n for n in orbitals if single.energy_hartree[n] + 2 * single.energy_hartree[0] < top]
    picks = [p for p in itertools.combinations(orbitals, N) if sum(single.energy_hartree[list(p)]) <= top]
    energies = np.sort([single.energy_hartree[list(p)].sum() for p in picks])
    assert np.repeat(found.energy_hartree, found.multiplicity.astype(int)) == pytest.approx(energies, abs=1e-14)
    kinetic = sum(single.kinetic_hartree[list(p)].sum() for p in picks)
    assert (found.kinetic_hartree * found.multiplicity).sum() == pytest.approx(kinetic, rel=1e-12)
    assert found.multiplicity.sum() == len(picks)


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


@pytest.mark.parametrize(
    ("N", "onsets"), [(2, [-0.0487, 0]), (3, [-0.0625, -0.0324, 0]), (4, [-0.0663, -0.0468, -0.0242, 0])]
)
def test_onsets_of_the_branches(N: int, onsets: list[float]) -> None:
    computed = well_particles.onsets_hartree(PAPER_WELL, N)
    assert computed[:-1] == pytest.approx(onsets[:-1], abs=5e-5)
    assert 0 < computed[-1] < 5e-4
    found = well_particles.states(PAPER_WELL, N, 0.01 * N)
    first = [found.energy_hartree[found.unbound == j][0] / N for j in range(1, N + 1)]
    assert computed == pytest.approx(first, abs=1e-14)


@pytest.mark.parametrize("N", [2, 3, 4])
def test_volume_entropy_never_falls(N: int) -> None:
    entropy = well_particles.volume_entropy(well_particles.states(PAPER_WELL, N, -0.01 * N))
    assert entropy[0] == 0.0 and (np.diff(entropy) > 0).all()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: Well(-0.1, 20.0, 200.0), OutOfDomainError),
        (lambda: Well(0.1, 200.0, 20.0), OutOfDomainError),
        (lambda: Well(math.nan, 20.0, 200.0), NotANumberError),
        (lambda: well.levels(PAPER_WELL, 0), OutOfDomainError),
        (lambda: well.temperature_C(PAPER_WELL, -0.0976), OutOfDomainError),
        (lambda: well.canonical_energy(PAPER_WELL, -0.01), OutOfDomainError),
        (lambda: well.temperature_mu(well.levels(PAPER_WELL, 2)), OutOfDomainError),
        (lambda: well_particles.states(PAPER_WELL, 2, -1.0), OutOfDomainError),
        (lambda: well_particles.states(PAPER_WELL, 2, 0.0, degeneracy=3), OutOfDomainError),
        (lambda: well_particles.states(PAPER_WELL, 2, 2000.0), OutOfDomainError),
        (lambda: well_particles.canonical_averages(PAPER_WELL, 4, 1e-5), OutOfDomainError),
        (lambda: well_particles.onsets_hartree(PAPER_WELL, 20), ImpossibleStateError),
        (
            lambda: well_particles.temperature_E(well_particles.states(PAPER_WELL, 2, 0.0), -0.19, 1e-6),
            ImpossibleStateError,
        ),
    ],
)
def test_impossible_wells_raise(call, error) -> None:
    with pytest.raises(error):
        call()


def test_the_kth_drop_of_the_averaged_temperature_shrinks_with_the_number_of_particles() -> None:
    window, drops = 2e-3, {}
    for N in range(1, 5):
        found = well_particles.states(PAPER_WELL, N, 0.03 * N)
        starts = found.energy_hartree[found.energy_hartree < found.energy_hartree[-1] - window]
        T_E = well_particles.temperature_E(found, starts, window)
        onsets = N * well_particles.onsets_hartree(PAPER_WELL, N)
        edges = [-math.inf, *onsets, math.inf]
        drops[N] = [
            T_E[(starts >= edges[k - 1]) & (starts < edges[k] - window)].max()
            - T_E[(starts >= edges[k]) & (starts < edges[k + 1])].min()
            for k in range(1, N + 1)
        ]
    for N in range(1, 4):
        assert all(larger > smaller for larger, smaller in zip(drops[N], drops[N + 1], strict=False))
    assert min(drops[4]) > 0
