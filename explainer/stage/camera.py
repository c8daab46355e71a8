"""Manim's camera, which also draws sprites."""

from __future__ import annotations

from typing import Any

import cairo
import manim as mn

from explainer.stage.sprites import Sprites


class StageCamera(mn.Camera):
    """Draws what a stage is made of: flat outlines as Manim does, sprites as they draw themselves."""

    def display_vectorized(self, vmobject: mn.VMobject, ctx: cairo.Context) -> Any:  # type: ignore[type-arg]
        """Draw a mobject on a context in scene units."""
        if isinstance(vmobject, Sprites):
            vmobject.paint(ctx)
            return self
        return super().display_vectorized(vmobject, ctx)
