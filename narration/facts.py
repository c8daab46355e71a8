"""What the words of the films may name, each a call into the physics, and how numbers that move are read out."""

from __future__ import annotations

from functools import partial

from explainer.words.facts import FactSpec
from explainer.words.quantities import Quantity
from physics import examples
from physics.entropy import multiplicity

FACTS = (
    FactSpec("particles", partial(examples.particles)),
    FactSpec("field", partial(examples.field_T), "T"),
    FactSpec("inversion_temperature", partial(examples.temperature_K, examples.ABOVE_AFTER), "mK", 0),
    FactSpec("few", partial(examples.few)),
    FactSpec("below_before", partial(examples.below_before)),
    FactSpec("above_after", partial(examples.above_after)),
    FactSpec("hot_particles", partial(examples.hot_particles)),
    FactSpec("cold_particles", partial(examples.cold_particles)),
    *(FactSpec(f"ways_{up}", partial(multiplicity, examples.FEW, up)) for up in range(examples.FEW + 1)),
)

QUANTITIES = (
    Quantity("thermometer", "K", signed=True, most=99_999),
    Quantity("tick", "K"),
    Quantity("zero_tick", "K", signed=True),
    Quantity("count"),
    Quantity("spin_temperature", "mK", 1, signed=True),
    Quantity("dome_temperature", "mK", 1, signed=True, most=9999.9),
    Quantity("body_temperature", "mK", 1, signed=True, most=99.9),
    Quantity("coldness", decimals=1, signed=True, bare_zero=True),
    Quantity("level_temperature", "K", -2, signed=True),
)
