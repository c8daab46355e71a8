"""Several particles: the largest drops of their averages, and where they begin to escape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from evaluators.confinement.escape import look
from evaluators.confinement.temperatures import three
from evaluators.confinement.well import seen
from evaluators.confinement.wells import averaged_drop, onsets
from evaluators.laws import near, within
from explainer.checks.evaluation import Values
from physics import examples_confinement as cases

DROP_TOLERANCE = 2e-5  # hartree


def several(values: Values) -> Iterator[str]:
    """Drops from states listed again, which shrink; lights of the kinks at the onsets, or on the way between them."""
    yield from look(values["look"])
    yield from three(values["curves"])
    yield from seen(values["well"])
    for cloud in values["clouds"]:
        own = averaged_drop(cloud["N"], cases.PER_PARTICLE_HARTREE, cases.WINDOW_HARTREE)
        yield from near(cloud, {"drop_hartree": own}, DROP_TOLERANCE)
        for name in ("opacity", "column", "drop"):
            yield from within(cloud, name, 0, 1)
    drops = [cloud["drop_hartree"] for cloud in values["clouds"]]
    if any(more <= fewer for more, fewer in pairwise(drops)):
        yield f"shows drops {drops}, which do not shrink"
    entropy = values["entropy"]
    low = int(min(max(np.floor(entropy["shown"]), 1), cases.MOST_PARTICLES - 1))
    way, before, after = entropy["shown"] - low, onsets(low), onsets(low + 1)
    expected = np.array([before[0], *before]) * (1 - way) + np.array(after) * way
    if not np.allclose(entropy["kinks"], expected, atol=1e-8):
        yield f"shows kinks at {entropy['kinks']}, the physics gives {expected.tolist()}"
    for name in ("opacity", "bath"):
        yield from within(entropy, name, 0, 1)
    yield from within(values, "particles", 1, cases.MOST_PARTICLES)
    yield from within(values, "well_there", 0, 1)


def several_course(course: Sequence[Values]) -> Iterator[str]:
    """One particle after another is added; averages and drops are only drawn on; at the end one particle escapes."""
    if [*dict.fromkeys(values["particles"] for values in course)] != [*range(1, cases.MOST_PARTICLES + 1)]:
        yield "particles are not added one by one"
    for now, following in pairwise(course):
        for before, after in zip(now["clouds"], following["clouds"], strict=True):
            for name in ("line_to", "drop"):
                if after[name] < before[name]:
                    yield f"{name} of {before['N']} particles goes back"
        if following["entropy"]["shown"] < now["entropy"]["shown"]:
            yield "entropies of fewer particles come after those of more"
        if following["well"]["energy"] < now["well"]["energy"]:
            yield "the particle loses energy as it escapes"
    energy = [course[place]["well"]["energy"] for place in (0, -1)]
    if not energy[0] < 0 < energy[1]:
        yield f"the particle goes from {energy[0]:.4g} to {energy[1]:.4g} hartree, which is no escape"
    if not course[-1]["well"]["kinetic"] < min(values["well"]["kinetic"] for values in course[:-1]) * (1 + 1e-9):
        yield "the particle that has escaped is not the slowest"
