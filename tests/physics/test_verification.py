"""The verification table: every row is a test, and each kind of row can fail."""

import math
import subprocess
import sys

import pytest

from physics import two_level, verification
from physics.verification import spins, statistics
from physics.verification.row import Checks, Row

TABLE = verification.verify()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.system}: {row.statement}")
def test_the_row_holds(row: Row) -> None:
    found = f"computed {row.computed}, expected {row.expected}"
    assert row.passes, f"{found}: off by {row.error}, allowed {row.tolerance}; source: {row.source}"


def test_every_statement_is_made_once_and_has_a_source() -> None:
    assert all(row.source and row.statement for row in TABLE)
    assert len({(row.system, row.statement, row.source) for row in TABLE}) == len(TABLE)


def test_wrong_numbers_fail() -> None:
    check = Checks("s")
    check.number("relative", "u", 1.0, 1.1, 0.01)
    check.number("absolute at 0", "u", 0.0, 1e-3, 0.0)
    check.number("not a number", "u", 1.0, math.nan, 0.5)
    check.rounded("third digit", "u", "0.44", 0.446)
    check.rounded("fourth digit, negative", "u", "-5.002", -5.003)
    check.agree("one of two", "u", [1.0, 2.0], [1.0, 2.1], 1e-3)
    check.agree("one is not a number", "u", [1.0, 2.0], [1.0, math.nan], 1e-3)
    check.vanishes("one of two", "u", [0.0, 1e-3], 1e-4)
    check.holds("in one of two cases", "u", [True, False])
    check.refuses("but allowed", "u", lambda: 1.0)
    assert [row.statement for row in check.rows if row.passes] == []


@pytest.mark.parametrize(("published", "computed"), [("0.441", 0.44134), ("-1.5e-3", -0.00146)])
def test_a_rounded_number_needs_only_its_digits(published: str, computed: float) -> None:
    check = Checks("s")
    check.rounded("t", "u", published, computed)
    assert check.rows[0].passes


def test_a_wrong_formula_turns_the_rows_about_it_red(monkeypatch: pytest.MonkeyPatch) -> None:
    right = two_level.entropy_J_per_K
    monkeypatch.setattr(two_level, "entropy_J_per_K", lambda beta, gap: right(beta, gap) * (1 + 1e-6))
    assert {row.system for row in (*statistics.rows(), *spins.rows()) if not row.passes} == {
        "two levels",
        "thermal contact",
    }


def test_the_package_stays_light_and_needs_no_test_tools() -> None:
    code = "import sys, physics, physics.coldness; print('scipy.integrate' in sys.modules, 'mpmath' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]
