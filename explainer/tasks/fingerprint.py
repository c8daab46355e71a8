"""What decides a result besides its inputs: the code it runs through, the tools and the fonts.

Code is followed module by module, by the imports in the text: a change makes stale what imports the changed module,
directly or through others.
"""

from __future__ import annotations

import ast
import importlib.metadata
import platform
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.tasks.digest import digest, file_digest
from explainer.tasks.imports import ENGINE, ENGINE_FOLDER, Imports, imports_of, place

SOURCE_SUFFIXES = (".py", ".pyc")


@dataclass
class Sources:
    """The engine's code and a film's, each module read at most once.

    Args:
        root: the film's folder.
        packages: those of its packages that its script names; what they import from the folder is found.
        outside: modules that are not followed: their whole effect is among the inputs of the tasks that use them.
        remembered: hashes of code by the hash of its text and of the data beside it, and imports, from those that
            looked before.
    """

    root: Path
    packages: tuple[str, ...] = ()
    outside: frozenset[str] = frozenset()
    remembered: dict[str, str] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)

    def closure(self, modules: Iterable[str]) -> dict[str, str]:
        """Hash of each module that these reach by imports, themselves included, by name.

        Raises:
            ExplainerError: there is no such module, or it is not Python.
        """
        todo = list(modules)
        for module in todo:
            if module not in self._imports:
                remedy = f"there must be a file {module.replace('.', '/')}.py in a folder of the film"
                raise ExplainerError("no such module", module, remedy)
        reached: set[str] = set()
        while todo:
            module = todo.pop()
            if module not in reached and module not in self.outside:
                reached.add(module)
                # A module's package is loaded before it.
                todo += [*self._imports.get(module, ()), *_package(module)]
        return {name: self._digest(name) for name in sorted(reached)} | self._loose_files

    @cached_property
    def _imports(self) -> Imports:
        found = imports_of(self.root, self.packages, self.remembered)
        return {name: imported for name, imported in found.items() if name not in self.outside}

    @property
    def film_modules(self) -> tuple[str, ...]:
        """The film's packages, those too that only another imports, and the modules that stand in none."""
        return tuple(sorted({*self._film_packages, *(path.stem for path in self.root.glob("*.py"))}))

    @property
    def _film_packages(self) -> set[str]:
        tops = {name for name in self._imports if "." not in name and (self.root / name).is_dir()}
        return tops - {ENGINE}

    @cached_property
    def _loose_files(self) -> dict[str, str]:
        """Hashes of the modules whose imports are not known: those in no package, or in a folder that is none."""
        followed = {self._path(module) for module in self._imports.keys() | self.outside}
        paths = {path for package in self._film_packages for path in (self.root / package).rglob("*.py")} - followed
        loose = sorted(paths.union(self.root.glob("*.py")))
        return {path.relative_to(self.root).as_posix(): self._code_digest(path, False) for path in loose}

    def _digest(self, module: str) -> str:
        if module not in self._digests:
            path = self._path(module)
            self._digests[module] = self._code_digest(path, True) if path else ""
        return self._digests[module]

    def _code_digest(self, path: Path, in_package: bool) -> str:
        """Hash of a module without comments and docstrings; in a package with the data beside it if it names its place.

        Beside a module in no package lies everything, what is built too.
        """
        source = path.read_bytes()
        beside = data_files(path.parent) if in_package and b"__file__" in source else []
        data = {str(each.relative_to(path.parent)): file_digest(each) for each in beside}
        text = digest([source, data, sys.version_info[:3]])
        if text not in self.remembered:
            self.remembered[text] = digest([_code(path, source, self.root), data])
        return self.remembered[text]

    def _path(self, module: str) -> Path | None:
        top, *rest = module.split(".")
        base = (ENGINE_FOLDER if top == ENGINE else self.root / top).joinpath(*rest)
        return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _package(module: str) -> list[str]:
    return [module.rpartition(".")[0]] if "." in module else []


def _code(path: Path, source: bytes, root: Path) -> str:
    """A module without its comments and docstrings."""
    try:
        tree = ast.parse(source, filename=str(path))
    except (SyntaxError, ValueError) as error:
        where = place(path.resolve(), getattr(error, "lineno", None), root)
        raise ExplainerError(f"not valid Python ({error.args[0]})", where, "correct the file") from None
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(node, clean=False) is not None:
            node.body[0] = ast.Pass()
    return ast.dump(tree)


def data_files(folder: Path) -> list[Path]:
    """What is not code in a folder."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in SOURCE_SUFFIXES]


def tool_versions(names: Iterable[str]) -> dict[str, str]:
    """Installed version of each distribution, and the interpreter's."""
    versions = {"python": ".".join(platform.python_version_tuple()[:2])}
    return versions | {name: _tool_version(name) for name in names}


@cache
def _tool_version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def library_versions() -> dict[str, str]:
    """Versions of the system's libraries that shape and draw text."""
    import manimpango

    return {"pango": manimpango.pango_version(), "cairo": manimpango.cairo_version()}


def font_files(families: Iterable[str]) -> dict[str, str]:
    """Hash of every file of each font family, by file name; a family that is not installed is an error."""
    hashes: dict[str, str] = {}
    for family in sorted(set(families)):
        files = font_paths(family)
        if not files:
            remedy = "install it ('make video' does, for the engine's own), or name an installed family in its place"
            raise ExplainerError(f"font family {family!r} is not installed", "fonts", remedy)
        hashes |= {f"{family}/{path.name}": file_digest(path) for path in files}
    return hashes


def font_paths(family: str) -> tuple[Path, ...]:
    """Files of an installed font family, in order of name; empty when there is none."""
    lines = _fontconfig("fc-list", "%{file}\n", family).splitlines()
    return tuple(sorted(Path(line) for line in set(lines) if line))


def font_face(family: str) -> tuple[str, int]:
    """File and index in it of a family's regular face."""
    file, index = _fontconfig("fc-match", "%{file}\n%{index}", family).splitlines()
    return file, int(index)


@cache
def font_characters(family: str) -> frozenset[int]:
    """The code points that the regular face of a font family has glyphs for, but for marks without ink."""
    ranges = (part.partition("-") for part in _fontconfig("fc-match", "%{charset}", family).split())
    return frozenset(point for first, _, last in ranges for point in range(int(first, 16), int(last or first, 16) + 1))


def _fontconfig(program: str, form: str, family: str) -> str:
    escaped = "".join(f"\\{c}" if c in "\\-:," else c for c in family)
    command = [program, "--format", form, escaped]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    except FileNotFoundError:
        raise ExplainerError(f"{program} is missing", "fontconfig", "install the package 'fontconfig'") from None
    except subprocess.SubprocessError as error:
        raise ExplainerError(f"{program} failed ({error})", family, "run 'fc-cache -f' and try again") from None
