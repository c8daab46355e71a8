"""A cold build of the film through other encoder settings: `python -m benchmarks.build stock FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from explainer.film.build import Session, film
from explainer.film.plan import build_context
from explainer.film.request import Request
from explainer.media.encode_settings import LOSSLESS, STOCK
from explainer.tasks.local import cores, local_executor
from explainer.tasks.progress import Silent
from explainer.tasks.store import Store

ROOT = Path(__file__).resolve().parents[2]
ENCODERS = {"stock": STOCK, "lossless": LOSSLESS}


def main(encoder: str, folder: Path) -> None:
    """Build the English film into `folder`/out, with `folder`/cache as its store."""
    with local_executor(cores()) as executor:
        session = Session(build_context(ROOT), Store(folder / "cache", print), executor, Silent())
        film(Request(encoder=ENCODERS[encoder]), folder / "out", session)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
