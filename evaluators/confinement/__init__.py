"""An independent evaluation of what each scene of the film of the paper reports; a new segment adds a module and a row.

The formulas are written out again here, in plain arithmetic, without the physics package: what the film shows is held
against a second hand. Only the cases' parameters are shared.
"""

from __future__ import annotations

from evaluators.confinement.escape import escape, escape_course
from evaluators.confinement.several import several
from evaluators.confinement.temperatures import temperatures, temperatures_course
from evaluators.confinement.well import well, well_course
from explainer.checks.evaluation import Course, Evaluator, Marker

EVALUATORS: dict[str, Evaluator] = {
    "well": well,
    "escape": escape,
    "temperatures": temperatures,
    "several": several,
}
MARKERS: tuple[Marker, ...] = ()
COURSES: dict[str, Course] = {
    "well": well_course,
    "escape": escape_course,
    "temperatures": temperatures_course,
}
