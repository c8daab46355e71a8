"""Which modules a module imports, read from the text (`grimp`): nothing of it is run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.tasks.digest import digest, file_digest

ENGINE = "explainer"
ENGINE_FOLDER = Path(__file__).resolve().parents[1]
_KEPT = "imports"

Imports = Mapping[str, tuple[str, ...]]
"""What each module imports, by name; of other distributions by the distribution's module, which imports nothing."""


def imports_of(root: Path, packages: tuple[str, ...], remembered: dict[str, str]) -> Imports:
    """Return the imports in the engine's code and a film's, of its packages too that only another one imports.

    Args:
        root: the film's folder.
        packages: of the film, in it.
        remembered: the imports of texts that were read before, if they are still the same; those found are added.

    Raises:
        ExplainerError: a file is not Python, or a package cannot be found.
    """
    wanted = {ENGINE, *packages}
    kept = _kept(root, wanted, remembered)
    if kept is not None:
        return kept
    imports = _read(root, wanted)
    while not (beside := _beside(root, imports)) <= wanted:
        wanted |= beside
        imports = _read(root, wanted)
    remembered[_KEPT] = json.dumps({"packages": sorted(wanted), "texts": _texts(root, wanted), "imports": imports})
    return imports


def place(path: Path, line: int | None, root: Path) -> str:
    """Where a fault in code is, for people."""
    root = root.resolve()
    return f"{path.relative_to(root) if path.is_relative_to(root) else path.name}:{line or 1}"


def _kept(root: Path, wanted: set[str], remembered: Mapping[str, str]) -> Imports | None:
    """The imports that are remembered, if they are of all wanted packages and these are as they were."""
    try:
        kept = json.loads(remembered[_KEPT])
        packages = set(kept["packages"])
        imports = {str(name): tuple(imported) for name, imported in kept["imports"].items()}
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    same = wanted | _beside(root, imports) <= packages and kept.get("texts") == _texts(root, packages)
    return imports if same else None


def _beside(root: Path, imports: Imports) -> set[str]:
    """The packages in the film's folder among modules."""
    return {name for name in imports if "." not in name and (root / name).is_dir()}


def _texts(root: Path, packages: set[str]) -> str:
    """One hash of all code in packages."""
    folders = [ENGINE_FOLDER if name == ENGINE else root / name for name in sorted(packages)]
    files = [(folder, path) for folder in folders for path in sorted(folder.rglob("*.py"))]
    return digest([[path.relative_to(folder.parent).as_posix(), file_digest(path)] for folder, path in files])


def _read(root: Path, packages: set[str]) -> Imports:
    import grimp

    try:
        graph = grimp.build_graph(
            *sorted(packages), include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
        )
    except grimp.exceptions.SourceSyntaxError as error:
        where = place(Path(error.filename), error.lineno, root)
        raise ExplainerError(f"not valid Python: {error.text!r}", where, "correct the file") from None
    except (ValueError, grimp.exceptions.GrimpException) as error:
        raise ExplainerError(f"its code cannot be read ({error})", str(root), "mend the import") from None
    return {name: tuple(sorted(graph.find_modules_directly_imported_by(name))) for name in sorted(graph.modules)}
