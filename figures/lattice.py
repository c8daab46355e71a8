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
    id = "band-distributions"
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
    band.set(
        title=look.say(f"{id}.bounded"), xlabel=look.say("common.momentum"), ylabel=look.say(f"{id}.energy"), **_TICKS
    )
    spread.set(
        title=look.say(f"{id}.who"),
        xlabel=look.say("common.momentum"),
        ylabel=look.say(f"{id}.density"),
        ylim=(0, 0.37),
        **_TICKS,
    )
    note(spread, 0, 0.335, f"T = {look.number(_T_IN_J, signed=True)} J/k", look.colour(0.14), ha="center")
    note(spread, np.pi, 0.335, f"T = {look.number(-_T_IN_J)} J/k", look.colour(0.86), ha="right")
    note(spread, 0, float(flat[0]) - 0.012, "T = ±∞", look.colour(0.5), ha="center", va="top")
    return canvas


def _bosons(look: Look) -> Canvas:
    id = "band-bosons"
    canvas, (filled, rules) = sheet(1, 2, 4.9, width_ratios=(3, 2))
    qd = lattice.ring_quasimomenta(64)
    E = lattice.band_energy_J(qd, 1.0)
    for beta, mark, place, range_of_T in ((0.5, "o", "below", "T > 0"), (-0.5, "s", "above", "T < 0")):
        n = bose.occupation(E, bose.chemical_potential_J(E, 64.0, beta), beta)
        colour = look.colour(float(upper_fraction(beta * 4, 1.0)))
        filled.semilogy(qd, n, mark, color=colour, markersize=4, label=look.say(f"{id}.{place}", sign=range_of_T))
    filled.set(
        title=look.say(f"{id}.filled"),
        xlabel=look.say("common.momentum"),
        ylabel=look.say(f"{id}.occupation"),
        **_TICKS,
    )
    filled.set_ylim(0.1, 25)
    filled.legend(loc="upper center", bbox_to_anchor=(0.5, 1.0), fontsize=9)
    rules.set_axis_off()
    rules.set(title=look.say(f"{id}.rules"), xlim=(0, 4), ylim=(-4.6, 0.8))
    for column, head in enumerate(("U", "V", "T", "")):
        rules.text(0.4 + column * 0.8, 0.2, head, weight="bold", ha="center")
    for row, (U, V) in enumerate(((1, 1), (-1, 1), (1, -1), (-1, -1))):
        for side, T in enumerate((1, -1)):
            y = -0.35 - row * 1.1 - side * 0.5
            stable = bool(bose.is_stable(U, V, T))
            shade: tuple[float, float, float] | str = look.colour(0.14 if T > 0 else 0.9) if stable else look.muted
            for column, sign in enumerate((U, V, T)):
                rules.text(0.4 + column * 0.8, y, "+" if sign > 0 else "−", ha="center", color=shade)
            rules.text(2.5, y, look.say(f"{id}.stable" if stable else f"{id}.unstable"), color=shade, fontsize=9.5)
    return canvas


FIGURES = (
    Figure("band-distributions", _distributions),
    Figure("band-bosons", _bosons),
)
