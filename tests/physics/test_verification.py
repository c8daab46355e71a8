"""The verification table itself: complete, passing, and able to fail."""

import math
import sys

import pytest

from physics import verification
from physics.verification.row import Row, agree, holds, number, refuses, rounded, vanishes


@pytest.fixture(scope="module")
def table() -> tuple[Row, ...]:
    return verification.verify()


def test_every_row_passes(table) -> None:
    assert [row for row in table if not row.passes] == []


def test_every_system_has_rows_with_a_source(table) -> None:
    systems = {row.system for row in table}
    assert len(systems) >= 18
    assert all(row.source and row.statement for row in table)
    assert len({(row.system, row.statement, row.source) for row in table}) == len(table)


@pytest.mark.parametrize(
    "row",
    [
        number("s", "t", "u", 1.0, 1.1, 0.01),
        number("s", "t", "u", 0.0, 1e-3, 0.0),
        number("s", "t", "u", 1.0, math.nan, 0.5),
        rounded("s", "t", "u", "0.44", 0.446),
        rounded("s", "t", "u", "-5.002", -5.003),
        agree("s", "t", "u", [1.0, 2.0], [1.0, 2.1], 1e-3),
        agree("s", "t", "u", [1.0, 2.0], [1.0, math.nan], 1e-3),
        vanishes("s", "t", "u", [0.0, 1e-3], 1e-4),
        holds("s", "t", "u", [True, False]),
        refuses("s", "t", "u", lambda: 1.0),
    ],
)
def test_a_wrong_number_fails(row: Row) -> None:
    assert not row.passes


def test_a_rounded_number_needs_only_its_digits() -> None:
    assert rounded("s", "t", "u", "0.441", 0.44134).passes
    assert rounded("s", "t", "u", "-1.5e-3", -0.00146).passes


def test_a_wrong_formula_turns_the_table_red(monkeypatch) -> None:
    """Break one physics function: rows about it, and only about it, must fail."""
    from physics import two_level

    right = two_level.entropy_J_per_K
    monkeypatch.setattr(two_level, "entropy_J_per_K", lambda beta, gap: right(beta, gap) * (1 + 1e-6))
    failed = {row.system for row in verification.verify() if not row.passes}
    assert failed == {"two levels"}


def test_the_package_stays_light_and_needs_no_test_tools() -> None:
    import subprocess

    code = "import sys, physics, physics.coldness; print('scipy.integrate' in sys.modules, 'mpmath' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]
