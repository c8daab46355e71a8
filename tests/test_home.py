"""What stands beside the code is whole: licence, notices, how to cite."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_citation_has_what_its_format_asks_for() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert {"title", "message", "authors"} <= cited.keys()
    for each in (cited, *cited["references"]):
        assert each["authors"] and all({"name", "family-names"} & author.keys() for author in each["authors"])
    assert cited["version"] == PROJECT["version"] and cited["license"] == PROJECT["license"]
    released = f"## {cited['version']} ({cited['date-released']})"
    assert released in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()


def test_the_package_carries_its_licence() -> None:
    for name in PROJECT["license-files"]:
        assert (ROOT / name).is_file(), name


@pytest.mark.parametrize("table", sorted((ROOT / "narration" / "takes").glob("*/*/takes.json")), ids=str)
def test_the_notice_names_the_licence_of_every_take(table: Path) -> None:
    voice = json.loads(table.read_text("utf-8"))["voice"]
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert voice["model"].split()[0] in notice and {"Apache-2.0": "Apache License 2.0"}[voice["licence"]] in notice


def test_the_notice_names_every_font() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for path in (ROOT / "explainer" / "words" / "languages").glob("*.toml"):
        family = tomllib.loads(path.read_text("utf-8"))["font"]
        shared = next((name for name in ("Noto Sans CJK", "Noto Sans") if family.startswith(name)), family)
        assert shared in notice, family
