"""The physics package's own table of checks, and the page that shows it."""

from __future__ import annotations

from collections.abc import Sequence

from physics.verification import Row, verify
from pipeline.finding import Finding
from pipeline.pages import rendered

KIND = "physics"
HEADS = ("system", "law or number", "expected", "computed", "error", "allowed", "verdict")


def verified() -> tuple[Row, ...]:
    """Every law and published number, evaluated a second time."""
    return verify()


def failures(rows: Sequence[Row]) -> tuple[Finding, ...]:
    """A finding for each row that does not hold."""
    return tuple(
        Finding(KIND, row.system, f"{row.statement}: computed {row.computed}, expected {row.expected} ({row.source})")
        for row in rows
        if not row.passes
    )


def table(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """The rows as text, in the order of `HEADS`."""
    return [
        (
            row.system,
            row.statement,
            f"{row.expected:.9g}",
            f"{row.computed:.9g}",
            f"{row.error:.1e}",
            f"{row.tolerance:.1e}",
            "holds" if row.passes else "FAILS",
        )
        for row in rows
    ]


def page(rows: Sequence[Row]) -> str:
    """The rows as one page of HTML, a table a system."""
    systems: dict[str, list[dict[str, object]]] = {row.system: [] for row in rows}
    for row, cells in zip(rows, table(rows), strict=True):
        systems[row.system].append({"cells": cells[1:], "source": row.source, "passes": row.passes})
    failed = sum(not row.passes for row in rows)
    return rendered("physics.html.j2", heads=HEADS[1:], systems=systems, count=len(rows), failed=failed)
