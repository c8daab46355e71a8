"""Lasers: the turn-on of a three-level laser, and output and saturation of a four-level laser."""

import numpy as np
from matplotlib.figure import Figure as Canvas
from scipy.constants import h

from figures.figure import Figure
from figures.style import Look, note, sheet
from physics import laser, lines, maser, three_level_laser
from physics.laser import FourLevelLaser
from physics.three_level_laser import ThreeLevelLaser
from physics.two_level import upper_fraction

_RUBY = ThreeLevelLaser(1e19, lines.RUBY.nu_Hz, tau21_s=3e-3, tau_cavity_s=1e-8, K_per_s=1e-10, g1=4, g2=2)
_YAG = FourLevelLaser(1e16, lines.ND_YAG.nu_Hz, tau21_s=2.3e-4, tau10_s=1e-8, tau_cavity_s=1e-8, K_per_s=1e-6)


def _turn_on(look: Look) -> Canvas:
    pump = 2.0 * three_level_laser.threshold_pump_per_s(_RUBY)
    t = np.linspace(0.0, 2.2e-3, 4401)
    run = three_level_laser.run(_RUBY, pump, t)
    canvas, (levels, coldness, light) = sheet(3, 1, 7.6, sharex=True)
    x = run.beta_levels_per_J * h * _RUBY.nu_Hz
    shade, at, thin = upper_fraction(x, 1.0), 1e3 * t, slice(1, None, 11)
    transparent = at[np.argmax(run.inversion > 0)]
    look.trace(levels, at[thin], run.N2[thin] / _RUBY.N, shade[thin])
    levels.plot(at[thin], run.N1[thin] / _RUBY.N, "--", color=look.muted, linewidth=1.5)
    levels.axhline(1 / 3, color=look.faint, linewidth=1)
    levels.set(ylabel="share of the ions", title="Levels", ylim=(-0.04, 1.04))
    note(levels, 2.17, 0.66, "lower lasing level (ground)", look.muted, ha="right")
    note(levels, 2.17, 0.46, "upper lasing level", look.colour(0.6), ha="right")
    note(levels, 0.03, 1 / 3 + 0.03, "gain above 1/3: g1 = 4, g2 = 2", look.muted)
    look.trace(coldness, at[thin], x[thin], shade[thin])
    coldness.axhline(0, color=look.muted, linewidth=0.8)
    coldness.set(
        ylabel=r"$\beta_{\rm eff}\,h\nu$  (hot is up)", title="Coldness of the two lasing levels", ylim=(4, -1)
    )
    copied, absorbed = run.stimulated_emission_per_s, run.absorption_per_s
    light.semilogy(at[1:], np.maximum(absorbed[1:], 1e3), "--", color=look.muted, linewidth=1.3, label="absorbed")
    light.semilogy(at[1:], np.maximum(copied[1:], 1e3), color=look.ink, linewidth=1.0, label="copied")
    light.set(ylabel="photons per second", xlabel="time / ms", title="Light in the mode", xlim=(0, 2.2))
    light.legend(loc="upper left", fontsize=9)
    for ax in (levels, coldness, light):
        ax.axvline(transparent, color=look.muted, linewidth=0.8)
    note(coldness, transparent - 0.03, -0.55, "absorbs", look.muted, ha="right")
    note(coldness, transparent + 0.03, -0.55, "amplifies", look.ink)
    return canvas


def _threshold(look: Look) -> Canvas:
    canvas, (output, gain) = sheet(1, 2, 4.4)
    threshold = laser.threshold_pump_per_s(_YAG)
    pump = np.linspace(0.02, 3, 300)
    lit, dark = laser.steady_state(_YAG, pump * threshold), laser.small_signal_state(_YAG, pump * threshold)
    inverted = laser.inversion(_YAG, lit.N2, lit.N1) / laser.threshold_inversion(_YAG)
    unsaturated = laser.inversion(_YAG, dark.N2, dark.N1) / laser.threshold_inversion(_YAG)
    output.semilogy(pump, lit.photons, color=look.ink)
    output.set(title="Photons in the mode", xlabel="pump over threshold", ylabel="photons, steady state")
    gain.plot(pump, inverted, color=look.ink, label="with its own light")
    gain.plot(pump, unsaturated, ":", color=look.muted, label="without light")
    gain.set(
        title="Inversion: saturated at its threshold", xlabel="pump over threshold", ylabel="inversion over threshold"
    )
    gain.legend(loc="lower right")
    for ax in (output, gain):
        ax.axvline(1, color=look.faint, linewidth=1)
    return canvas


def _engine(look: Look) -> Canvas:
    canvas, (signal,) = sheet(1, 1, 4.4)
    ratio = np.linspace(0.05, 0.95, 181)
    for hot in (0.25, 0.5, 0.75):
        beta = maser.signal_beta_per_J(hot, 1.0, 1.0, ratio)
        look.trace(signal, ratio, beta, upper_fraction(4 * beta, 1.0))
        carnot = float(maser.largest_signal_ratio(hot, 1.0))
        signal.plot([carnot], [0.0], "o", color=look.ink, ms=6)
        note(signal, carnot, 0.08, f"Carnot: {carnot:g}", look.ink, ha="right")
    signal.axhline(0, color=look.muted, linewidth=0.8)
    signal.invert_yaxis()
    signal.set(
        title="A maser between two baths",
        xlabel="signal over pump frequency: the engine's efficiency",
        ylabel="coldness of the signal pair  (hot is up)",
        ylim=(1.05, -2.0),
        xlim=(0, 1),
    )
    return canvas


FIGURES = (
    Figure(
        "laser-turn-on",
        "Turn-on of a three-level laser with ruby's degeneracies (g1 = 4, g2 = 2), pumped at twice its threshold. "
        "Colour: the effective coldness of the two lasing levels alone; the pumped medium as a whole is in no "
        "equilibrium. Below transparency photons are absorbed more often than copied; above it they are copied "
        "more often, and the light grows until it spends the surplus in spikes. Cavity and pump values are "
        "illustrative, not those of one device.",
        _turn_on,
    ),
    Figure(
        "laser-threshold",
        "Steady state of a four-level laser against its pump (Nd:YAG's wavelength and lifetime, an illustrative "
        "cavity). The photon number rises by more than seven decades between 0.9 and 1.1 of the threshold; from "
        "there on the light holds the inversion at the value where gain equals loss.",
        _threshold,
    ),
    Figure(
        "maser-engine",
        "A three-level maser whose pump transition is held at a hot bath and whose idler at a cold one, for baths at "
        "four times, twice and 4/3 of the cold one's temperature. The signal pair is inverted, so that it amplifies, "
        "exactly while the share of the pump quantum that leaves as signal is below Carnot's efficiency (points).",
        _engine,
    ),
)
