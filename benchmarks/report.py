"""What was measured: tables, printed and written as a page, a plot and JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.cli.report import print_table
from explainer.errors import ExplainerError
from explainer.html.pages import rendered
from explainer.tasks.atomic import publish

ROOT = Path(__file__).resolve().parents[1]
PANEL_INCHES = (6.5, 4.2)

Row = Mapping[str, Any]
"""What was measured at once: names, numbers and words by the heads of their columns."""


@dataclass(frozen=True)
class Table:
    """Rows of one kind. `draw` shows them in a plot, given its axes."""

    title: str
    rows: Sequence[Row]
    draw: Callable[[Any], object] | None = None


def print_tables(tables: Iterable[Table]) -> None:
    """Print each table under its title."""
    for table in tables:
        print(f"\n{table.title}")
        print_table(tuple(table.rows[0]), [tuple(map(str, row.values())) for row in table.rows])


def as_json(tables: Iterable[Table]) -> str:
    """The tables by title."""
    return json.dumps({table.title: table.rows for table in tables}, indent=1) + "\n"


def plot(tables: Iterable[Table], path: Path) -> None:
    """Draw those tables that can be, side by side, as SVG or PNG; the same figures make the same file."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    panels = [table.draw for table in tables if table.draw]
    width, height = PANEL_INCHES
    with mpl.rc_context({"svg.hashsalt": path.name}):
        figure = Figure((len(panels) * width, height), layout="constrained")
        for number, draw in enumerate(panels, 1):
            draw(figure.add_subplot(1, len(panels), number))
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def bars(axes: Any, column: str, rows: Iterable[Row]) -> None:
    """Draw a bar a row, named by its first column."""
    named = {str(next(iter(row.values()))): row[column] for row in rows}
    axes.bar_label(axes.barh(list(named), list(named.values())), padding=3)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set(xlabel=column)


def write(tables: Sequence[Table], folder: Path) -> tuple[Path, ...]:
    """Write bench.svg, bench.json and index.html; returns their paths."""
    from markupsafe import Markup

    picture = folder / "bench.svg"
    plot(tables, picture)
    text = picture.read_text(encoding="utf-8")
    inline = Markup(text[text.find("<svg") :])  # ours, so nothing in it needs escaping
    page = rendered("bench.html.j2", Path(__file__).parent, plot=inline, tables=tables)
    files = {folder / "bench.json": as_json(tables), folder / "index.html": page}
    publish(files)
    return (picture, *files)


def entry(main: Callable[[Sequence[str]], int]) -> None:
    """End this process with the status of a command; an error is one line."""
    try:
        sys.exit(main(sys.argv[1:]))
    except ExplainerError as error:
        sys.exit(f"error: {error}")
