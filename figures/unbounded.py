"""Why a gas cannot: entropy over energy with a top and without one, and what becomes of the weights."""

import numpy as np
from matplotlib.figure import Figure as Canvas
from scipy.constants import k

from figures.figure import Figure
from figures.style import Look, note, sheet
from physics import two_level, unbounded

_LEVELS = 12


def _entropies(look: Look) -> Canvas:
    canvas, (entropy, weights) = sheet(1, 2, 4.4)
    x = np.linspace(-8, 8, 801)
    share, S = two_level.upper_fraction(x, 1.0), two_level.entropy_J_per_K(x, 1.0) / k
    look.trace(entropy, share, S, share)
    warm = np.geomspace(0.3, 20, 400)
    energy = unbounded.oscillator_energy_J(warm, 1.0)
    entropy.plot(energy, unbounded.oscillator_entropy_J_per_K(warm, 1.0) / k, "--", color=look.muted)
    note(entropy, 0.3, 0.2, "two levels", look.ink, ha="center")
    note(entropy, 1.55, 1.62, "an oscillator", look.muted, ha="right")
    entropy.set(
        title="Entropy of one particle", xlabel="energy / quantum", ylabel="entropy / k", xlim=(0, 2), ylim=(0, 2)
    )
    n = np.arange(_LEVELS)
    for beta, mark in ((0.3, "o"), (0.0, "s"), (-0.3, "^")):
        weights.plot(n, np.exp(-beta * n), mark, color=look.colour(float(two_level.upper_fraction(4 * beta, 1.0))))
        note(
            weights, 7.2, float(np.exp(-beta * 7)), rf"$\beta\,\Delta E = {beta:g}$", look.ink, va="bottom", ha="right"
        )
    weights.set(title="Weights of an oscillator's levels", xlabel="level n", ylabel=r"$e^{-\beta E_n}$", yscale="log")
    return canvas


FIGURES = (
    Figure(
        "no-top",
        "Left: the entropy of a two-level particle has a top, past which more energy means less of it; that of an "
        "oscillator, as of a gas, only climbs. Right: Boltzmann's weights of an oscillator's levels. At negative "
        "coldness each weighs more than the one below, and as there is no highest level they have no sum: no such "
        "state exists.",
        _entropies,
    ),
)
