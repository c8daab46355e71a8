"""A session whose tasks run here, one after the other, with a store of the test's own, for the minute's exports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from film_project import ROOT
from serial import Serial

from explainer.film.request import Quality, Request, Voicing
from explainer.stage.draft import __name__ as DRAFT_SHOW
from explainer.tasks.context import BuildContext
from explainer.tasks.fingerprint import Sources
from explainer.tasks.progress import Silent
from explainer.tasks.session import Session
from explainer.tasks.store import Store
from explainer.words.film import Film, open_film

MINUTE = open_film(ROOT, "minute")
STAND_INS = "stand_ins"
SMALL = Quality(160, 90, 10)


def changed(film: Film, **settings: object) -> Film:
    """A film whose script has other settings."""
    own = replace(film.script.settings, **settings)  # type: ignore[arg-type]
    return replace(film, script=replace(film.script, settings=own))


@dataclass(frozen=True)
class Bench:
    """Where exports are made in a test."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "out"

    def session(self) -> Session:
        sources = Sources(MINUTE.root, (*MINUTE.packages, STAND_INS), frozenset({DRAFT_SHOW}))
        store = Store(self.root / ".cache", lambda line: None)
        return Session(BuildContext(sources, {}), store, Serial(), Silent())

    def files(self) -> list[str]:
        """What lies in the English output folder."""
        return sorted(path.name for path in (self.out / "en").iterdir())

    def request(self, **changes: object) -> Request:
        given = {
            "film": MINUTE,
            "language_tag": "en",
            "quality": SMALL,
            "voicing": Voicing("draft"),
            "renderer": f"{STAND_INS}.drawings",
            **changes,
        }
        return Request(**given)  # type: ignore[arg-type]
