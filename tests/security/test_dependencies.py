"""The dependencies are pinned, installed as pinned, agree with one another, and come from nowhere but the registry."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from security_samples import ROOT

PINS = [
    line
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def name_of(text: str) -> str:
    return re.sub(r"[-_.]+", "-", Requirement(text).name).lower()


def applies(marker: Marker | None) -> bool:
    return marker is None or marker.evaluate()


@pytest.mark.parametrize("line", PINS)
def test_each_pin_names_one_version_and_no_address(line: str) -> None:
    pin = Requirement(line)
    assert pin.url is None
    assert [(each.operator, "*" in each.version) for each in pin.specifier] == [("==", False)]


def test_what_is_declared_is_pinned() -> None:
    groups = [DECLARED["dependencies"], *DECLARED["optional-dependencies"].values()]
    declared = {name_of(text) for group in groups for text in group if applies(Requirement(text).marker)}
    assert declared <= {name_of(line) for line in PINS}


@pytest.mark.parametrize("line", [line for line in PINS if applies(Requirement(line).marker)])
def test_what_is_installed_is_what_is_pinned(line: str) -> None:
    pin = Requirement(line)
    try:
        installed = version(pin.name)
    except PackageNotFoundError:
        pytest.skip(f"{pin.name} is not installed here")
    assert pin.specifier.contains(installed), f"{pin.name} {installed}: run make again"


def test_the_installed_packages_agree() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_registry_is_written_into_the_project() -> None:
    for name in ("requirements.txt", "pyproject.toml", "Makefile", "tools/system-packages", "tests/package.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host|registry\s*=|git\+|https?://", text), (
            name
        )
