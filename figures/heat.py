"""Heat between bodies: contact of two spin systems, and relaxation of LiF to its lattice."""

import math

import numpy as np
from matplotlib.figure import Figure as Canvas
from scipy.constants import k

from figures.figure import Figure
from figures.style import Look, note, sheet
from physics import calorimetry, contact, relaxation, spins
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.two_level import TwoLevelBody, upper_fraction


def _contact(look: Look) -> Canvas:
    hot, cold = TwoLevelBody(100, 1.0), TwoLevelBody(200, 1.0)
    run = contact.relax(hot, cold, -2.0, 1.6, tau_s=1.0, t_s=np.linspace(0, 6, 400))
    canvas, (beta, energy, total) = sheet(1, 3, 3.9)
    for at, stored, N in (
        (run.beta_a_per_J, run.energy_a_J, 100),
        (run.beta_b_per_J, run.energy_b_J, 200),
    ):
        shade = upper_fraction(at, 1.0)
        look.trace(beta, run.t_s, at, shade)
        look.trace(energy, run.t_s, stored / N, shade)
    beta.axhline(0, color=look.muted, linewidth=0.8)
    beta.invert_yaxis()
    beta.set(title=look.say("common.coldness"), ylabel=look.say("common.hot_up", quantity="β ΔE"))
    note(beta, 0.5, -1.8, look.say("contact.a"), look.colour(0.88))
    note(beta, 0.8, 1.5, look.say("contact.b"), look.colour(0.17))
    energy.set(title=look.say("common.energy"), ylabel=look.say("contact.each"))
    gained = (run.entropy_total_J_per_K - run.entropy_total_J_per_K[0]) / k
    for part, dashes, name, lift in (
        (run.entropy_a_J_per_K, "--", "a", -8.0),
        (run.entropy_b_J_per_K, ":", "b", 3.0),
    ):
        total.plot(run.t_s, (part - part[0]) / k, color=look.muted, linestyle=dashes, linewidth=1.6)
        note(total, 5.9, (part[-1] - part[0]) / k + lift, name, look.muted, ha="right")
    total.plot(run.t_s, gained, color=look.ink)
    note(total, 5.9, gained[-1] - 8.0, look.say("contact.both"), look.ink, ha="right")
    total.set(title=look.say("common.entropy"), ylabel=look.say("contact.gain"))
    for ax in (beta, energy, total):
        ax.set_xlabel(look.say("common.time_tau"))
    return canvas


def _lif(look: Look) -> Canvas:
    T1_s, lattice_K = 300.0, 300.0
    gap = float(spins.splitting_J(spins.FLUORINE_19, 0.63))
    lattice = float(beta_from_temperature(lattice_K))
    t = np.linspace(0, 1200, 1201)
    canvas, (size, cold, warm) = sheet(1, 3, 3.9)
    for start_K, dashes in ((-300.0, "-"), (-350.0, "--")):
        P0, Pe = (math.tanh(gap / (2 * k * T)) for T in (start_K, lattice_K))
        crossing = float(relaxation.crossing_time_s(P0, Pe, T1_s))
        beta = relaxation.beta_per_J(t, 1 / (k * start_K), lattice, T1_s, gap)
        T = temperature_from_beta(beta)
        # The film's colour scale spans one unit of beta dE; here the lattice's own beta is the unit.
        shade = upper_fraction(beta, 2.0 / lattice)
        P = 1e6 * relaxation.polarisation(t, P0, Pe, T1_s)
        if dashes == "-":
            look.trace(size, t, P, shade)
            look.trace(cold, t, beta / lattice, shade)
            for part in (t < crossing, t > crossing):
                look.trace(warm, t[part], T[part], shade[part])
        else:
            size.plot(t, P, dashes, color=look.muted, linewidth=1.2)
            cold.plot(t, beta / lattice, dashes, color=look.muted, linewidth=1.2)
            for part in (t < crossing, t > crossing):
                warm.plot(t[part], T[part], dashes, color=look.muted, linewidth=1.2)
        if dashes == "-":
            after = look.say("lif-relaxation.after", time=look.number(crossing, "s"))
            said = f"{look.say('lif-relaxation.equal')}\n{after}"
            note(cold, crossing + 30, -0.3, said, look.ink)
    for ax in (size, cold, warm):
        ax.axhline(0, color=look.muted, linewidth=0.8)
        ax.set_xlabel(look.say("common.time_s"))
        ax.axvline(T1_s * math.log(2), color=look.faint, linewidth=1)
    size.set(title=look.say("lif-relaxation.polarisation"), ylabel=look.say("lif-relaxation.ppm"))
    cold.set(
        title=look.say("common.coldness"), ylabel=look.say("common.hot_up", quantity=look.say("lif-relaxation.over"))
    )
    cold.invert_yaxis()
    warm.set(title=look.say("common.temperature"), ylabel="K", ylim=(-2500, 2500))
    note(warm, 1180, 420, look.number(300, "K", signed=True), look.colour(0.15), ha="right")
    return canvas


def _mixing(look: Look) -> Canvas:
    canvas, (balance,) = sheet(1, 1, 4.4)
    room = float(beta_from_temperature(300.0))
    fluorine = np.linspace(-1, 1, 21)
    weights = [calorimetry.curie_weight_J2_per_T2(nucleus) for nucleus in (spins.LITHIUM_7, spins.FLUORINE_19)]
    for lithium, dashes in ((1.0, "-"), (-1.0, "--")):
        pairs = np.stack([np.full_like(fluorine, lithium), fluorine], axis=-1)
        balance.plot(fluorine, calorimetry.mixed_beta_per_J(weights, pairs), dashes, color=look.muted, linewidth=1.4)
        exact = [calorimetry.mix_lithium_fluoride(lithium * room, f * room, 0.63).beta_per_J / room for f in fluorine]
        shade = upper_fraction(np.asarray(exact), 2.0)
        balance.scatter(fluorine, exact, c=[look.colour(float(each)) for each in shade], s=26, zorder=3)
        named = look.say("mixing.lithium", temperature=look.number(lithium * 300, "K", signed=True))
        note(balance, -0.95, lithium * 0.46 + 0.1, named, look.ink)
    balance.axhline(0, color=look.faint, linewidth=1)
    balance.set(
        title=look.say("mixing.species"),
        xlabel=look.say("mixing.before"),
        ylabel=look.say("mixing.after"),
        ylim=(-1.1, 1.1),
    )
    return canvas


FIGURES = (
    Figure("contact", _contact),
    Figure("lif-relaxation", _lif),
    Figure("mixing", _mixing),
)
