"""A small project to build from: stand-in scenes and physics as text, real words, a renderer without Manim."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
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
SEGMENTS = ("hook", "inversion", "dome", "ordering", "laser")
RENDERERS = ("pipeline_stand_in", "pipeline_draws_nothing", "pipeline_waits_for_nosuch")
SMALL = Quality(96, 54, 15)

sys.path.insert(0, str(HERE))  # workers import the stand-in by its name


@dataclass(frozen=True)
class Serial:
    """Runs tasks here, one after the other, and remembers their labels."""

    ran: list[str] = field(default_factory=list)

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        for task in tasks:
            for line in perform(task, store.folder, lambda steps: None):
                store.warn(line)
            self.ran.append(task.label)


@dataclass(frozen=True)
class Project:
    """A project folder with a store of its own."""

    root: Path
    warnings: list[str] = field(default_factory=list)

    @property
    def script(self) -> Path:
        return self.root / "narration" / "script.toml"

    @property
    def store(self) -> Store:
        return Store(self.root / ".cache", self.warnings.append)

    @property
    def out(self) -> Path:
        return self.root / "out"

    def session(self) -> Session:
        """A fresh session, as a new process would have it."""
        sources = Sources(self.root, (*PROJECT_PACKAGES, *RENDERERS))
        return Session(BuildContext(self.root, sources, {"pango": "1"}), self.store, Serial(), Silent())

    def request(self, **changes: object) -> Request:
        given = {
            "quality": SMALL,
            "voicing": Voicing("draft"),
            "renderer": "pipeline_stand_in",
            "script": self.script,
            **changes,
        }
        return Request(**given)  # type: ignore[arg-type]

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text in a file of the project."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


def make_project(root: Path) -> Project:
    """A project whose scenes are stand-ins and whose words are the film's."""
    root.mkdir()
    (root / "pipeline").symlink_to(ROOT / "pipeline")
    for name in RENDERERS:
        (root / f"{name}.py").symlink_to(HERE / f"{name}.py")
    (root / "narration").mkdir()
    for path in (ROOT / "narration").iterdir():
        if path.name != "script.toml":
            (root / "narration" / path.name).symlink_to(path)
    (root / "narration" / "script.toml").write_bytes((ROOT / "narration" / "script.toml").read_bytes())
    (root / "scenes").mkdir()
    (root / "scenes" / "show.py").symlink_to(ROOT / "scenes" / "show.py")
    (root / "physics").mkdir()
    laws = "".join(f'def law_of_{name}(x):\n    """Docstring."""\n    return x + 1\n\n\n' for name in SEGMENTS)
    (root / "physics" / "laws.py").write_text(laws, encoding="utf-8")
    for name in SEGMENTS:
        method = f"    def state(self, frame):\n        return laws.law_of_{name}(frame)\n"
        text = f"from physics import laws\n\n\nclass {name.title()}:\n{method}"
        (root / "scenes" / f"{name}.py").write_text(text, encoding="utf-8")
    return Project(root)
