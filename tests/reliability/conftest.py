from __future__ import annotations

import time
from pathlib import Path

import pytest
from reliability_builds import Place


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, float]:
    """A place where a build was left alone, and the seconds that it took."""
    place = Place(tmp_path_factory.mktemp("undisturbed"))
    began_s = time.monotonic()
    assert place.build() == (0, [])
    return place, time.monotonic() - began_s


@pytest.fixture(scope="session")
def undisturbed(first_build: tuple[Place, float]) -> Place:
    """A place where a build was left alone."""
    return first_build[0]


@pytest.fixture(scope="session")
def usual_s(first_build: tuple[Place, float]) -> float:
    """How long a build takes."""
    return first_build[1]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place where nothing is built yet."""
    return Place(tmp_path)
