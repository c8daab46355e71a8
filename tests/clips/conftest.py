"""The bench of a test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the stand-in, which tasks import by its name

from export_bench import Bench, lay_out


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return lay_out(tmp_path)
