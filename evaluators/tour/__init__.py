"""An independent evaluation of what each scene of the tour reports; a new segment adds a module and a row.

The formulas are written out again here, in plain arithmetic, without the physics package: what the film shows is held
against a second hand. Only the cases' parameters are shared.
"""

from __future__ import annotations

from evaluators.tour.contact import contact, contact_course
from evaluators.tour.gas import gas, gas_course
from explainer.checks.evaluation import Course, Evaluator, Marker

EVALUATORS: dict[str, Evaluator] = {"gas": gas, "contact": contact}
MARKERS: tuple[Marker, ...] = ()
COURSES: dict[str, Course] = {"gas": gas_course, "contact": contact_course}
