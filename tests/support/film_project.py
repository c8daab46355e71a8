"""A small film to build from: the minute's words, stand-in scenes and laws as text, a renderer without Manim.

Its packages have names of their own, by the folder they are in, as one process holds many such films.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib import invalidate_caches
from pathlib import Path

from serial import Serial

from explainer.film.captioning import localized_for
from explainer.film.manifest import FinishedFilm
from explainer.film.request import Quality, Request, Voicing
from explainer.film.timed import LocalizedFilm
from explainer.stage.draft import __name__ as DRAFT_SHOW
from explainer.tasks.context import BuildContext
from explainer.tasks.fingerprint import Sources
from explainer.tasks.progress import Silent
from explainer.tasks.session import Session
from explainer.tasks.store import Store
from explainer.words.film import Film, film_ids, open_film
from explainer.words.languages import languages_of

ROOT = Path(__file__).parents[2]
SEGMENTS = ("hook", "inversion", "dome", "ordering", "laser")
SMALL = Quality(96, 54, 15)
STAND_INS = "stand_ins"


@dataclass(frozen=True)
class Project:
    """A film's folder with a store of its own. `name` begins the names of its packages."""

    root: Path
    name: str
    warnings: list[str] = field(default_factory=list)

    @property
    def script(self) -> Path:
        return self.root / "narration" / "minute.toml"

    @property
    def locale(self) -> Path:
        """The folder of its translations."""
        return self.root / "narration" / "locale" / "minute"

    @property
    def film(self) -> Film:
        """The film as its files are now."""
        languages_of.cache_clear()
        return open_film(self.root, "minute")

    @property
    def store(self) -> Store:
        return Store(self.root / ".cache", self.warnings.append)

    @property
    def out(self) -> Path:
        return self.root / "out"

    def session(self) -> Session:
        """A fresh session, as a new process would have it."""
        sources = Sources(self.root, (*self.film.packages, STAND_INS), frozenset({DRAFT_SHOW}))
        return Session(BuildContext(sources, {"pango": "1"}), self.store, Serial(), Silent())

    def request(self, **changes: object) -> Request:
        given = {
            "film": self.film,
            "language_tag": "en",
            "quality": SMALL,
            "voicing": Voicing("draft"),
            "renderer": f"{STAND_INS}.bar",
            **changes,
        }
        return Request(**given)  # type: ignore[arg-type]

    def scene(self, segment_id: str) -> str:
        """Path of a stand-in scene, from the root."""
        return f"{self.name}_scenes/{segment_id}.py"

    @property
    def laws(self) -> str:
        """Path of the stand-in physics, from the root."""
        return f"{self.name}_physics/laws.py"

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text in a file of the project."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


def make_project(root: Path) -> Project:
    """A film whose scenes are stand-ins and whose words are the minute's; its packages can be imported from now on."""
    name = f"film_{blake2b(str(root).encode(), digest_size=4).hexdigest()}"
    others = [film for film in film_ids(ROOT) if film != "minute"]
    ignored = shutil.ignore_patterns("__pycache__", *others, *(f"{film}.toml" for film in others))
    shutil.copytree(ROOT / "narration", root / "narration", ignore=ignored)
    made = Project(root, name)
    script = made.script.read_text(encoding="utf-8")
    script = re.sub(r"^(evaluators|verification|panels|figures) = .*\n", "", script, flags=re.MULTILINE)
    script = re.sub(r"^\[film\.motion\]\n(\w+ = .*\n)*", "", script, flags=re.MULTILINE)
    made.script.write_text(script.replace('"scenes.minute.', f'"{name}_scenes.'), encoding="utf-8")
    physics, scenes = root / f"{name}_physics", root / f"{name}_scenes"
    for folder in (physics, scenes):
        folder.mkdir()
        (folder / "__init__.py").touch()
    laws = "".join(f'def law_of_{each}(x):\n    """Docstring."""\n    return x + 1\n\n\n' for each in SEGMENTS)
    (physics / "laws.py").write_text(laws, encoding="utf-8")
    for each in SEGMENTS:
        method = f"    def state(self, frame):\n        return laws.law_of_{each}(frame)\n"
        text = f"from {name}_physics import laws\n\n\nclass {each.title()}:\n{method}"
        (scenes / f"{each}.py").write_text(text, encoding="utf-8")
    return opened(root, name)


def opened(root: Path, name: str) -> Project:
    """A project that is there already, for instance as a copy of another."""
    sys.path.insert(0, str(root))
    invalidate_caches()
    return Project(root, name)


def told(requests: Sequence[Request], finished: FinishedFilm) -> tuple[tuple[LocalizedFilm, ...], FinishedFilm]:
    """The words of requests on the timeline of a film, and the film."""
    return tuple(localized_for(request, finished) for request in requests), finished
