"""The themes a user may ask for."""

from __future__ import annotations

from pipeline.errors import PipelineError
from scenes.look import THEMES


def checked_theme(name: str) -> str:
    """Return a known theme.

    Raises:
        PipelineError: if it is not one.
    """
    if name not in THEMES:
        raise PipelineError(f"no theme {name!r}", "--theme", f"use one of {', '.join(THEMES)}")
    return name
