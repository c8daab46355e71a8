"""What the words of the tour may name, and how numbers that move in it are read out."""

from __future__ import annotations

from functools import partial

from explainer.words.facts import FactSpec
from explainer.words.quantities import Quantity
from physics import examples, examples_tour

FACTS = (
    FactSpec("particles", partial(examples.particles)),
    FactSpec("few", partial(examples.few)),
    FactSpec("field", partial(examples.field_T), "T"),
    FactSpec("above_after", partial(examples.above_after)),
    FactSpec("below_after", partial(examples_tour.below_after)),
    FactSpec("inversion_temperature", partial(examples.temperature_K, examples.ABOVE_AFTER), "mK", 0),
    FactSpec("contact_temperature", partial(examples_tour.contact_temperature_K), "mK", 0),
    FactSpec("reversal_year", partial(examples_tour.reversal_year)),
    FactSpec("lattice_year", partial(examples_tour.lattice_year)),
    FactSpec("excess", partial(examples_tour.excess_per_million)),
    FactSpec("reversed", partial(examples_tour.reversed_K), "K"),
    FactSpec("crossing", partial(examples_tour.crossing_s), "s"),
    FactSpec("fluorine_temperature", partial(examples_tour.reversed_K), "K"),
    FactSpec("lithium_temperature", partial(examples_tour.lithium_K), "K"),
    FactSpec("fluorine_share", partial(examples_tour.fluorine_share), unit_si=0.01),
    FactSpec("lithium_share", partial(examples_tour.lithium_share), unit_si=0.01),
    FactSpec("mixed_temperature", partial(examples_tour.mixed_K), "K"),
    FactSpec("enlarged", partial(examples_tour.enlarged)),
    FactSpec("lattice_temperature", partial(examples_tour.lattice_K), "nK"),
)

QUANTITIES = (
    Quantity("count"),
    Quantity("tick_K", "K"),
    Quantity("tick_mK", "mK"),
    Quantity("tick_uK", "µK"),
    Quantity("spin_temperature", "mK", 1, signed=True, most=999.9),
    Quantity("worked_temperature", "mK", 2, signed=True, most=999.9),
    Quantity("population_ratio", decimals=1),
    Quantity("volume_temperature", "mK", signed=True),
    Quantity("coldness", decimals=1, signed=True, bare_zero=True),
    Quantity("level_pair", "K", signed=True),
    Quantity("bath", "K"),
    Quantity("engine_pair", "K", 1, signed=True, most=99.9),
    Quantity("maser_frequency", "GHz", 1),
    Quantity("lattice_temperature", "nK", signed=True, most=9999),
    Quantity("spins_K", "K", signed=True, most=99_999.0),
    Quantity("clock_s", "s"),
    Quantity("gas_temperature", "K"),
)
