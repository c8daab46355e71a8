"""Two levels: populations, entropy, the exact dome, and T and beta along the energy."""

import numpy as np
from matplotlib.figure import Figure as Canvas
from scipy.constants import k

from figures.figure import Figure
from figures.style import Look, note, sheet
from physics import entropy, microcanonical
from physics import two_level as pair


def _populations(look: Look) -> Canvas:
    canvas, (top_x, top_T, low_x, low_T) = sheet(2, 2, 6.4, sharey="row")
    x = np.linspace(8, -8, 801)
    T = np.concatenate([np.linspace(0.02, 4, 400), np.linspace(-4, -0.02, 400)])
    for p_axis, S_axis, at, branches in (
        (top_x, low_x, x, [slice(None)]),
        (top_T, low_T, T, [slice(0, 400), slice(400, 800)]),
    ):
        beta = at if at is x else 1 / at
        p, S = pair.upper_fraction(beta, 1.0), pair.entropy_J_per_K(beta, 1.0) / k
        for part in branches:
            look.trace(p_axis, at[part], p[part], p[part])
            p_axis.plot(at[part], 1 - p[part], color=look.muted, linestyle=(0, (4, 2)), linewidth=1.6)
            look.trace(S_axis, at[part], S[part], p[part])
    top_x.set(title=look.say("populations.against_beta"), ylabel=look.say("populations.share"), ylim=(-0.04, 1.04))
    top_T.set(title=look.say("populations.against_T"))
    note(top_x, -7.6, 0.9, look.say("populations.upper"), look.colour(0.95), ha="right")
    note(top_x, -7.6, 0.06, look.say("populations.lower"), look.muted, ha="right")
    low_x.set(xlabel=look.say("populations.cold_to_hot"), ylabel=look.say("common.per_particle"))
    low_T.set(xlabel=look.say("common.temperature_over_gap"))
    low_x.axhline(np.log(2), color=look.faint, linewidth=1)
    note(low_x, 7.6, np.log(2) + 0.015, look.say("populations.top"), look.muted)
    low_x.set_ylim(-0.03, 0.8)
    for ax in (top_x, low_x):
        ax.set_xlim(8, -8)
        ax.axvline(0, color=look.muted, linewidth=0.8)
    for ax in (top_T, low_T):
        ax.axvline(0, color=look.muted, linewidth=0.8)
    note(low_T, 2.2, 0.05, "T > 0", look.colour(0.1), ha="center")
    note(low_T, -2.2, 0.05, "T < 0", look.colour(0.95), ha="center")
    return canvas


def _dome(look: Look) -> Canvas:
    canvas, (dome, gap) = sheet(1, 2, 4.6)
    share = np.linspace(0, 1, 401)
    limit = entropy.stirling_entropy_J_per_K(1.0, share) / k
    dome.plot(share, limit, color=look.ink, linestyle=(0, (5, 2)), linewidth=1.5, label=look.say("dome.any"))
    for N, mark in ((4, "o"), (10, "s"), (50, "")):
        look.trace(dome, share, entropy.boltzmann_entropy_J_per_K(N, N * share) / (N * k), share, 2.0)
        if mark:
            n = np.arange(N + 1)
            S = entropy.boltzmann_entropy_J_per_K(N, n) / (N * k)
            dome.scatter(n / N, S, c=[look.colour(v) for v in n / N], marker=mark, s=26, zorder=3)
        top = float(entropy.boltzmann_entropy_J_per_K(N, N / 2)) / (N * k)
        note(dome, 0.5, top, f"N = {N}", look.ink, ha="center", va="top", xytext=(0, -7), textcoords="offset points")
    dome.set(xlabel=look.say("dome.share"), ylabel="S/(Nk)", title=look.say("dome.exact"))
    dome.set_ylim(-0.02, 0.76)
    dome.legend(loc="lower center")
    count = np.unique(np.round(np.logspace(0.31, 6, 200)))
    difference = (
        entropy.stirling_entropy_J_per_K(count, count / 2) - entropy.boltzmann_entropy_J_per_K(count, count / 2)
    ) / (count * k)
    gap.loglog(count, difference, color=look.ink, label=look.say("dome.difference"))
    gap.loglog(count, np.log(np.pi * count / 2) / (2 * count), color=look.muted, linestyle=":", label="ln(πN/2)/2N")
    gap.set(xlabel=look.say("dome.number"), ylabel=look.say("dome.apart"), title=look.say("dome.left_out"))
    gap.legend(loc="lower left")
    return canvas


def _temperature_along_energy(look: Look) -> Canvas:
    N, id = 20, "temperature-along-energy"
    canvas, (cold, warm) = sheet(2, 1, 6.8, sharex=True)
    n, share = np.arange(N + 1), np.linspace(0.001, 0.999, 998)
    inner = n[1:-1]
    look.trace(cold, share, microcanonical.beta_stirling(N, N * share, 1.0), share)
    cold.plot(
        inner / N,
        microcanonical.beta_forward(N, inner, 1.0),
        "^",
        color=look.ink,
        ms=4.5,
        label=look.say(f"{id}.forward"),
    )
    cold.plot(
        inner / N,
        microcanonical.beta_centred(N, inner, 1.0),
        "o",
        color=look.muted,
        ms=4.5,
        label=look.say(f"{id}.centred"),
    )
    cold.plot(
        n[:-1] / N,
        microcanonical.beta_volume_forward(N, 1.0),
        "x",
        color=look.muted,
        ms=5.5,
        label=look.say(f"{id}.volume"),
    )
    cold.plot([], [], color=look.colour(0.5), label=look.say(f"{id}.stirling"))
    cold.set(ylabel=look.say("common.beta"), ylim=(-4.2, 4.2), title=look.say(f"{id}.falls"))
    cold.legend(loc="lower left", fontsize=9)
    T = 1 / microcanonical.beta_stirling(N, N * share, 1.0)
    for part in (share < 0.5, share > 0.5):
        look.trace(warm, share[part], T[part], share[part])
    low, high = inner[inner < N / 2], inner[inner > N / 2]
    for side in (low, high):
        warm.plot(side / N, 1 / microcanonical.beta_centred(N, side, 1.0), "o", color=look.muted, ms=4.5)
    warm.set(
        ylabel=look.say("common.temperature_over_gap"),
        ylim=(-6, 6),
        xlim=(0, 1),
        xlabel=look.say(f"{id}.share"),
        title=look.say(f"{id}.leaves"),
    )
    for ax in (cold, warm):
        ax.axhline(0, color=look.muted, linewidth=0.8)
        ax.axvline(0.5, color=look.faint, linewidth=1)
    note(warm, 0.468, 5.2, "+∞", look.ink)
    note(warm, 0.49, -5.6, look.say(f"{id}.same"), look.ink, ha="right")
    return canvas


FIGURES = (
    Figure("populations", _populations),
    Figure("dome", _dome),
    Figure("temperature-along-energy", _temperature_along_energy),
)
