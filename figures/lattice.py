"""The optical lattice: the band at T > 0 and T < 0, and bosons in it."""

import numpy as np
from matplotlib.figure import Figure as Canvas

from figures.figure import Figure
from figures.style import Look, note, sheet
from physics import bose, lattice
from physics.two_level import upper_fraction

_T_IN_J = 2.2  # Braun et al.: T = -2.2 J/k
_TICKS = dict(xticks=[-np.pi, -np.pi / 2, 0, np.pi / 2, np.pi], xticklabels=["−π", "−π/2", "0", "π/2", "π"])


def _distributions(look: Look) -> Canvas:
    canvas, (band, spread) = sheet(1, 2, 4.4)
    q = np.linspace(-np.pi, np.pi, 401)
    E = lattice.band_energy_J(q, 1.0)
    for beta, lift in ((1 / _T_IN_J, -0.06), (-1 / _T_IN_J, 0.06)):
        n = lattice.quasimomentum_density(q, beta, 1.0)
        shade = float(upper_fraction(beta * 4, 1.0))
        band.scatter(q[::10], E[::10] + lift * 2.2, s=500 * n[::10], color=look.colour(shade), alpha=0.75, linewidths=0)
        spread.plot(q, n, color=look.colour(shade))
    band.plot(q, E, color=look.ink, linewidth=1.2)
    flat = lattice.quasimomentum_density(q, 0.0, 1.0)
    spread.plot(q, flat, "--", color=look.colour(0.5), linewidth=1.6)
    band.set(title="One band, bounded on both sides", xlabel="quasimomentum q d", ylabel="energy / J", **_TICKS)
    spread.set(title="Who is where", xlabel="quasimomentum q d", ylabel="probability density", ylim=(0, 0.37), **_TICKS)
    note(spread, 0, 0.335, "T = +2.2 J/k", look.colour(0.14), ha="center")
    note(spread, np.pi, 0.335, "T = −2.2 J/k", look.colour(0.86), ha="right")
    note(spread, 0, float(flat[0]) - 0.012, "T = ±∞", look.colour(0.5), ha="center", va="top")
    return canvas


def _bosons(look: Look) -> Canvas:
    canvas, (filled, rules) = sheet(1, 2, 4.4, width_ratios=(3, 2))
    qd = lattice.ring_quasimomenta(64)
    E = lattice.band_energy_J(qd, 1.0)
    for beta, mark, name in ((0.5, "o", "T > 0: μ below the band"), (-0.5, "s", "T < 0: μ above the band")):
        n = bose.occupation(E, bose.chemical_potential_J(E, 64.0, beta), beta)
        colour = look.colour(float(upper_fraction(beta * 4, 1.0)))
        filled.semilogy(qd, n, mark, color=colour, markersize=4, label=name)
    filled.set(title="64 bosons on 64 sites", xlabel="quasimomentum q d", ylabel="mean occupation", **_TICKS)
    filled.set_ylim(0.1, 25)
    filled.legend(loc="upper center", bbox_to_anchor=(0.5, 1.0), fontsize=9)
    rules.set_axis_off()
    rules.set(title="Which signs are stable", xlim=(0, 4), ylim=(-4.6, 0.8))
    for column, head in enumerate(("U", "V", "T", "")):
        rules.text(0.4 + column * 0.8, 0.2, head, weight="bold", ha="center")
    for row, (U, V) in enumerate(((1, 1), (-1, 1), (1, -1), (-1, -1))):
        for side, T in enumerate((1, -1)):
            y = -0.35 - row * 1.1 - side * 0.5
            stable = bool(bose.is_stable(U, V, T))
            shade: tuple[float, float, float] | str = look.colour(0.14 if T > 0 else 0.9) if stable else look.muted
            for column, sign in enumerate((U, V, T)):
                rules.text(0.4 + column * 0.8, y, "+" if sign > 0 else "−", ha="center", color=shade)
            rules.text(2.5, y, "stable" if stable else "unstable", color=shade, fontsize=9.5)
    return canvas


FIGURES = (
    Figure(
        "band-distributions",
        "A tight-binding band holds energies from -2J to +2J, so both signs of T are possible. At T > 0 particles "
        "gather at q = 0, at T < 0 at the edge q = +-pi/d, and at T = +-infinity they spread evenly. Drawn for "
        "dilute particles at the temperature reported by Braun et al. (2013), T = -2.2 J/k, and its mirror; the "
        "measured cloud is a trapped three-dimensional Bose gas, of which this is the one-dimensional ideal limit.",
        _distributions,
    ),
    Figure(
        "band-bosons",
        "Bosons in the same band. Occupations are positive only with the chemical potential below the band (T > 0) "
        "or above it (T < 0), where the top of the band fills up. Right: a trapped gas is stable only if "
        "interaction U, trap V and temperature T have one sign (Braun et al. 2013, Fig. 1). The experiment turned "
        "round U and V; the lattice supplies the bounded band and J keeps its sign.",
        _bosons,
    ),
)
