"""How fast the film is made, what its encoder settings are worth, and where the time goes: `make bench`.

Every time is of one run on one machine, with nothing else at work there; the ratios are what can be compared with other
machines. The tables are printed, and written with a plot into a page and a JSON file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from benchmarks import encoders, profile, runs
from benchmarks.report import Results, Speed, print_tables, write
from explainer.errors import ExplainerError

PARTS = ("speed", "encoders", "profile")


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for, all by default; print tables and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--out", type=Path, default=Path("out/bench"), help="folder of the page (default out/bench)")
    options = parser.parse_args(arguments)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"unknown part {unknown[0]!r}: use {', '.join(PARTS)}")
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            results = measure(tuple(options.parts) or PARTS, Path(name))
        paths = write(results, options.out)
    except ExplainerError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.status
    print_tables(results)
    print(*paths, sep="\n")
    return 0


def measure(parts: Sequence[str], folder: Path) -> Results:
    """Run the parts, one after the other, in a folder that is empty at first."""
    compared = {"speed", "encoders"} & set(parts)
    # What pictures are held against comes first: it also warms the system's caches for all that is timed.
    reference = runs.cold_build("lossless", folder / "lossless").film if compared else folder
    return Results(
        _speed(reference, folder) if "speed" in parts else None,
        encoders.compare(reference, folder) if "encoders" in parts else None,
        profile.profile(folder / "profile") if "profile" in parts else None,
    )


def _speed(reference: Path, folder: Path) -> Speed:
    scenes = runs.stock_scenes(folder)
    builds = runs.user_builds(folder / "project")
    stock = runs.cold_build("stock", folder / "stock")
    scores = encoders.score(builds.cold.film, reference, folder / "score.json").vmaf
    content = json.loads(builds.cold.film.with_suffix(".json").read_text(encoding="utf-8"))
    by_segment = {
        segment["id"]: mean(
            score for frame, score in scores.items() if segment["start_frame"] <= frame < segment["stop_frame"]
        )
        for segment in content["timeline"]["segments"]
    }
    return Speed(scenes, builds, stock, by_segment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
