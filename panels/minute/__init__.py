"""What a reader of the minute's page can drive: a two-level system, the worked example, two bodies in contact."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from explainer.page.colours import coldness_strip
from explainer.stage.look import Theme
from explainer.words.facts import Known
from panels.minute.experiments import EXPERIMENTS
from panels.minute.steps import STEPS
from panels.minute.tables import STARTS, all_tables

__all__ = ["data", "properties"]


def data(known: Known) -> dict[str, Any]:
    """The tables of the physics, the film's cues that the two-level system is stepped through, and the experiments."""
    return {
        "tables": all_tables(),
        "steps": [asdict(step) for step in STEPS],
        "experiments": [asdict(experiment) for experiment in EXPERIMENTS],
    }


def properties(theme: Theme) -> dict[str, str]:
    """Custom properties for the style, by name: the colours of the states that bodies can begin in."""
    return {"--starts": coldness_strip(theme, STARTS[0] / 100, STARTS[-1] / 100)}
