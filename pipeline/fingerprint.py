"""What decides a result besides its inputs: the code it runs through, the tools and the fonts.

Code is followed definition by definition inside the project, from the parsed text alone: nothing is imported,
and a change in a function makes stale exactly what names that function, directly or through others.
"""

from __future__ import annotations

import ast
import importlib.metadata
import platform
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.canonical import digest, file_digest
from pipeline.errors import PipelineError

PROJECT_PACKAGES = ("physics", "narration", "scenes", "pipeline", "figures", "exports")
WHOLE = "*"
Step = tuple[str, frozenset[tuple[str, str]]]

PICTURE_TOOLS = ("manim", "ManimPango", "pycairo", "skia-pathops", "typst", "numpy", "scipy", "av", "pillow", "babel")
SOUND_TOOLS = ("numpy", "scipy", "pydub", "pyloudnorm", "av")
SPEECH_TOOLS = ("numpy", "scipy", "espeakng-loader")
TOOLS = tuple(dict.fromkeys((*PICTURE_TOOLS, *SOUND_TOOLS, *SPEECH_TOOLS, "imageio-ffmpeg", "jinja2")))


@dataclass(frozen=True)
class Binding:
    """What a name stands for after an import: a module, or a definition in one."""

    module: str
    name: str = ""


@dataclass(frozen=True)
class Module:
    """A parsed file: its top-level statements by the names they define, and what its imports bind."""

    name: str
    definitions: Mapping[str, tuple[ast.stmt, ...]]
    bindings: Mapping[str, Binding]
    stars: tuple[str, ...]
    effects: tuple[ast.stmt, ...]
    data: str


@dataclass
class Sources:
    """The project's files, each parsed at most once."""

    root: Path
    packages: tuple[str, ...] = PROJECT_PACKAGES
    _modules: dict[str, Module | None] = field(default_factory=dict)
    _steps: dict[tuple[str, str], Step] = field(default_factory=dict)

    def module(self, name: str) -> Module | None:
        """The parsed module, or None when the project has none of this name."""
        if name not in self._modules:
            self._modules[name] = _parse(self.root, name, self.packages)
        return self._modules[name]

    def step(self, module: str, name: str) -> Step:
        """Hash of the definition's own text, and the definitions it names."""
        if (module, name) not in self._steps:
            self._steps[module, name] = _step(self, module, name)
        return self._steps[module, name]


def closure(sources: Sources, entries: Iterable[str], outside: tuple[str, ...] = ()) -> dict[str, str]:
    """Hash of each definition reached from ``package.module:name`` entries, by its address.

    Addresses in `outside` are not entered: for code whose whole effect is already among a task's inputs.
    """
    todo: list[tuple[str, str]] = []
    for entry in entries:
        module, _, name = entry.partition(":")
        found = sources.module(module)
        if found is None:
            raise PipelineError("no such module", entry, f"there must be a file {module.replace('.', '/')}.py")
        if name and name not in found.definitions and name not in found.bindings:
            raise PipelineError(f"{module} defines no {name}", entry, "correct the name in narration/script.toml")
        todo.append((module, name or WHOLE))
    seen: dict[str, str] = {}
    while todo:
        module, name = todo.pop()
        address = f"{module}:{name}"
        if address in seen or address in outside:
            continue
        seen[address], uses = sources.step(module, name)
        todo.extend(uses)
    return seen


def _locate(root: Path, name: str, packages: tuple[str, ...]) -> Path | None:
    if name.partition(".")[0] not in packages:
        return None
    base = root.joinpath(*name.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return base if base.is_dir() else None


def _parse(root: Path, name: str, packages: tuple[str, ...]) -> Module | None:
    path = _locate(root, name, packages)
    if path is None:
        return None
    if path.is_dir():
        return Module(name, {}, {}, (), (), "")
    try:
        source = path.read_bytes()
        tree = ast.parse(source, filename=str(path))
    except (SyntaxError, ValueError) as error:
        where = f"{path.relative_to(root)}:{getattr(error, 'lineno', None) or 1}"
        raise PipelineError(f"not valid Python ({error.args[0]})", where, "correct the file") from None
    _drop_docstrings(tree)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    definitions: dict[str, list[ast.stmt]] = {}
    bindings: dict[str, Binding] = {}
    stars: list[str] = []
    effects: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            bound, starred = _bindings((statement,), package)
            bindings |= bound
            stars += starred
            continue
        names = set(_defined(statement))
        for defined in names:
            definitions.setdefault(defined, []).append(statement)
        if not names and not isinstance(statement, ast.Pass):
            effects.append(statement)
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bindings |= _bindings(ast.walk(statement), package)[0]
    return Module(
        name,
        {key: tuple(value) for key, value in definitions.items()},
        bindings,
        tuple(stars),
        tuple(effects),
        _data_files(path.parent) if b"__file__" in source else "",
    )


def _drop_docstrings(block: ast.AST) -> None:
    for node in _blocks(block):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                node.body[0] = ast.Pass()


def _blocks(block: ast.AST) -> Iterator[ast.AST]:
    """A node and, within it, all that hold statements: expressions, most of a tree, are passed by."""
    yield block
    for name in ("body", "orelse", "handlers", "finalbody", "cases"):
        part = getattr(block, name, ())
        for node in part if isinstance(part, list) else ():
            yield from _blocks(node)


def _defined(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def _bindings(nodes: Iterable[ast.AST], package: str) -> tuple[dict[str, Binding], list[str]]:
    bound: dict[str, Binding] = {}
    starred: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    bound[alias.asname] = Binding(alias.name)
                else:
                    top = alias.name.partition(".")[0]
                    bound[top] = Binding(top)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, package)
            for alias in node.names:
                if alias.name == "*":
                    starred.append(source)
                else:
                    bound[alias.asname or alias.name] = Binding(source, alias.name)
    return bound, starred


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    base = package.split(".")
    base = base[: len(base) - (node.level - 1)]
    return ".".join([*base, *([node.module] if node.module else [])])


def _data_files(folder: Path) -> str:
    # A module that knows where it lies may read what lies beside it.
    beside = (path for path in folder.rglob("*") if path.is_file())
    data = {str(p.relative_to(folder)): file_digest(p) for p in beside if p.suffix not in {".py", ".pyc"}}
    return digest(data)


def _step(sources: Sources, module_name: str, name: str) -> Step:
    module = sources.module(module_name)
    if module is None:
        return digest(""), frozenset()
    package = module_name if _is_package(sources, module_name) else module_name.rpartition(".")[0]
    if name == WHOLE:
        statements = tuple(dict.fromkeys(s for group in module.definitions.values() for s in group))
        uses = {(binding.module, binding.name or WHOLE) for binding in module.bindings.values()}
        uses |= {(star, WHOLE) for star in module.stars}
    elif name in module.definitions:
        statements, uses = module.definitions[name], set()
    elif name in module.bindings:
        return digest(""), frozenset(_resolve(sources, module.bindings[name], ()))
    elif sources.module(f"{module_name}.{name}"):
        return digest(""), frozenset({(f"{module_name}.{name}", WHOLE)})
    else:
        return digest(""), frozenset({(module_name, WHOLE)})
    statements += module.effects
    text = [ast.dump(statement) for statement in statements]
    names_file = False
    for statement in statements:
        nodes = tuple(ast.walk(statement))
        local, starred = _bindings(nodes, package)
        bindings = {**module.bindings, **local}
        uses |= {(star, WHOLE) for star in starred}
        for chain in _chains(nodes):
            uses |= _uses(sources, module, bindings, chain)
            names_file |= chain[0] == "__file__"
            # The same name may come from elsewhere next time: where it comes from is part of the text.
            text += [f"{chain[0]}={bindings[chain[0]]}"] if chain[0] in bindings else []
    text += [module.data] if names_file else []
    return digest("\n".join(text)), frozenset(use for use in uses if sources.module(use[0]))


def _is_package(sources: Sources, name: str) -> bool:
    path = _locate(sources.root, name, sources.packages)
    return path is not None and (path.is_dir() or path.name == "__init__.py")


def _chains(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ...]]:
    """Every name with the attributes read from it, from outer nodes to inner: ``a.b.c`` gives ('a', 'b', 'c')."""
    inner: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            names: list[str] = []
            value: ast.expr = node
            while isinstance(value, ast.Attribute):
                inner.add(id(value))
                names.append(value.attr)
                value = value.value
            if isinstance(value, ast.Name):
                inner.add(id(value))
                yield (value.id, *reversed(names))
        elif isinstance(node, ast.Name) and id(node) not in inner:
            yield (node.id,)


def _uses(
    sources: Sources, module: Module, bindings: Mapping[str, Binding], chain: tuple[str, ...]
) -> set[tuple[str, str]]:
    name, *rest = chain
    found: set[tuple[str, str]] = set()
    if name in module.definitions:
        found.add((module.name, name))
    if name in bindings:
        found |= _resolve(sources, bindings[name], tuple(rest))
    if not found:
        found |= {(star, name) for star in module.stars if name in (_names(sources, star))}
    return found


def _names(sources: Sources, module_name: str) -> set[str]:
    module = sources.module(module_name)
    return {*module.definitions, *module.bindings} if module else set()


def _resolve(sources: Sources, binding: Binding, attributes: tuple[str, ...]) -> set[tuple[str, str]]:
    """The definitions meant by an imported name and the attributes read from it; the whole module if unclear."""
    names = (binding.name, *attributes) if binding.name else attributes
    module_name = binding.module
    while sources.module(module_name) is not None:
        if not names:
            return {(module_name, WHOLE)}
        if names[0] in _names(sources, module_name):
            return {(module_name, names[0])}
        if sources.module(f"{module_name}.{names[0]}") is None:
            return {(module_name, WHOLE)}
        module_name, names = f"{module_name}.{names[0]}", names[1:]
    return set()


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
            raise PipelineError(
                f"font family {family!r} is not installed",
                "narration/languages.py",
                "install it ('make video' does) or name an installed family there",
            )
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


def _fontconfig(program: str, form: str, family: str) -> str:
    escaped = "".join(f"\\{c}" if c in "\\-:," else c for c in family)
    command = [program, "--format", form, escaped]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    except FileNotFoundError:
        raise PipelineError(f"{program} is missing", "fontconfig", "install the package 'fontconfig'") from None
    except subprocess.SubprocessError as error:
        raise PipelineError(f"{program} failed ({error})", family, "run 'fc-cache -f' and try again") from None
