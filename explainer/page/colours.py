"""The film's colours for the page: its themes as custom properties, its map from coldness to colour as a table."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from explainer.stage.look import Theme
from explainer.stage.palette import coldness_map, coldness_rgb, hex_rgb

MAP_STEP = 4
STRIP_STOPS = 17
TINT_SHARE = 0.04
"""How much ink the other ground takes: panels on dark; on light, where coldness needs white, the page around."""
EDGE_SHARE = 0.12
"""How much ink the edge of a control takes over faint, to stand out from a panel's ground too."""
NAMES = ("background", "ink", "muted", "faint")


def custom_properties(theme: Theme, dark: bool) -> dict[str, str]:
    """CSS custom properties of a theme, by name."""
    ground, ink, faint = (hex_rgb(colour) for colour in (theme.background, theme.ink, theme.faint))
    grounds = (theme.background, hex_of(ground + TINT_SHARE * (ink - ground)))
    return {
        **{f"--{name}": getattr(theme, name) for name in NAMES},
        **dict(zip(("--page", "--surface"), grounds if dark else grounds[::-1], strict=True)),
        "--edge": hex_of(faint + EDGE_SHARE * (ink - faint)),
        "--cold-to-hot": coldness_strip(theme, 0.0, 1.0),
    }


def coldness_strip(theme: Theme, coldest: float, hottest: float) -> str:
    """The stops of a gradient from one place between coldest (0) and hottest (1) to another."""
    return ", ".join(hex_of(rgb) for rgb in coldness_rgb(np.linspace(coldest, hottest, STRIP_STOPS), theme))


def coldness_hex(theme: Theme) -> list[str]:
    """The map from coldest to hottest as `#rrggbb`, evenly spaced."""
    return [hex_of(rgb) for rgb in coldness_map(theme)[::MAP_STEP]]


def hex_of(rgb: ArrayLike) -> str:
    """A colour (sRGB, 0..1) as `#rrggbb`."""
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in np.asarray(rgb))
