"""What a reader of the tour's page can drive: spins that relax after a sudden reversal of their field."""

from __future__ import annotations

from typing import Any

from explainer.stage.look import Theme
from explainer.words.facts import Known
from panels.tour.tables import all_tables

__all__ = ["data", "properties"]


def data(known: Known) -> dict[str, Any]:
    """The tables of the physics."""
    return {"tables": all_tables()}


def properties(theme: Theme) -> dict[str, str]:
    """Custom properties for the style: none."""
    return {}
