from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from film_project import Project, make_project

from explainer.film.build import film


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project in which nothing is built yet."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = make_project(tmp_path_factory.mktemp("template") / "project")
    film(made.request(), made.out, made.session())
    return made


@pytest.fixture
def built(template: Project, tmp_path: Path) -> Project:
    """A project whose film is built."""
    shutil.copytree(template.root, tmp_path / "project", symlinks=True)
    return Project(tmp_path / "project")
