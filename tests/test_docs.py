"""What the documents say of the code is so."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted((*ROOT.glob("docs/*.md"), ROOT / "README.md"))
_PATH = re.compile(r"`((?:explainer|tests|tools|benchmarks|docs)/[\w./-]+)`")
_MODULE = re.compile(r"`((?:words|timing|voices|stage|tasks|media|jobs|film|checks|clips|decks|page|html)\.[a-z_]+)\b")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def test_the_picture_of_the_architecture_is_drawn_from_the_imports_as_they_are() -> None:
    drawn = runpy.run_path(str(ROOT / "tools" / "draw_architecture.py"))
    assert drawn["PICTURE"].read_text("utf-8") == drawn["drawn"](), "run tools/draw_architecture.py"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_and_module_that_is_named_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    for place in _PATH.findall(text):
        assert (ROOT / place).exists(), place
    if document.name == "architecture.md":
        for module in _MODULE.findall(text):
            assert (ROOT / "explainer" / f"{module.replace('.', '/')}.py").is_file(), module
    for link in _LINK.findall(text):
        assert (document.parent / link).exists(), link
