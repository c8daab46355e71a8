"""An independent evaluation of what each scene of the minute reports; a new segment adds a module and a row.

The formulas are written out again here, in plain arithmetic, without the physics package: what the film shows is held
against a second hand. Only the cases' parameters are shared.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluators.laws import GAP_mK, coldness_at, disc, upper
from evaluators.minute.dome import dome, dome_course
from evaluators.minute.hook import hook
from evaluators.minute.inversion import inversion, inversion_course
from evaluators.minute.laser import laser, laser_course
from evaluators.minute.ordering import ordering, ordering_course
from explainer.checks.evaluation import Evaluator, Values
from physics import examples


def _hotness_at(name: str) -> Callable[[Values], float]:
    """Between coldest and hottest, the place of the coldness of a name."""
    return lambda values: upper(values[name])


EVALUATORS: dict[str, Evaluator] = {
    "hook": hook,
    "inversion": inversion,
    "dome": dome,
    "ordering": ordering,
    "laser": laser,
}
MARKERS = (
    disc(
        "dome",
        "point",
        "dome.slope:end",
        "dome.beyond:negative",
        0.17,
        lambda values: values["n"] / examples.PARTICLES,
    ),
    disc("ordering", "coldness marker", "ordering.coldness:zero", "ordering.coldness:zero", 0.24, _hotness_at("x")),
    disc(
        "ordering",
        "temperature marker",
        "ordering.jump:end",
        "ordering.jump:end",
        0.24,
        lambda values: upper(coldness_at(GAP_mK, values["T_mK"])),
    ),
    *(
        disc(
            "ordering", f"{body} body", "ordering.contact:flow", "ordering.contact:flow", 0.24, _hotness_at(f"x_{body}")
        )
        for body in ("hot", "cold")
    ),
    disc("laser", "gauge", "laser.pump:grow", "laser.pump:grow", 0.17, lambda values: values["upper"]),
    disc("laser", "pointer", "laser.end:end", "laser.end:end", 0.221, lambda values: values["closing"]),
)
COURSES = {
    "inversion": inversion_course,
    "dome": dome_course,
    "ordering": ordering_course,
    "laser": laser_course,
}
