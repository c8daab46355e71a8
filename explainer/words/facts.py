"""Facts: the quantities that a film's words may name, each a call into its physics, a unit and a precision.

A film's facts module has ``FACTS``, and ``QUANTITIES`` for the numbers that move on screen. A new fact is one line
there. Nothing about it is typed twice: its value is the call's result, and its source is written out from the call.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from explainer.errors import ExplainerError, located
from explainer.tasks.loading import imported
from explainer.words.quantities import Fact, Quantity, unit_size

__all__ = ["FactSpec", "Known", "evaluate", "known", "source_of"]


@dataclass(frozen=True)
class FactSpec:
    """How to get a quantity: ``call()`` answers in SI units, shown in ``unit`` with ``decimals`` places.

    Args:
        id: what the words call it.
        call: the function and its arguments.
        unit: symbol of the unit it is shown in.
        decimals: places that are shown.
        unit_si: size of the unit in SI units; the engine's own for its units.
    """

    id: str
    call: partial[Any]
    unit: str = ""
    decimals: int = 0
    unit_si: float = 0.0


@dataclass(frozen=True)
class Known:
    """What a film knows in numbers: its facts by id, and how it reads out what moves, by id."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    quantities: Mapping[str, Quantity] = field(default_factory=dict)


def source_of(call: partial[Any]) -> str:
    """The call written out, for the manifest: ``physics.entropy.multiplicity(4, 1)``."""
    arguments = [repr(value) for value in call.args]
    arguments += [f"{name}={value!r}" for name, value in call.keywords.items()]
    return f"{call.func.__module__}.{call.func.__qualname__}({', '.join(arguments)})"


def evaluate(spec: FactSpec, *, module: str = "") -> Fact:
    """Call the physics for one fact.

    Raises:
        ExplainerError: the call fails, or its answer is not a finite number.
    """
    place = located(module, spec.id)
    try:
        value = float(spec.call())
    except Exception as error:  # whatever a film's physics may raise
        problem = f"{source_of(spec.call)} fails ({type(error).__name__}: {error})"
        raise ExplainerError(problem, place, "mend the call or its arguments") from None
    if not math.isfinite(value):
        raise ExplainerError(f"its value is {value}", place, "say it in words instead")
    size = spec.unit_si or unit_size(spec.unit, place=place)
    return Fact(spec.id, value, spec.unit, spec.decimals, source_of(spec.call), size)


def known(module: str) -> Known:
    """All that a facts module states, evaluated.

    Raises:
        ExplainerError: it cannot be imported, or a fact fails.
    """
    if not module:
        return Known()
    loaded = imported(module)
    specs: Sequence[FactSpec] = getattr(loaded, "FACTS", ())
    quantities: Sequence[Quantity] = getattr(loaded, "QUANTITIES", ())
    for named in (specs, quantities):
        ids = [each.id for each in named]
        for id in ids:
            if ids.count(id) > 1:
                raise ExplainerError("this id is taken", located(module, id), "give each its own")
    facts = (evaluate(spec, module=module) for spec in specs)
    return Known({fact.id: fact for fact in facts}, {each.id: each for each in quantities})
