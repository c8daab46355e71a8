"""A task's key follows the code it runs through, definition by definition."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.tasks.fingerprint import Sources, closure, font_files, tool_versions

FILES = {
    "physics/__init__.py": "",
    "physics/dome.py": (
        '"""Module."""\nfrom scipy.constants import k as K\nimport numpy as np\n\nLIMIT = 3\n\n\n'
        'def entropy(n):\n    """Docstring."""\n    return _log(n) * K  # why\n\n\n'
        "def _log(n):\n    return np.log(n + LIMIT)\n\n\ndef unrelated():\n    return 1\n"
    ),
    "physics/other.py": "TABLE = {}\n\n\ndef far():\n    return 2\n",
    "physics/again.py": "from physics.dome import entropy as slope\nfrom .other import *\n",
    "scenes/__init__.py": "",
    "scenes/base.py": "class Base:\n    def build(self):\n        return 0\n",
    "scenes/dome.py": (
        "import physics.dome\nfrom scenes.base import Base\n\n\nclass Dome(Base):\n    def state(self, frame):\n"
        "        return physics.dome.entropy(frame)\n\n\nclass Late:\n    def state(self, frame):\n"
        "        from physics import other\n        return other.far()\n\n\nclass Whole:\n    def state(self, frame):\n"
        "        from physics import dome as it\n        return getattr(it, 'entropy')(frame)\n\n\nclass Through:\n"
        "    def state(self, frame):\n        from physics import again\n"
        "        return again.slope(frame) + again.far()\n"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def prints(root: Path, name: str = "Dome") -> dict[str, str]:
    return closure(Sources(root), (f"scenes.dome:{name}",))


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_holds_what_is_used_and_nothing_else(root: Path) -> None:
    assert set(prints(root)) == {
        "scenes.dome:Dome",
        "scenes.base:Base",
        "physics.dome:entropy",
        "physics.dome:_log",
        "physics.dome:LIMIT",
    }


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("physics/dome.py", "n + LIMIT", "n + LIMIT + 1"),
        ("physics/dome.py", "LIMIT = 3", "LIMIT = 4"),
        ("physics/dome.py", "import k as K", "import h as K"),
        ("physics/dome.py", "import numpy as np", "import scipy as np"),
        ("scenes/base.py", "return 0", "return 1"),
        ("scenes/dome.py", "entropy(frame)\n\n\nclass Late", "entropy(2 * frame)\n\n\nclass Late"),
    ],
)
def test_changes_with_what_is_used(root: Path, path: str, old: str, new: str) -> None:
    before = prints(root)
    edit(root, path, old, new)
    assert prints(root) != before


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("physics/dome.py", "return 1", "return 2"),
        ("physics/dome.py", "Docstring", "Another docstring"),
        ("physics/dome.py", '"""Module."""', '"""Other."""'),
        ("physics/dome.py", "# why", "# because"),
        ("physics/dome.py", "\n\n\ndef _log", "\n\n\n\n\n\ndef _log"),
        ("physics/other.py", "return 2", "return 3"),
    ],
)
def test_stays_when_only_other_things_change(root: Path, path: str, old: str, new: str) -> None:
    before = prints(root)
    edit(root, path, old, new)
    assert prints(root) == before


def test_imports_inside_functions_are_followed(root: Path) -> None:
    assert "physics.other:far" in prints(root, "Late")


def test_a_module_used_as_a_value_counts_whole(root: Path) -> None:
    before = prints(root, "Whole")
    edit(root, "physics/dome.py", "return 1", "return 2")
    assert prints(root, "Whole") != before


def test_renamed_and_starred_imports_are_followed(root: Path) -> None:
    before = prints(root, "Through")
    assert "physics.dome:_log" in before
    edit(root, "physics/other.py", "return 2", "return 3")
    assert prints(root, "Through") != before


def test_an_address_outside_is_not_entered(root: Path) -> None:
    found = closure(Sources(root), ("scenes.dome:Dome",), ("physics.dome:entropy",))
    assert set(found) == {"scenes.dome:Dome", "scenes.base:Base"}


def test_data_beside_a_module_that_knows_its_place_counts(root: Path) -> None:
    (root / "physics" / "table.csv").write_text("1", encoding="utf-8")
    edit(root, "physics/other.py", "return 2", "return open(__file__)")
    before = prints(root, "Late")
    (root / "physics" / "table.csv").write_text("2", encoding="utf-8")
    assert prints(root, "Late") != before


def test_nothing_is_imported(root: Path) -> None:
    edit(root, "physics/dome.py", "LIMIT = 3", "LIMIT = 3\nraise SystemExit")
    assert prints(root)


@pytest.mark.parametrize(
    ("entry", "said"), [("scenes.none:A", "no such module"), ("scenes.dome:Absent", "defines no Absent")]
)
def test_unknown_entries_are_named(root: Path, entry: str, said: str) -> None:
    with pytest.raises(ExplainerError, match=said):
        closure(Sources(root), (entry,))


def test_broken_code_is_named_with_its_line(root: Path) -> None:
    edit(root, "physics/dome.py", "return 1", "return (")
    with pytest.raises(ExplainerError, match=r"physics/dome.py:\d+: not valid Python"):
        prints(root)


def test_a_missing_font_is_named() -> None:
    with pytest.raises(ExplainerError, match="'No Such Family, At-All' is not installed"):
        font_files(("No Such Family, At-All",))


def test_an_installed_font_counts_by_its_files() -> None:
    found = font_files(("Inter",))
    assert found
    assert all(name.startswith("Inter/") and len(value) == 40 for name, value in found.items())


def test_tools_count_by_version() -> None:
    versions = tool_versions(("numpy", "no-such-distribution"))
    assert versions["no-such-distribution"] == "absent"
    assert versions["numpy"][0].isdigit()
