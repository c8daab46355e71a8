from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reliability_builds import Place

sys.path.append(str(Path(__file__).parents[1] / "pipeline"))  # where the small projects are made


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place where a build was left alone."""
    place = Place(tmp_path_factory.mktemp("undisturbed"))
    status, said = place.build()
    assert status == 0, said
    return place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place where nothing is built yet."""
    return Place(tmp_path)
