"""What each task of a film costs: `python -m benchmarks.costs` builds one task after the other and writes down each.

Seconds are those of the processor, a task's helpers and threads included: what it takes on a core of its own, and what
other work on the machine spoils least. `benchmarks.schedule` reads the file.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from explainer.film.build import BuildReport, Session, film, film_tasks, known_facts, timed
from explainer.film.language_selection import translated_tags
from explainer.film.plan import build_context, speech_tasks, words
from explainer.film.request import QUALITIES, Request, Voicing
from explainer.tasks.artifact_transfer import pack
from explainer.tasks.graph import Task
from explainer.tasks.local import perform
from explainer.tasks.progress import Progress, Silent
from explainer.tasks.store import Store

ROOT = Path(__file__).resolve().parent.parent
COSTS = ROOT / "docs" / "costs.json"
LARGE_SEGMENT = "dome"


@dataclass(frozen=True)
class Cost:
    """One task: its frames (1 for what draws none), processor seconds, and bytes of its result."""

    quality: str
    label: str
    frames: int
    cpu_s: float
    size_bytes: int


@dataclass(frozen=True)
class CostRecorder:
    """Runs tasks here, one after the other, and writes down what each costs."""

    quality: str
    costs: list[Cost] = field(default_factory=list)

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Run and weigh."""
        for task in tasks:
            began_s = processor_s()
            perform(task, store.folder, lambda steps: None)
            cpu_s = round(processor_s() - began_s, 3)
            size_bytes = pack(store.path(task.key)).size_bytes
            self.costs.append(Cost(self.quality, task.label, task.steps, cpu_s, size_bytes))


def processor_s() -> float:
    """Processor seconds of this process and of the children it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def weigh(request: Request) -> tuple[Cost, ...]:
    """Build a film from nothing; then plan it in the other languages, as a run of many films does after the first."""
    executor = CostRecorder(request.quality.name)
    with tempfile.TemporaryDirectory(prefix="costs-") as name:
        session = Session(build_context(ROOT), Store(Path(name) / "cache", print), executor, Silent())
        film(request, Path(name) / "out", session)
        plans = _plan_others(request, session)
    rest = (Cost(request.quality.name, label, 1, round(cpu_s, 3), 0) for label, cpu_s in plans.items())
    return (*executor.costs, *rest)


def _plan_others(request: Request, session: Session) -> dict[str, float]:
    """Processor seconds for the words of a language, and for the tasks of a film: means over the languages."""
    silent = replace(request, voicing=Voicing(voice="draft"))
    others = [replace(silent, language_tag=tag) for tag in translated_tags() if tag != request.language_tag]
    facts = known_facts(session)
    began_s = processor_s()
    for other in others:
        speech_tasks(words(other, facts), other.voicing, session.context)
    words_s = processor_s() - began_s
    voiced = timed(others, replace(session, executor=CostRecorder("")), BuildReport())
    began_s = processor_s()
    for each in voiced:
        film_tasks(each, session.context)
    films_s = processor_s() - began_s
    return {"plan language": words_s / len(others), "plan film": films_s / len(others)}


def main(arguments: Sequence[str]) -> int:
    """Weigh the English film at 1080p60 and one segment at 2160p60."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.costs", description=__doc__)
    parser.add_argument("--out", type=Path, default=COSTS, help="the file to write (default docs/costs.json)")
    options = parser.parse_args(arguments)
    began_s = processor_s()
    import explainer.media.frames  # noqa: F401  # loading Manim is a worker's start, not the first stretch's cost

    start = Cost("", "start worker", 1, round(processor_s() - began_s, 3), 0)
    costs = (
        start,
        *weigh(Request(quality=QUALITIES["h"])),
        *weigh(Request(quality=QUALITIES["k"], segments=(LARGE_SEGMENT,))),
    )
    lines = ",\n".join(json.dumps(asdict(cost)) for cost in costs)
    options.out.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
