"""The film's colours for the page: its themes as custom properties, its map from coldness to colour as a table."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import ArrayLike

from scenes.palette import THEMES, coldness_map, hex_rgb

MAP_STEP = 4
SURFACE_SHARE = 0.045
"""How much ink a panel's ground takes."""
NAMES = ("background", "ink", "muted", "faint")


def custom_properties(theme: str) -> dict[str, str]:
    """CSS custom properties of a theme, by name."""
    colours = asdict(THEMES[theme])
    ground, ink = hex_rgb(colours["background"]), hex_rgb(colours["ink"])
    surface = {"--surface": _hex(ground + SURFACE_SHARE * (ink - ground))}
    stops = ", ".join(coldness_hex(theme)[:: len(coldness_hex(theme)) // 8])
    return {f"--{name}": colours[name] for name in NAMES} | surface | {"--cold-to-hot": stops}


def coldness_hex(theme: str) -> list[str]:
    """The map from coldest to hottest as `#rrggbb`, evenly spaced."""
    return [_hex(rgb) for rgb in coldness_map(theme)[::MAP_STEP]]


def _hex(rgb: ArrayLike) -> str:
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in np.asarray(rgb))
