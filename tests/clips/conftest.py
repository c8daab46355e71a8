from pathlib import Path

import pytest
from export_bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Where a test makes its exports."""
    return Bench(tmp_path)
