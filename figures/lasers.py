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
    id = "laser-turn-on"
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
    levels.set(ylabel=look.say(f"{id}.share"), title=look.say(f"{id}.levels"), ylim=(-0.04, 1.04))
    note(levels, 2.17, 0.66, look.say(f"{id}.lower"), look.muted, ha="right")
    note(levels, 2.17, 0.46, look.say(f"{id}.upper"), look.colour(0.6), ha="right")
    note(levels, 0.03, 1 / 3 + 0.03, look.say(f"{id}.gain", share="1/3 (g₁ = 4, g₂ = 2)"), look.muted)
    look.trace(coldness, at[thin], x[thin], shade[thin])
    coldness.axhline(0, color=look.muted, linewidth=0.8)
    coldness.set(ylabel=look.say("common.hot_up", quantity="β hν"), title=look.say(f"{id}.coldness"), ylim=(4, -1))
    copied, absorbed = run.stimulated_emission_per_s, run.absorption_per_s
    light.semilogy(
        at[1:], np.maximum(absorbed[1:], 1e3), "--", color=look.muted, linewidth=1.3, label=look.say(f"{id}.absorbed")
    )
    light.semilogy(at[1:], np.maximum(copied[1:], 1e3), color=look.ink, linewidth=1.0, label=look.say(f"{id}.copied"))
    light.set(
        ylabel=look.say(f"{id}.photons"),
        xlabel=look.say("common.time_ms"),
        title=look.say(f"{id}.light"),
        xlim=(0, 2.2),
    )
    light.legend(loc="upper left", fontsize=9)
    for ax in (levels, coldness, light):
        ax.axvline(transparent, color=look.muted, linewidth=0.8)
    note(coldness, transparent - 0.03, -0.55, look.say(f"{id}.absorbs"), look.muted, ha="right")
    note(coldness, transparent + 0.03, -0.55, look.say(f"{id}.amplifies"), look.ink)
    return canvas


def _threshold(look: Look) -> Canvas:
    id = "laser-threshold"
    canvas, (output, gain) = sheet(1, 2, 4.4)
    threshold = laser.threshold_pump_per_s(_YAG)
    pump = np.linspace(0.02, 3, 300)
    lit, dark = laser.steady_state(_YAG, pump * threshold), laser.small_signal_state(_YAG, pump * threshold)
    inverted = laser.inversion(_YAG, lit.N2, lit.N1) / laser.threshold_inversion(_YAG)
    unsaturated = laser.inversion(_YAG, dark.N2, dark.N1) / laser.threshold_inversion(_YAG)
    output.semilogy(pump, lit.photons, color=look.ink)
    output.set(title=look.say(f"{id}.output"), xlabel=look.say("common.pump"), ylabel=look.say(f"{id}.photons"))
    gain.plot(pump, inverted, color=look.ink, label=look.say(f"{id}.lit"))
    gain.plot(pump, unsaturated, ":", color=look.muted, label=look.say(f"{id}.dark"))
    gain.set(title=look.say(f"{id}.saturated"), xlabel=look.say("common.pump"), ylabel=look.say(f"{id}.inversion"))
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
        named = look.say("maser-engine.carnot", value=look.number(carnot))
        note(signal, carnot, 0.0, named, look.ink, xytext=(8, 6), textcoords="offset points")
    signal.axhline(0, color=look.muted, linewidth=0.8)
    signal.invert_yaxis()
    signal.set(
        title=look.say("maser-engine.baths"),
        xlabel=look.say("maser-engine.ratio"),
        ylabel=look.say("common.hot_up", quantity=look.say("maser-engine.signal")),
        ylim=(1.05, -2.0),
        xlim=(0, 1),
    )
    return canvas


FIGURES = (
    Figure("laser-turn-on", _turn_on),
    Figure("laser-threshold", _threshold),
    Figure("maser-engine", _engine),
)
