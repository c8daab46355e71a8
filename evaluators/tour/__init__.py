"""An independent evaluation of what each scene of the tour reports; a new segment adds a module and a row.

The formulas are written out again here, in plain arithmetic, without the physics package: what the film shows is held
against a second hand. Only the cases' parameters are shared.
"""

from __future__ import annotations

from evaluators.tour.contact import contact, contact_course
from evaluators.tour.fourlevel import fourlevel, fourlevel_course
from evaluators.tour.gas import gas, gas_course
from evaluators.tour.lattice import lattice, lattice_course
from evaluators.tour.mistakes import mistakes, mistakes_course
from evaluators.tour.mixing import mixing, mixing_course
from evaluators.tour.reversal import reversal, reversal_course
from evaluators.tour.worked import worked, worked_course
from explainer.checks.evaluation import Course, Evaluator, Marker

EVALUATORS: dict[str, Evaluator] = {
    "contact": contact,
    "fourlevel": fourlevel,
    "gas": gas,
    "lattice": lattice,
    "mixing": mixing,
    "reversal": reversal,
    "mistakes": mistakes,
    "worked": worked,
}
MARKERS: tuple[Marker, ...] = ()
COURSES: dict[str, Course] = {
    "contact": contact_course,
    "fourlevel": fourlevel_course,
    "gas": gas_course,
    "lattice": lattice_course,
    "mixing": mixing_course,
    "reversal": reversal_course,
    "mistakes": mistakes_course,
    "worked": worked_course,
}
