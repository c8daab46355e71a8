"""The table of statements that verify a film's physics, and the page that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from explainer.checks.finding import Finding
from explainer.html.pages import rendered
from explainer.tasks.loading import imported

KIND = "physics"
HEADS = ("system", "law or number", "expected", "computed", "error", "allowed", "verdict")


class Statement(Protocol):
    """A law or a published number, evaluated a second time."""

    @property
    def system(self) -> str:
        """What it is about."""

    @property
    def statement(self) -> str:
        """What is claimed, in words."""

    @property
    def source(self) -> str:
        """Where the law or the number is published."""

    @property
    def expected(self) -> float:
        """The value by the second hand."""

    @property
    def computed(self) -> float:
        """The value by the physics."""

    @property
    def tolerance(self) -> float:
        """The error that is allowed."""

    @property
    def error(self) -> float:
        """Distance between computed and expected."""

    @property
    def passes(self) -> bool:
        """Whether the error is within the tolerance."""


def verified(module: str) -> tuple[Statement, ...]:
    """Every statement of a film's verification module; none if it has none."""
    return tuple(imported(module).verify()) if module else ()


def failures(rows: Sequence[Statement]) -> tuple[Finding, ...]:
    """A finding for each row that does not hold."""
    return tuple(
        Finding(KIND, row.system, f"{row.statement}: computed {row.computed}, expected {row.expected} ({row.source})")
        for row in rows
        if not row.passes
    )


def table(rows: Sequence[Statement]) -> list[tuple[str, ...]]:
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


def page(rows: Sequence[Statement]) -> str:
    """The rows as one page of HTML, a table a system."""
    systems: dict[str, list[dict[str, object]]] = {row.system: [] for row in rows}
    for row, cells in zip(rows, table(rows), strict=True):
        systems[row.system].append({"cells": cells[1:], "source": row.source, "passes": row.passes})
    failed = sum(not row.passes for row in rows)
    return rendered("physics.html.j2", heads=HEADS[1:], systems=systems, count=len(rows), failed=failed)
