import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from film_project import Project, make_project, opened
from hypothesis import settings

from explainer.film.build import films

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# A browser that asks the network for nothing.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# The same examples on every run and machine.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden", action="store_true", help="remake the golden stills; look at them before you commit"
    )


def pytest_configure() -> None:
    # A shell that starts the tests in the background has them ignore Ctrl-C, and so would the builds they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module")  # its driver keeps an event loop that no other tests should find running
def browser() -> Iterator[Any]:
    """A real browser, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser here (looked for {', '.join(BROWSERS)})")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small film of which nothing is built yet."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = make_project(tmp_path_factory.mktemp("template") / "project")
    films((made.request(),), made.out, made.session())
    return made


@pytest.fixture
def built(template: Project, tmp_path: Path) -> Project:
    """A small film that is built."""
    shutil.copytree(template.root, tmp_path / "project")
    return opened(tmp_path / "project", template.name)
