"""The quantities that the words may name: each a call into the physics, a unit and a precision.

A new fact is one line in `SPECS`. Nothing about a fact is typed twice: its value is the call's result, and
``source`` is written out from the call itself. Importing this module imports the physics.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from narration.errors import NarrationError
from narration.quantities import Fact
from physics import examples
from physics.entropy import multiplicity

__all__ = ["SPECS", "Fact", "FactSpec", "evaluate", "known_facts", "source_of"]


@dataclass(frozen=True)
class FactSpec:
    """How to get a quantity: ``call()`` answers in SI units, shown in ``unit`` with ``decimals`` places."""

    id: str
    call: partial[Any]
    unit: str = ""
    decimals: int = 0


SPECS: tuple[FactSpec, ...] = (
    FactSpec("particles", partial(examples.particles)),
    FactSpec("field", partial(examples.field_T), "T"),
    FactSpec("inversion_temperature", partial(examples.temperature_K, examples.ABOVE_AFTER), "mK", 1),
    FactSpec("few", partial(examples.few)),
    FactSpec("ways_0", partial(multiplicity, examples.FEW, 0)),
    FactSpec("ways_1", partial(multiplicity, examples.FEW, 1)),
    FactSpec("ways_2", partial(multiplicity, examples.FEW, 2)),
    FactSpec("ways_3", partial(multiplicity, examples.FEW, 3)),
    FactSpec("ways_4", partial(multiplicity, examples.FEW, 4)),
)


def source_of(call: partial[Any]) -> str:
    """The call written out, for the manifest: ``physics.entropy.multiplicity(4, 1)``."""
    arguments = [repr(value) for value in call.args]
    arguments += [f"{name}={value!r}" for name, value in call.keywords.items()]
    return f"{call.func.__module__}.{call.func.__qualname__}({', '.join(arguments)})"


def evaluate(spec: FactSpec) -> Fact:
    """Call the physics for one fact.

    Raises:
        NarrationError: the answer is not a finite number.
    """
    value = float(spec.call())
    if not math.isfinite(value):
        raise NarrationError("narration/facts.py", spec.id, f"its value is {value}", "say it in words instead")
    return Fact(spec.id, value, spec.unit, spec.decimals, source_of(spec.call))


@cache
def known_facts() -> Mapping[str, Fact]:
    """All facts by id, evaluated once a process."""
    return {spec.id: evaluate(spec) for spec in SPECS}
