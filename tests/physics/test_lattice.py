"""The lattice band and bosons in it, at both signs of T."""

import itertools
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.constants import atomic_mass, k
from scipy.integrate import quad
from scipy.linalg import eigvalsh

from physics import bose, lattice
from physics.errors import ImpossibleStateError, NotANumberError, OutOfDomainError

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
    mean = quad(lambda q: -2 * math.cos(q) * weight(q), -math.pi, math.pi, epsabs=1e-13, epsrel=1e-12)[0] / Z
    assert lattice.mean_energy_J(y / 2, 1.0) == pytest.approx(mean, rel=1e-9, abs=1e-11)
    q = np.linspace(-math.pi, math.pi, 9)
    assert lattice.quasimomentum_density(q, y / 2, 1.0) == pytest.approx([weight(v) / Z for v in q], rel=1e-10)


@given(q=st.floats(-10, 10), y=Y)
def test_reversing_the_temperature_shifts_the_distribution_to_the_band_edge(q: float, y: float) -> None:
    hot = lattice.quasimomentum_density(q + math.pi, -y / 2, 1.0)
    # The shift by pi is itself rounded, and y amplifies that.
    assert hot == pytest.approx(lattice.quasimomentum_density(q, y / 2, 1.0), rel=1e-14 * (abs(y) + 1) * 20)


def test_the_limits_of_the_band() -> None:
    assert lattice.mean_energy_J([math.inf, -math.inf, 1e30, 0.0], 3.0).tolist() == [-6.0, 6.0, -6.0, 0.0]
    assert np.argmax(lattice.quasimomentum_density(lattice.ring_quasimomenta(10), -1.0, 1.0)) == 9


@given(M=st.integers(1, 300))
def test_only_an_even_ring_reaches_the_top(M: int) -> None:
    qd = lattice.ring_quasimomenta(M)
    assert qd.size == M and len(set(np.round(qd, 12))) == M
    assert (lattice.band_energy_J(qd, 1.0).max() == 2.0) == (M % 2 == 0)


@pytest.mark.parametrize("depth", [0.5, 3.0, 6.0, 10.0, 20.0])
def test_band_edges_against_plane_waves(depth: float) -> None:
    size = 31
    for q, edge in zip((0.0, 1.0), lattice.band_edges_recoil(depth), strict=True):
        kinetic = (q + 2.0 * np.arange(-(size // 2), size // 2 + 1)) ** 2
        matrix = np.diag(kinetic + depth / 2) - depth / 4 * (np.eye(size, k=1) + np.eye(size, k=-1))
        assert edge == pytest.approx(eigvalsh(matrix)[0], abs=1e-11)


def test_hopping_in_the_braun_experiment() -> None:
    assert lattice.hopping_recoil(6.0) == pytest.approx(0.05089, abs=5e-6)
    J_over_k_nK = 1e9 * lattice.hopping_recoil(6.0) * lattice.recoil_energy_J(736.65e-9, 38.963706 * atomic_mass) / k
    assert J_over_k_nK == pytest.approx(23.0, abs=0.05)


def test_hopping_in_a_deep_lattice_follows_the_known_asymptote() -> None:
    """4/sqrt(pi) V^(3/4) exp(-2 sqrt(V)), Zwerger, J. Opt. B 5, S9 (2003); its correction is of order V^(-1/2)."""
    V = np.array([50.0, 200.0])
    ratio = lattice.hopping_recoil(V) / (4 / math.sqrt(math.pi) * V**0.75 * np.exp(-2 * np.sqrt(V)))
    assert (np.abs(ratio - 1) < 0.6 / np.sqrt(V)).all()


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


def test_dilute_bosons_are_boltzmann_particles() -> None:
    qd = lattice.ring_quasimomenta(400)
    E = lattice.band_energy_J(qd, 1.0)
    for beta in (0.7, -0.7):
        n = bose.occupation(E, bose.chemical_potential_J(E, 1e-6, beta), beta) / 1e-6
        assert n == pytest.approx(lattice.quasimomentum_density(qd, beta, 1.0) * 2 * math.pi / 400, rel=1e-6)


def test_stability_needs_one_sign() -> None:
    stable = {s for s in itertools.product((1, -1), repeat=3) if bose.is_stable(*s)}
    assert stable == {(1, 1, 1), (-1, -1, -1)}
    assert not bose.is_stable(1.0, 1.0, 0.0) and not bose.is_stable(-1.0, -1.0, 0.0)
    assert bose.is_stable([1.0, -1.0], [2.0, -0.1], [math.inf, -math.inf]).tolist() == [True, True]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: bose.occupation([-2.0, 2.0], 0.0, 1.0), ImpossibleStateError),
        (lambda: bose.occupation([-2.0, 2.0], 0.0, -1.0), ImpossibleStateError),
        (lambda: bose.occupation([-2.0, 2.0], -3.0, -1.0), ImpossibleStateError),
        (lambda: bose.occupation([-2.0, 2.0], 2.0, -1.0), ImpossibleStateError),
        (lambda: bose.occupation([-2.0, 2.0], 3.0, 0.0), OutOfDomainError),
        (lambda: bose.chemical_potential_J([0.0], -1.0, 1.0), OutOfDomainError),
        (lambda: bose.is_stable(0.0, 1.0, 1.0), OutOfDomainError),
        (lambda: bose.is_stable(1.0, math.nan, 1.0), NotANumberError),
        (lambda: lattice.mean_energy_J(1.0, 0.0), OutOfDomainError),
        (lambda: lattice.relative_entropy_J_per_K(math.inf, 1.0), OutOfDomainError),
        (lambda: lattice.ring_quasimomenta(0), OutOfDomainError),
        (lambda: lattice.hopping_recoil(-1.0), OutOfDomainError),
    ],
)
def test_impossible_lattices_raise(call, error) -> None:
    with pytest.raises(error):
        call()
