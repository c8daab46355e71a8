"""The film's colours for the page: its themes as custom properties, its map from coldness to colour as a table."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import ArrayLike

from page.tables import STARTS, STRIP_STOPS
from scenes.palette import THEMES, coldness_map, coldness_rgb, hex_rgb

MAP_STEP = 4
SURFACE_SHARE = 0.045
"""How much ink a panel's ground takes."""
NAMES = ("background", "ink", "muted", "faint")


def custom_properties(theme: str) -> dict[str, str]:
    """CSS custom properties of a theme, by name."""
    colours = asdict(THEMES[theme])
    ground, ink = hex_rgb(colours["background"]), hex_rgb(colours["ink"])
    surface = {"--surface": _hex(ground + SURFACE_SHARE * (ink - ground))}
    strips = {
        "--cold-to-hot": _strip(theme, 0.0, 1.0),
        "--starts": _strip(theme, STARTS[0] / 100, STARTS[-1] / 100),
    }
    return {f"--{name}": colours[name] for name in NAMES} | surface | strips


def _strip(theme: str, coldest: float, hottest: float) -> str:
    return ", ".join(_hex(rgb) for rgb in coldness_rgb(np.linspace(coldest, hottest, STRIP_STOPS), theme))


def coldness_hex(theme: str) -> list[str]:
    """The map from coldest to hottest as `#rrggbb`, evenly spaced."""
    return [_hex(rgb) for rgb in coldness_map(theme)[::MAP_STEP]]


def _hex(rgb: ArrayLike) -> str:
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in np.asarray(rgb))
