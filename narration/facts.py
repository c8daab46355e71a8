"""The quantities that the words may name: each a call into the physics, a unit and a precision.

A new fact is one line in `SPECS`. Nothing about a fact is typed twice: its value is the call's result and
``source`` is written out from the call itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from narration import quantities
from narration.languages import Language

__all__ = ["SPECS", "Fact", "FactSpec", "evaluate", "known_facts", "source_of"]


@dataclass(frozen=True)
class FactSpec:
    """How to get a quantity: ``call()`` answers in SI units, shown in ``unit`` with ``decimals`` places."""

    id: str
    call: partial[Any]
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Fact:
    """An evaluated quantity. ``value_si`` is unrounded; ``source`` is the call it came from."""

    id: str
    value_si: float
    unit: str
    decimals: int
    source: str

    def text(self, language: Language) -> str:
        """As the language writes it, with its unit."""
        unit = quantities.UNITS[self.unit]
        return quantities.written(quantities.rounded(self.value_si, unit, self.decimals), unit, language)

    def spoken(self, language: Language) -> str:
        """As a voice of the language says it."""
        unit = quantities.UNITS[self.unit]
        return quantities.spoken(quantities.rounded(self.value_si, unit, self.decimals), unit, language)


SPECS: tuple[FactSpec, ...] = ()


def source_of(call: partial[Any]) -> str:
    """The call written out, for the manifest: ``physics.entropy.multiplicity(4, 1)``."""
    function = call.func
    arguments = [repr(value) for value in call.args]
    arguments += [f"{name}={value!r}" for name, value in call.keywords.items()]
    return f"{function.__module__}.{function.__qualname__}({', '.join(arguments)})"


def evaluate(spec: FactSpec) -> Fact:
    """Call the physics for one fact."""
    return Fact(spec.id, float(spec.call()), spec.unit, spec.decimals, source_of(spec.call))


@cache
def known_facts() -> Mapping[str, Fact]:
    """All facts by id, evaluated once a process."""
    return {spec.id: evaluate(spec) for spec in SPECS}
