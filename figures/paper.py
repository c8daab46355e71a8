"""Figures 1 to 5 of arXiv:1305.2014, recomputed; T > 0 throughout, so nothing here has the film's colours of T < 0."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from figures.figure import Figure
from figures.style import Look, note, sheet
from physics import quantum_well as well
from physics import well_particles
from physics.quantum_well import DEEP_WELL, PAPER_WELL, Well

_ESCAPE = "E = 0: escape"
_WINDOW = 2e-3


def _mark_escape(ax: Axes, look: Look) -> None:
    ax.axvline(0, color=look.muted, linewidth=0.8)


def _kinetic(look: Look) -> Canvas:
    canvas, axes = sheet(1, 2, 4.6, sharey=True)
    shown: tuple[tuple[Axes, Well, str], ...] = (
        (axes[0], PAPER_WELL, "U0 = 0.1, a = 20, L = 200"),
        (axes[1], DEEP_WELL, "U0 = 0.2, a = 20, L = 200"),
    )
    for ax, system, title in shown:
        found = well.levels(system, 60)
        keep = found.energy_hartree < 0.11
        E, K = found.energy_hartree[keep], found.kinetic_hartree[keep]
        n = np.arange(E.size)
        ax.plot(E, K, color=look.faint, linewidth=1.2, zorder=1)
        ax.plot(E[n % 2 == 0], K[n % 2 == 0], "o", color=look.colour(0.1), ms=5, label="even n")
        ax.plot(E[n % 2 == 1], K[n % 2 == 1], "^", color=look.ink, ms=5, label="odd n")
        ax.set(title=title, xlabel="energy / hartree", xlim=(-0.22, 0.12), xticks=np.arange(-0.2, 0.11, 0.1))
        _mark_escape(ax, look)
    axes[0].set_ylabel("kinetic energy / hartree")
    axes[0].legend(loc="upper left")
    note(axes[0], 0.004, 0.132, _ESCAPE, look.muted)
    return canvas


def _densities(look: Look) -> Canvas:
    canvas, (whole, inner) = sheet(1, 2, 4.4)
    E = well.levels(PAPER_WELL, 7).energy_hartree
    for n, style, colour in ((0, "-", look.colour(0.1)), (5, "-", look.ink), (6, "--", look.muted)):
        for ax, reach in ((whole, 200.0), (inner, 40.0)):
            x = np.linspace(-reach, reach, 1601)
            density = well.wave_function(PAPER_WELL, n, x) ** 2
            ax.plot(x, density, style, color=colour, linewidth=1.6, label=f"n = {n}, E = {E[n]:.3g}".replace("-", "−"))
    for ax in (whole, inner):
        ax.axvspan(-20, 20, color=look.faint, alpha=0.35, linewidth=0)
        ax.set(xlabel="x / bohr")
    whole.set(title="The whole box", ylabel=r"$|\psi|^2$ / bohr$^{-1}$")
    inner.set(title="The inner well (shaded)")
    whole.legend(loc="upper right", fontsize=9)
    return canvas


def _temperatures(look: Look) -> Canvas:
    canvas, (wide, close) = sheet(1, 2, 4.8)
    found = well.levels(PAPER_WELL, 140)
    E = found.energy_hartree
    energies = float(E[0]) + np.geomspace(2e-4, float(E[-2] - E[0]), 120)
    T_C = well.temperature_C(PAPER_WELL, energies)
    for ax in (wide, close):
        ax.plot(energies, T_C, color=look.ink, label=r"$T_C$ canonical")
        ax.plot(
            E,
            well.temperature_K_operator(found),
            "o-",
            color=look.colour(0.1),
            ms=4,
            lw=1,
            label=r"$T_K = 2\langle K\rangle$",
        )
        ax.plot(E, well.temperature_mu(found), "x--", color=look.muted, ms=5, lw=1, label=r"$T_\mu$ centred")
        ax.set(xlabel="energy / hartree")
        _mark_escape(ax, look)
    wide.set(title="All definitions meet at high energy", ylabel="T / hartree", xlim=(-0.12, 0.6), ylim=(0, 1.4))
    close.set(title="The escape", xlim=(-0.105, 0.04), ylim=(-0.005, 0.15))
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
        ax.set_xlabel("energy per particle / hartree")
    for ax in axes[::2]:
        ax.set_ylabel("T / hartree")
    axes[0].plot([], [], ".", color=look.muted, label=r"$T_K$ of each state")
    axes[0].plot([], [], color=look.colour(0.1), label=r"$T_E$, averaged")
    axes[0].legend(loc="upper left", fontsize=9)
    return canvas


def _entropies(look: Look) -> Canvas:
    canvas, axes = sheet(1, 2, 5.0, sharey=True)
    T = np.geomspace(0.003, 0.16, 120)
    for ax, degeneracy, title in ((axes[0], 1, "spinless"), (axes[1], 2, "spin 1/2")):
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
                label=f"canonical, N = {N}",
            )
        _mark_escape(ax, look)
        ax.set(title=title, xlabel="energy per particle / hartree", xlim=(-0.1, 0.03))
    axes[0].set_ylabel("entropy per particle / k")
    axes[0].legend(loc="upper left", fontsize=9)
    return canvas


FIGURES = (
    Figure(
        "paper-1",
        "arXiv:1305.2014, Fig. 1 recomputed: kinetic energy of each level of the stepped box. As the particle "
        "escapes from the inner well its kinetic energy falls by a factor of 304 (U0 = 0.1: six bound levels). For "
        "U0 = 0.2 it falls already at n = 8, just below E = 0, and then alternates between even and odd n. "
        "Reproduced: two of the three curves. Not reproduced: the third parameter set cannot be recovered from the "
        "text. a is the half-width; the stated diameter of 1 nm would be 2.1 nm.",
        _kinetic,
    ),
    Figure(
        "paper-2",
        "arXiv:1305.2014, Fig. 2 recomputed: probability densities for U0 = 0.1, a = 20, L = 200 (atomic units): "
        "ground state, highest bound state and lowest unbound state. Reproduced in full: E0 = -0.0975, E5 = "
        "-0.0149, E6 = 0.000145 hartree, with a read as the half-width and the third line of Eq. (1) as |x| >= L.",
        _densities,
    ),
    Figure(
        "paper-3",
        "arXiv:1305.2014, Fig. 3 recomputed: canonical, kinetic and microcanonical (centred difference of the "
        "volume entropy) temperature against energy. Reproduced: T_K and T_mu agree within 11 % for n = 1 to 5 and "
        "again at high energy, and fall at the escape: negative heat capacity at positive temperature. Not "
        "reproduced: T_mu does not follow T_K at n = 6 and 7, and T_C does not match the others at low energy. T_C "
        "is summed over levels up to 40 T; with fewer it comes out far too high.",
        _temperatures,
    ),
    Figure(
        "paper-4",
        "arXiv:1305.2014, Fig. 4 recomputed for N = 1 to 4 spinless fermions: T_K of each state (dots; for N = 3 "
        "and 4 a sample of each branch) and T_E averaged over states within 0.002 hartree (line; for N = 1 it is "
        "T_K). Vertical lines: energies from which j = 1..N particles can be free. Reproduced: N branches of free "
        "particles, and a drop of T_E at each onset; the k-th drop shrinks with N. Besides them there is a short "
        "branch with all particles bound, which the text leaves out. Not reproduced: with the paper's window of "
        "0.0004 the N = 2 curve is noise. The text does not say whether spin is counted.",
        _particles,
    ),
    Figure(
        "paper-5",
        "arXiv:1305.2014, Fig. 5 recomputed: volume entropy per particle for N = 1 to 4, and the canonical "
        "entropy, without spin (left) and with (right); the text decides neither. Reproduced: the kink at E = 0 "
        "for N = 1 splits into several for larger N, and the canonical entropy runs nearly parallel to that of N = "
        "4. The paper swaps 'convex' and 'concave'. Not claimed: that each kink is weaker than all kinks of a "
        "smaller system, or that there are always N of them. This entropy counts states up to E, so its slope is "
        "never negative: it shows negative heat capacity, never negative temperature.",
        _entropies,
    ),
)
