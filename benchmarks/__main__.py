"""How fast the film is made, what its encoder settings are worth, and where the time goes: `make bench`.

Every time is of one run on one machine, with nothing else at work there; the ratios are what can be compared with other
machines. The tables are printed, and written with a plot into a page and a JSON file.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.costs import profile
from benchmarks.pictures import encoders
from benchmarks.report import Table, entry, print_tables, write
from benchmarks.speed import speed

PARTS: Mapping[str, Callable[[Path], tuple[Table, ...]]] = {"speed": speed, "encoders": encoders, "profile": profile}


def main(arguments: Sequence[str]) -> int:
    """Measure one part, or all, one after the other; print tables and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="what to measure; all by default")
    parser.add_argument("--out", type=Path, default=Path("out/bench"), help="folder of the page (default out/bench)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        parts = [options.part] if options.part else list(PARTS)
        tables = [table for part in parts for table in PARTS[part](Path(folder))]
    print_tables(tables)
    paths = write(tables, options.out)
    print(*paths, sep="\n")
    return 0


if __name__ == "__main__":
    entry(main)
