"""The film's colours for the page: its themes as custom properties, its map from coldness to colour as a table."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import ArrayLike

from page.tables import STARTS, STRIP_STOPS
from scenes.palette import THEMES, coldness_map, coldness_rgb, hex_rgb

MAP_STEP = 4
TINT_SHARE = 0.04
"""How much ink the other ground takes: panels on dark; on light, where coldness needs white, the page around."""
EDGE_SHARE = 0.12
"""How much ink the edge of a control takes over faint, to stand out from a panel's ground too."""
NAMES = ("background", "ink", "muted", "faint")


def custom_properties(theme: str) -> dict[str, str]:
    """CSS custom properties of a theme, by name."""
    colours = asdict(THEMES[theme])
    ground, ink = hex_rgb(colours["background"]), hex_rgb(colours["ink"])
    grounds = (colours["background"], _hex(ground + TINT_SHARE * (ink - ground)))
    faint = hex_rgb(colours["faint"])
    mixed = {
        **dict(zip(("--page", "--surface"), grounds if theme == "dark" else grounds[::-1], strict=True)),
        "--edge": _hex(faint + EDGE_SHARE * (ink - faint)),
    }
    strips = {
        "--cold-to-hot": _strip(theme, 0.0, 1.0),
        "--starts": _strip(theme, STARTS[0] / 100, STARTS[-1] / 100),
    }
    return {f"--{name}": colours[name] for name in NAMES} | mixed | strips


def _strip(theme: str, coldest: float, hottest: float) -> str:
    return ", ".join(_hex(rgb) for rgb in coldness_rgb(np.linspace(coldest, hottest, STRIP_STOPS), theme))


def coldness_hex(theme: str) -> list[str]:
    """The map from coldest to hottest as `#rrggbb`, evenly spaced."""
    return [_hex(rgb) for rgb in coldness_map(theme)[::MAP_STEP]]


def _hex(rgb: ArrayLike) -> str:
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in np.asarray(rgb))
