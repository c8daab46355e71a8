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
    note(entropy, 0.3, 0.2, look.say("no-top.two"), look.ink, ha="center")
    note(entropy, 1.55, 1.62, look.say("no-top.oscillator"), look.muted, ha="right")
    entropy.set(
        title=look.say("no-top.one"),
        xlabel=look.say("no-top.quanta"),
        ylabel=look.say("no-top.entropy"),
        xlim=(0, 2),
        ylim=(0, 2),
    )
    n = np.arange(_LEVELS)
    for beta, mark, aside in ((0.3, "o", "left"), (0.0, "s", "center"), (-0.3, "^", "right")):
        weights.plot(n, np.exp(-beta * n), mark, color=look.colour(float(two_level.upper_fraction(4 * beta, 1.0))))
        at, named = (7, float(np.exp(-beta * 7))), f"β ΔE = {look.number(beta)}"
        note(weights, *at, named, look.ink, va="bottom", ha=aside, xytext=(0, 7), textcoords="offset points")
    weights.set(title=look.say("no-top.weights"), xlabel=look.say("no-top.level"), ylabel="exp(−β Eₙ)", yscale="log")
    return canvas


FIGURES = (Figure("no-top", _entropies),)
