"""What the words of the film of the paper may name, and how numbers that move in it are read out."""

from __future__ import annotations

from functools import partial

from explainer.words.facts import FactSpec
from explainer.words.quantities import Quantity
from physics import examples_confinement

FACTS = (
    FactSpec("wide", partial(examples_confinement.box_over_well)),
    FactSpec("bound", partial(examples_confinement.bound_levels)),
    FactSpec("drop", partial(examples_confinement.kinetic_drop)),
)

QUANTITIES = (Quantity("count"),)
