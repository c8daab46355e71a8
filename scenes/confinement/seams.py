"""Where the segments of the film of the paper meet: how its landscape and its chart are seen there."""

from __future__ import annotations

from scenes.confinement.chart import Look

CLOSE = Look(-0.106, 0.05, 0.165)
"""The levels of the paper's well and the first free ones."""

EDGE = Look(-0.0075, 0.0165, 0.085)
"""At the edge of the deeper well, near enough to tell even and odd levels: where escape and temperatures meet."""

DIM = 0.3
"""Opacity of a curve beside the one that is spoken of."""

FAR = Look(-0.125, 0.54, 1.25)
"""High above the well: where temperatures and several meet."""

RUNNERS = 7
"""Lights that run along a curve."""

PASSES_PER_S = 0.14
"""How often one of them passes the whole curve."""


CLOUD = Look(-0.105, 0.033, 0.2)
"""States of several particles, per particle."""

ENTROPY = Look(-0.105, 0.0316, 3.9)
"""Their entropy per particle, in k, in place of temperature."""
