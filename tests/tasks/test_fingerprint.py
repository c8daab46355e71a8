"""A task's key follows the code it runs through, module by module."""

from __future__ import annotations

import sys
from hashlib import blake2b
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.tasks.fingerprint import Sources, font_files, tool_versions

# NAME stands for what begins the names of a test's packages: one process looks into many folders.
FILES = {
    "NAME_physics/__init__.py": "",
    "NAME_physics/dome.py": (
        '"""Module."""\nfrom typing import TYPE_CHECKING\n\nfrom NAME_physics.numbers import K as FACTOR\n\n'
        "if TYPE_CHECKING:\n    from NAME_physics.types import Slope\n\n\n"
        'def entropy(n):\n    """Docstring."""\n    return FACTOR * n  # why\n'
    ),
    "NAME_physics/numbers.py": "from .units import *\n\nK = 1\nH = 1\n",
    "NAME_physics/units.py": "METRE = 1\n",
    "NAME_physics/types.py": "Slope = float\n",
    "NAME_physics/other.py": "def far():\n    return 2\n",
    "NAME_scenes/__init__.py": "",
    "NAME_scenes/base.py": "class Base:\n    pass\n",
    "NAME_scenes/dome.py": (
        "from NAME_scenes.base import Base\n\n\nclass Dome(Base):\n    def state(self, frame):\n"
        "        from NAME_physics import dome\n        return dome.entropy(frame)\n"
    ),
    "NAME_scenes/other.py": "from NAME_physics.other import far\n",
}


class Folder:
    """A film's folder; `NAME` in paths and texts is the same as in its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = f"film_{blake2b(str(root).encode(), digest_size=4).hexdigest()}"
        self.remembered: dict[str, str] = {}
        for path, text in FILES.items():
            self.write(path, text)

    def path(self, path: str) -> Path:
        return self.root / path.replace("NAME", self.name)

    def write(self, path: str, text: str) -> None:
        self.path(path).parent.mkdir(exist_ok=True)
        self.path(path).write_text(text.replace("NAME", self.name), encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.path(path).read_text(encoding="utf-8").replace(self.name, "NAME")
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def sources(self, *outside: str) -> Sources:
        names = frozenset(each.replace("NAME", self.name) for each in outside)
        return Sources(self.root, (f"{self.name}_scenes",), names, self.remembered)

    def prints(self, module: str = "NAME_scenes.dome", *outside: str) -> dict[str, str]:
        """What a module's key follows, as a new process finds it that remembers what those before found, or nothing."""
        asked = (module.replace("NAME", self.name),)
        found = self.sources(*outside).closure(asked)
        self.remembered, before = {}, self.remembered
        assert self.sources(*outside).closure(asked) == found
        self.remembered = before
        return {name.replace(self.name, "NAME"): digest for name, digest in found.items()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    made = Folder(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return made


def test_holds_what_is_imported_directly_or_through_others_and_nothing_else(folder: Folder) -> None:
    own = {name for name in folder.prints() if name.startswith("NAME")}
    scenes = {"NAME_scenes", "NAME_scenes.base", "NAME_scenes.dome"}
    assert own == scenes | {"NAME_physics", "NAME_physics.dome", "NAME_physics.numbers", "NAME_physics.units"}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("NAME_scenes/dome.py", "entropy(frame)", "entropy(2 * frame)"),
        ("NAME_scenes/base.py", "pass", "x = 1"),
        ("NAME_physics/dome.py", "FACTOR * n", "FACTOR * n + 1"),
        ("NAME_physics/dome.py", "import K as FACTOR", "import H as FACTOR"),
        ("NAME_physics/units.py", "METRE = 1", "METRE = 2"),
        ("NAME_physics/__init__.py", "", "x = 1"),
    ],
)
def test_changes_with_what_is_imported(folder: Folder, path: str, old: str, new: str) -> None:
    before = folder.prints()
    folder.edit(path, old, new)
    assert folder.prints() != before


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("NAME_scenes/other.py", "import far", "import far as near"),
        ("NAME_physics/other.py", "return 2", "return 3"),
        ("NAME_physics/types.py", "float", "int"),
        ("NAME_physics/dome.py", '"""Module."""', '"""Other."""'),
        ("NAME_physics/dome.py", "Docstring", "Another docstring"),
        ("NAME_physics/dome.py", "# why", "# because"),
        ("NAME_physics/dome.py", "\n\n\ndef", "\n\n\n\n\n\ndef"),
    ],
)
def test_stays_when_only_other_modules_comments_or_docstrings_change(
    folder: Folder, path: str, old: str, new: str
) -> None:
    before = folder.prints()
    folder.edit(path, old, new)
    assert folder.prints() == before


def test_what_a_package_imports_counts_for_its_modules(folder: Folder) -> None:
    folder.edit("NAME_scenes/__init__.py", "", "import NAME_scenes.other\n")
    assert "NAME_physics.other" in folder.prints()


def test_the_engine_is_followed_too(folder: Folder) -> None:
    assert "explainer.stage.motion" not in folder.prints()
    folder.edit("NAME_scenes/base.py", "class", "from explainer.stage import motion\n\n\nclass")
    assert len(folder.prints()["explainer.stage.motion"]) == 40


def test_a_package_that_only_another_names_is_found(folder: Folder) -> None:
    folder.edit("NAME_physics/units.py", "METRE = 1", "from NAME_tables.lengths import METRE")
    folder.write("NAME_tables/__init__.py", "")
    folder.write("NAME_tables/lengths.py", "METRE = 1\n")
    folder.write("loose.py", "")
    assert "NAME_tables.lengths" in folder.prints()
    packages = tuple(f"{folder.name}_{name}" for name in ("physics", "scenes", "tables"))
    assert folder.sources().film_modules == (*packages, "loose")


def test_a_module_outside_is_not_followed(folder: Folder) -> None:
    found = folder.prints("NAME_scenes.dome", "NAME_physics.dome")
    assert "NAME_physics.dome" not in found
    assert "NAME_physics.numbers" not in found


def test_data_beside_a_module_that_names_its_place_counts(folder: Folder) -> None:
    folder.write("NAME_physics/table.csv", "1")
    without = folder.prints()
    folder.write("NAME_physics/table.csv", "2")
    assert folder.prints() == without
    folder.edit("NAME_physics/units.py", "METRE = 1", "METRE = open(__file__)")
    before = folder.prints()
    folder.write("NAME_physics/table.csv", "3")
    assert folder.prints() != before


@pytest.mark.parametrize("path", ["loose.py", "NAME_physics/no_package/loose.py"])
def test_modules_that_stand_in_no_package_always_count(folder: Folder, path: str) -> None:
    folder.write(path, "x = 1\n")
    before = folder.prints("NAME_scenes.other")
    folder.edit(path, "x = 1", "x = 2")
    assert folder.prints("NAME_scenes.other") != before


def test_nothing_is_run(folder: Folder) -> None:
    folder.edit("NAME_physics/dome.py", "def entropy", "raise SystemExit\n\n\ndef entropy")
    assert "NAME_physics.dome" in folder.prints()


def test_a_missing_module_is_one_clear_line(folder: Folder) -> None:
    said = rf"^{folder.name}_scenes.none: no such module; there must be a file {folder.name}_scenes/none.py in a folder"
    with pytest.raises(ExplainerError, match=said):
        folder.prints("NAME_scenes.none")


def test_a_missing_package_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ExplainerError, match=r"its code cannot be read \(.*'film_of_none'.*\); mend the import$"):
        Sources(tmp_path, ("film_of_none",)).closure(("film_of_none.dome",))


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("NAME_physics/dome.py", "x = 1\n\n\ndef f(:\n", r"NAME_physics/dome\.py:4: not valid Python: 'def f\(:'"),
        ("loose.py", "\nx = (\n", r"loose\.py:2: not valid Python \('\(' was never closed\)"),
    ],
)
def test_what_is_not_python_is_named_with_its_line(folder: Folder, path: str, text: str, said: str) -> None:
    folder.write(path, text)
    with pytest.raises(ExplainerError, match=f"^{said.replace('NAME', folder.name)}; correct the file$"):
        folder.prints()


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


def test_what_was_read_once_is_not_read_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.sources().closure((f"{folder.name}_scenes.dome",))
    before = dict(folder.remembered)
    monkeypatch.setitem(sys.modules, "grimp", None)  # importing it fails from now on
    assert folder.sources().closure((f"{folder.name}_scenes.dome",))
    assert folder.remembered == before
    folder.write("NAME_scenes/new.py", "")
    with pytest.raises(ImportError):
        folder.sources().closure((f"{folder.name}_scenes.dome",))


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"texts": 1}', "null"])
def test_imports_that_were_remembered_badly_are_read_anew(folder: Folder, damaged: str) -> None:
    expected = folder.prints()
    folder.remembered["imports"] = damaged
    assert folder.prints() == expected
