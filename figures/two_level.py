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
    top_x.set(title="Against coldness: one smooth curve", ylabel="fraction of the particles", ylim=(-0.04, 1.04))
    top_T.set(title="Against temperature: torn in two")
    note(top_x, -7.6, 0.9, "upper level", look.colour(0.95), ha="right")
    note(top_x, -7.6, 0.06, "lower level", look.muted, ha="right")
    low_x.set(xlabel=r"coldness $\beta\,\Delta E$  (cold to hot)", ylabel=r"entropy per particle / $k$")
    low_T.set(xlabel=r"temperature $kT/\Delta E$")
    low_x.axhline(np.log(2), color=look.faint, linewidth=1)
    note(low_x, 7.6, np.log(2) + 0.015, r"$\ln 2$ at $\beta = 0$: $T = \infty$", look.muted)
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
    dome.plot(share, limit, color=look.ink, linestyle=(0, (5, 2)), linewidth=1.5, label="Stirling, any N")
    for N, mark in ((4, "o"), (10, "s"), (50, "")):
        look.trace(dome, share, entropy.boltzmann_entropy_J_per_K(N, N * share) / (N * k), share, 2.0)
        if mark:
            n = np.arange(N + 1)
            S = entropy.boltzmann_entropy_J_per_K(N, n) / (N * k)
            dome.scatter(n / N, S, c=[look.colour(v) for v in n / N], marker=mark, s=26, zorder=3)
        top = float(entropy.boltzmann_entropy_J_per_K(N, N / 2)) / (N * k)
        note(dome, 0.5, top, f"N = {N}", look.ink, ha="center", va="top", xytext=(0, -7), textcoords="offset points")
    dome.set(xlabel="share of particles in the upper level, n/N", ylabel=r"$S/(Nk)$", title="The exact dome")
    dome.set_ylim(-0.02, 0.76)
    dome.legend(loc="lower center")
    count = np.unique(np.round(np.logspace(0.31, 6, 200)))
    difference = (
        entropy.stirling_entropy_J_per_K(count, count / 2) - entropy.boltzmann_entropy_J_per_K(count, count / 2)
    ) / (count * k)
    gap.loglog(count, difference, color=look.ink, label="Stirling minus exact, at the top")
    gap.loglog(
        count, np.log(np.pi * count / 2) / (2 * count), color=look.muted, linestyle=":", label=r"$\ln(\pi N/2)/2N$"
    )
    gap.set(xlabel="number of particles N", ylabel=r"difference in $S/(Nk)$", title="What Stirling leaves out")
    gap.legend(loc="lower left")
    return canvas


def _temperature_along_energy(look: Look) -> Canvas:
    N = 20
    canvas, (cold, warm) = sheet(2, 1, 6.8, sharex=True)
    n, share = np.arange(N + 1), np.linspace(0.001, 0.999, 998)
    inner = n[1:-1]
    look.trace(cold, share, microcanonical.beta_stirling(N, N * share, 1.0), share)
    cold.plot(
        inner / N, microcanonical.beta_forward(N, inner, 1.0), "^", color=look.ink, ms=4.5, label="forward difference"
    )
    cold.plot(
        inner / N, microcanonical.beta_centred(N, inner, 1.0), "o", color=look.muted, ms=4.5, label="centred difference"
    )
    cold.plot(
        n[:-1] / N,
        microcanonical.beta_volume_forward(N, 1.0),
        "x",
        color=look.muted,
        ms=5.5,
        label="volume entropy (never negative)",
    )
    cold.plot([], [], color=look.colour(0.5), label="Stirling")
    cold.set(ylabel=r"coldness $\beta\,\Delta E$", ylim=(-4.2, 4.2), title="Coldness falls all the way; 20 particles")
    cold.legend(loc="lower left", fontsize=9)
    T = 1 / microcanonical.beta_stirling(N, N * share, 1.0)
    for part in (share < 0.5, share > 0.5):
        look.trace(warm, share[part], T[part], share[part])
    low, high = inner[inner < N / 2], inner[inner > N / 2]
    for side in (low, high):
        warm.plot(side / N, 1 / microcanonical.beta_centred(N, side, 1.0), "o", color=look.muted, ms=4.5)
    warm.set(
        ylabel=r"temperature $kT/\Delta E$",
        ylim=(-6, 6),
        xlim=(0, 1),
        xlabel="energy over its maximum",
        title="Temperature leaves by the top and returns from below",
    )
    for ax in (cold, warm):
        ax.axhline(0, color=look.muted, linewidth=0.8)
        ax.axvline(0.5, color=look.faint, linewidth=1)
    note(warm, 0.468, 5.2, r"$+\infty$", look.ink)
    note(warm, 0.49, -5.6, r"$-\infty$, the same state", look.ink, ha="right")
    return canvas


FIGURES = (
    Figure(
        "populations",
        "Populations and entropy of a two-level system against coldness (left, cold to hot) and against "
        "temperature (right). In beta both are smooth; in T the same curves are torn at T = +-infinity, which is "
        "one state, and the two ends T = +0 and T = -0, the coldest and the hottest, come to lie side by side. "
        "Computed from the canonical ensemble; S(-T) = S(T).",
        _populations,
    ),
    Figure(
        "dome",
        "The exact entropy k ln C(N, n) for N = 4, 10 and 50 two-level particles (curves: gamma functions; marks: "
        "whole particles) and Stirling's leading form, which is the limit of many particles. Right: Stirling lies "
        "above the exact maximum by about ln(pi N/2)/2N per particle.",
        _dome,
    ),
    Figure(
        "temperature-along-energy",
        "Coldness and temperature along the energy for 20 two-level particles, as the slope of Boltzmann's entropy "
        "(states at E) by three routes, and as the slope of the volume entropy (states up to E), which is positive "
        "by construction. The routes differ by 1/N. With an even number of particles the centred difference is "
        "zero, and T infinite, at half the maximal energy.",
        _temperature_along_energy,
    ),
)
