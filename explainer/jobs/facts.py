"""State what a film knows in numbers. To call its physics is to load it, which a run without changes can spare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from explainer.tasks.graph import Tick
from explainer.words.facts import Known, known
from explainer.words.quantities import Fact, Quantity

TOOLS = ("numpy", "scipy")
FACTS = "facts.json"


@dataclass(frozen=True)
class FactsJob:
    """The film's facts module."""

    module: str


def state(job: FactsJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Call the physics for every fact that the words may name."""
    stated = known(job.module)
    told = {
        "facts": [asdict(fact) for fact in stated.facts.values()],
        "quantities": [asdict(quantity) for quantity in stated.quantities.values()],
    }
    (folder / FACTS).write_text(json.dumps(told), encoding="utf-8")


def read(folder: Path) -> Known:
    """What a finished task stated."""
    told = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return Known(
        {fields["id"]: Fact(**fields) for fields in told["facts"]},
        {fields["id"]: Quantity(**fields) for fields in told["quantities"]},
    )
