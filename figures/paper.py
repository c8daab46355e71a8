"""Figures 1 to 5 of arXiv:1305.2014, recomputed; T > 0 throughout, so nothing here has the film's colours of T < 0."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from figures.figure import Figure
from figures.style import Look, note, sheet
from physics import quantum_well as well
from physics import well_particles
from physics.quantum_well import DEEP_WELL, PAPER_WELL, Well

_WINDOW = 2e-3


def _mark_escape(ax: Axes, look: Look) -> None:
    ax.axvline(0, color=look.muted, linewidth=0.8)


def _kinetic(look: Look) -> Canvas:
    canvas, axes = sheet(1, 2, 4.6, sharey=True)
    shown: tuple[tuple[Axes, Well, float], ...] = (
        (axes[0], PAPER_WELL, 0.1),
        (axes[1], DEEP_WELL, 0.2),
    )
    for ax, system, depth in shown:
        found = well.levels(system, 60)
        keep = found.energy_hartree < 0.11
        E, K = found.energy_hartree[keep], found.kinetic_hartree[keep]
        n = np.arange(E.size)
        ax.plot(E, K, color=look.faint, linewidth=1.2, zorder=1)
        ax.plot(E[n % 2 == 0], K[n % 2 == 0], "o", color=look.colour(0.1), ms=5, label=look.say("paper-1.even"))
        ax.plot(E[n % 2 == 1], K[n % 2 == 1], "^", color=look.ink, ms=5, label=look.say("paper-1.odd"))
        title = f"U₀ = {look.number(depth)}; a = 20; L = 200"
        ax.set(title=title, xlabel=look.say("common.hartree"), xlim=(-0.22, 0.12), xticks=np.arange(-0.2, 0.11, 0.1))
        _mark_escape(ax, look)
    axes[0].set_ylabel(look.say("paper-1.kinetic"))
    axes[0].legend(loc="upper left")
    note(axes[0], 0.004, 0.132, look.say("common.escape", energy="E = 0"), look.muted)
    return canvas


def _densities(look: Look) -> Canvas:
    canvas, (whole, inner) = sheet(1, 2, 4.4)
    E = well.levels(PAPER_WELL, 7).energy_hartree
    for n, style, colour in ((0, "-", look.colour(0.1)), (5, "-", look.ink), (6, "--", look.muted)):
        for ax, reach in ((whole, 200.0), (inner, 40.0)):
            x = np.linspace(-reach, reach, 1601)
            density = well.wave_function(PAPER_WELL, n, x) ** 2
            ax.plot(x, density, style, color=colour, linewidth=1.6, label=f"n = {n}; E = {look.number(E[n])}")
    for ax in (whole, inner):
        ax.axvspan(-20, 20, color=look.faint, alpha=0.35, linewidth=0)
        ax.set(xlabel="x / bohr")
    whole.set(title=look.say("paper-2.box"), ylabel="|ψ|² / bohr⁻¹")
    inner.set(title=look.say("paper-2.inner"))
    whole.legend(loc="upper right", fontsize=9)
    return canvas


def _temperatures(look: Look) -> Canvas:
    canvas, (wide, close) = sheet(1, 2, 4.8)
    found = well.levels(PAPER_WELL, 140)
    E = found.energy_hartree
    energies = float(E[0]) + np.geomspace(2e-4, float(E[-2] - E[0]), 120)
    T_C = well.temperature_C(PAPER_WELL, energies)
    for ax in (wide, close):
        ax.plot(energies, T_C, color=look.ink, label=look.say("paper-3.canonical", symbol="$T_C$"))
        ax.plot(
            E,
            well.temperature_K_operator(found),
            "o-",
            color=look.colour(0.1),
            ms=4,
            lw=1,
            label=r"$T_K = 2\langle K\rangle$",
        )
        ax.plot(
            E,
            well.temperature_mu(found),
            "x--",
            color=look.muted,
            ms=5,
            lw=1,
            label=look.say("paper-3.centred", symbol=r"$T_\mu$"),
        )
        ax.set(xlabel=look.say("common.hartree"))
        _mark_escape(ax, look)
    wide.set(title=look.say("paper-3.meet"), ylabel=look.say("common.T_hartree"), xlim=(-0.12, 0.6), ylim=(0, 1.4))
    close.set(title=look.say("paper-3.leaving"), xlim=(-0.105, 0.04), ylim=(-0.005, 0.15))
    wide.legend(loc="lower right")
    return canvas


def _particles(look: Look) -> Canvas:
    canvas, axes = sheet(2, 2, 7.0, sharex=True, sharey=True)
    for N, ax in enumerate(axes, start=1):
        found = well_particles.states(PAPER_WELL, N, 0.034 * N)
        per = found.energy_hartree / N
        T = well_particles.temperature_K_operator(found)
        for free in range(N + 1):
            branch = np.flatnonzero(found.unbound == free)
            drawn = branch[np.unique(np.linspace(0, branch.size - 1, 900).astype(int))]
            ax.plot(per[drawn], T[drawn], ".", color=look.muted, ms=5 if N == 1 else 2.5, rasterized=True)
        starts = found.energy_hartree[found.energy_hartree < found.energy_hartree[-1] - _WINDOW]
        mean = well_particles.temperature_E(found, starts, _WINDOW)
        if N == 1:
            ax.plot(per, T, color=look.colour(0.1), lw=1.5)
        else:
            pick = np.unique(np.searchsorted(starts, np.linspace(starts[0], starts[-1], 500)))
            pick = pick[pick < starts.size]
            ax.plot(starts[pick] / N, mean[pick], color=look.colour(0.1), lw=1.5)
        for onset in well_particles.onsets_hartree(PAPER_WELL, N):
            ax.axvline(onset, color=look.faint, linewidth=1)
        ax.set(title=f"N = {N}", xlim=(-0.1, 0.034), ylim=(0, 0.2))
    for ax in axes[2:]:
        ax.set_xlabel(look.say("common.hartree_each"))
    for ax in axes[::2]:
        ax.set_ylabel(look.say("common.T_hartree"))
    axes[0].plot([], [], ".", color=look.muted, label=look.say("paper-4.each", symbol="$T_K$"))
    axes[0].plot([], [], color=look.colour(0.1), label=look.say("paper-4.averaged", symbol="$T_E$"))
    axes[0].legend(loc="upper left", fontsize=9)
    return canvas


def _entropies(look: Look) -> Canvas:
    canvas, axes = sheet(1, 2, 5.0, sharey=True)
    T = np.geomspace(0.003, 0.16, 120)
    for ax, degeneracy, title in ((axes[0], 1, "spinless"), (axes[1], 2, "spin_half")):
        for N, dashes in ((1, "-"), (2, "--"), (3, "-."), (4, ":")):
            found = well_particles.states(PAPER_WELL, N, 0.03 * N, degeneracy)
            S = well_particles.volume_entropy(found) / N
            last = np.unique(np.searchsorted(found.energy_hartree, np.linspace(found.energy_hartree[0], 0.03 * N, 900)))
            last = last[last < S.size]
            ax.plot(found.energy_hartree[last] / N, S[last], dashes, color=look.ink, lw=1.4, label=f"N = {N}")
        for N in (1, 4):
            averages = well_particles.canonical_averages(PAPER_WELL, N, T, degeneracy)
            keep = averages.energy_hartree / N < 0.03
            ax.plot(
                averages.energy_hartree[keep] / N,
                averages.entropy_over_k[keep] / N,
                color=look.colour(0.1),
                lw=2.4,
                alpha=0.9,
                dashes=(1, 0) if N == 1 else (4, 2),
                label=look.say("paper-5.canonical", number=f"N = {N}"),
            )
        _mark_escape(ax, look)
        ax.set(title=look.say(f"paper-5.{title}"), xlabel=look.say("common.hartree_each"), xlim=(-0.1, 0.03))
    axes[0].set_ylabel(look.say("common.per_particle"))
    axes[0].legend(loc="upper left", fontsize=9)
    return canvas


FIGURES = (
    Figure("paper-1", _kinetic),
    Figure("paper-2", _densities),
    Figure("paper-3", _temperatures),
    Figure("paper-4", _particles),
    Figure("paper-5", _entropies),
)
