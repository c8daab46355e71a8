"""A cold build of the film through other encoder settings: `python -m pipeline.bench.build stock FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.build import Site, film
from pipeline.encode_settings import LOSSLESS, STOCK
from pipeline.local import cores, local_executor
from pipeline.plan import ground
from pipeline.progress import Silent
from pipeline.request import Request
from pipeline.store import Store

ROOT = Path(__file__).resolve().parents[2]
ENCODERS = {"stock": STOCK, "lossless": LOSSLESS}


def main(encoder: str, folder: Path) -> None:
    """Build the English film into `folder`/out, with `folder`/cache as its store."""
    with local_executor(cores()) as executor:
        site = Site(ground(ROOT), Store(folder / "cache", print), executor, Silent())
        film(Request(encoder=ENCODERS[encoder]), folder / "out", site)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
