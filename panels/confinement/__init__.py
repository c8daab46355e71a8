"""What a reader of the page can drive of the film of arXiv:1305.2014: a particle that climbs out of its well."""

from __future__ import annotations

from typing import Any

from explainer.stage.look import Theme
from explainer.words.facts import Known
from panels.confinement.tables import all_tables

__all__ = ["data", "properties"]


def data(known: Known) -> dict[str, Any]:
    """The tables of the physics."""
    return {"tables": all_tables()}


def properties(theme: Theme) -> dict[str, str]:
    """Custom properties for the style: none."""
    return {}
