"""How fast builds were, over commits: `python -m benchmarks.record out/bench/bench.json --machine NAME`.

Takes the figures of a run of `python -m benchmarks` into `docs/performance.json`, with its day, commit and machine, and
draws `docs/pictures/performance.svg` from all that stand there; without a file it only draws.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.costs import CODING
from benchmarks.report import ROOT, Table, entry, plot, print_tables
from explainer.errors import ExplainerError
from explainer.tasks.atomic import publish

RECORDS = ROOT / "docs" / "performance.json"
PICTURE = ROOT / "docs" / "pictures" / "performance.svg"
FILM_S, COLD_S, OVER_MANIM = "film s", "cold build s", "cold build over Manim's command"
PROCESSOR_S, ENCODER_S = "all steps, processor s", "x264 alone, processor s"
# What is drawn over the film's duration, with its words in the plot.
DRAWN = {
    COLD_S: "cold build, its time",
    PROCESSOR_S: "all steps, processor time",
    ENCODER_S: "x264 alone, processor time",
}


@dataclass(frozen=True)
class Record:
    """A run: the day and the commit that it measured, the machine, figures by name; what was not measured is absent."""

    date: str
    commit: str
    machine: str
    figures: Mapping[str, float]


def figures_of(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, float]:
    """The figures that are kept of a run's tables; a run may have measured a part of them.

    Raises:
        ExplainerError: if none of them is there.
    """
    found: dict[str, float] = {}
    for row in tables.get("Commands", ()):
        if row["command"] == "cold build":
            found |= {COLD_S: row["time s"], FILM_S: row["film s"]}
    for row in tables.get("Limits", ()):
        if row["what"] == "cold build, over Manim's command scene by scene":
            found[OVER_MANIM] = row["measured"]
    steps = tables.get("Where a cold build's time goes", ())
    for row in steps:
        if row["step"] == CODING:
            found[ENCODER_S] = row["processor s"]
    if steps:
        found[PROCESSOR_S] = steps[-1]["processor s"]
        found.setdefault(FILM_S, int(steps[-1]["step"].split()[1]) / 60)
    if not found:
        raise ExplainerError("no figures to keep", "the run", "measure speed or profile: python -m benchmarks")
    return found


def read_records(path: Path = RECORDS) -> tuple[Record, ...]:
    """All runs, the first first."""
    return tuple(Record(**row) for row in json.loads(path.read_text(encoding="utf-8")))


def as_text(records: Sequence[Record]) -> str:
    """The file's text: a line a run."""
    return "[\n" + ",\n".join(json.dumps(asdict(record)) for record in records) + "\n]\n"


def table(records: Sequence[Record]) -> Table:
    """Figures over the film's duration, by commit."""
    shares = [
        {name: record.figures[name] / record.figures[FILM_S] for name in DRAWN if name in record.figures}
        for record in records
    ]
    rows = [
        {
            "date": record.date,
            "commit": record.commit,
            "machine": record.machine,
            **{f"{words}/film": round(share[name], 2) if name in share else "" for name, words in DRAWN.items()},
            "over Manim": record.figures.get(OVER_MANIM, ""),
        }
        for record, share in zip(records, shares, strict=True)
    ]

    def draw(axes: Any) -> None:
        ticks = range(len(records))
        for number, (name, words) in enumerate(DRAWN.items()):
            known = [tick for tick in ticks if name in shares[tick]]
            axes.plot([], [], "o-", color=f"C{number}", label=words)
            for machine in dict.fromkeys(record.machine for record in records):  # only what is alike is joined
                alike = [tick for tick in known if records[tick].machine == machine]
                axes.plot(alike, [shares[tick][name] for tick in alike], "o-", color=f"C{number}")
            for tick in known:
                share = shares[tick][name]
                axes.annotate(f"{share:.2f}", (tick, share), (0, 6), textcoords="offset points", ha="center")
        names = [f"{record.commit}\n{record.date}\n{record.machine}" for record in records]
        axes.set_xticks(list(ticks), names, fontsize="small")
        highest = max(share for each in shares for share in each.values())
        axes.set(ylabel="over the film's duration", ylim=(0, 1.15 * highest), xlim=(-0.4, len(records) - 0.4))
        axes.legend(fontsize="small", loc="lower left")

    return Table("Cold builds over commits", rows, draw)


def measured_now(bench: Path, machine: str) -> Record:
    """A run that has just measured the present commit."""
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%h %cs"]
    commit, date = subprocess.run(git, capture_output=True, text=True, check=True).stdout.split()
    return Record(date, commit, machine, figures_of(json.loads(bench.read_text(encoding="utf-8"))))


def main(arguments: Sequence[str]) -> int:
    """Take a run, if one is named; print and draw all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.record", description=__doc__)
    parser.add_argument("bench", type=Path, nargs="?", help="bench.json of a run; without it all is only drawn")
    parser.add_argument("--machine", help="its name, the same for all runs on it")
    parser.add_argument("--records", type=Path, default=RECORDS, help="default docs/performance.json")
    parser.add_argument("--plot", type=Path, default=PICTURE, help="default docs/pictures/performance.svg")
    options = parser.parse_args(arguments)
    records = read_records(options.records)
    if options.bench:
        if not options.machine:
            parser.error("--machine: whose figures are these?")
        records = (*records, measured_now(options.bench, options.machine))
        publish({options.records: as_text(records)})
    tables = [table(records)]
    print_tables(tables)
    plot(tables, options.plot)
    return 0


if __name__ == "__main__":
    entry(main)
