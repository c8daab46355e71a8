"""The bench of a test, and the browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the stand-in, which tasks import by its name

from export_bench import Bench, lay_out

SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return lay_out(tmp_path)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """Debian's browser, without a word to the network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES.split())
        yield browser
        browser.close()
