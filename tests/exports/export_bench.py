"""A session whose tasks run here, one after the other, with a store of the test's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explainer.film.build import Session
from explainer.film.plan import BuildContext
from explainer.film.request import Quality, Request, Voicing
from explainer.tasks.fingerprint import PROJECT_PACKAGES, Sources
from explainer.tasks.graph import Task
from explainer.tasks.local import perform
from explainer.tasks.progress import Progress, Silent
from explainer.tasks.store import Store

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STAND_IN = "export_drawings"
SMALL = Quality(160, 90, 10)


@dataclass(frozen=True)
class Serial:
    """Runs tasks here."""

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        for task in tasks:
            perform(task, store.folder, lambda steps: None)


@dataclass(frozen=True)
class Bench:
    """Where exports are made in a test."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "out"

    def session(self) -> Session:
        sources = Sources(self.root, (*PROJECT_PACKAGES, STAND_IN))
        store = Store(self.root / ".cache", lambda line: None)
        return Session(BuildContext(self.root, sources, {}), store, Serial(), Silent())

    def files(self) -> list[str]:
        """What lies in the English output folder."""
        return sorted(path.name for path in (self.out / "en").iterdir())

    def request(self, **changes: object) -> Request:
        given = {"quality": SMALL, "voicing": Voicing("draft"), "renderer": STAND_IN, **changes}
        return Request(**given)  # type: ignore[arg-type]


def lay_out(root: Path) -> Bench:
    """The project's packages, and beside them the stand-in that draws."""
    for name in PROJECT_PACKAGES:
        (root / name).symlink_to(ROOT / name)
    (root / f"{STAND_IN}.py").symlink_to(HERE / f"{STAND_IN}.py")
    return Bench(root)
