"""ES modules joined into one, because browsers refuse to import modules from ``file://``.

The modules stay plain: named imports without renaming, at the top, one a line; no two declare one name at their top.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import indent

from explainer.errors import ExplainerError

_IMPORT = re.compile(r'^import \{ [\w, ]+ \} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundle(folders: Sequence[Path], entry: str, given: Mapping[str, str] | None = None) -> str:
    """One module's text from an entry module and all it imports, those first, each from the first folder that has it.

    Args:
        folders: where modules are.
        entry: the module that is run.
        given: text of modules in the place of the files of their names.

    Raises:
        ExplainerError: a module is missing, imports in a circle, uses another form of import, or repeats a name.
    """
    order: dict[str, str] = {}
    _visit(folders, entry, order, (), given or {})
    owners: dict[str, str] = {}
    for name, text in order.items():
        for declared in _DECLARED.findall(text):
            if declared in owners:
                raise ExplainerError(f"{declared} is declared in {owners[declared]} too", name, "rename one of them")
            owners[declared] = name
    return "\n".join(_EXPORT.sub("", text).strip() + "\n" for text in order.values())


def panels_module(bundles: Mapping[str, str]) -> str:
    """The module `panels.js` of a page: each film's bundle in a scope of its own, by the film's id.

    >>> print(panels_module({"minute": "function createPanels() {}"}))
    export const panels = {
      "minute": (() => {
        function createPanels() {}
        return createPanels;
      })(),
    };
    """
    entries = [
        f'  "{id}": (() => {{\n{indent(text, "    ")}\n    return createPanels;\n  }})(),'
        for id, text in bundles.items()
    ]
    return "\n".join(("export const panels = {", *entries, "};"))


def _visit(
    folders: Sequence[Path], name: str, order: dict[str, str], above: tuple[str, ...], given: Mapping[str, str]
) -> None:
    if name in order:
        return
    if name in above:
        raise ExplainerError(
            f"it is imported in a circle ({' -> '.join(above)})", name, "move what both need to a third"
        )
    try:
        folder = next((each for each in folders if (each / name).is_file()), folders[-1])
        text = given[name] if name in given else (folder / name).read_text("utf-8")
    except OSError as error:
        raise ExplainerError(f"the module cannot be read ({error.strerror})", name, "mend the import") from None
    for needed in _IMPORT.findall(text):
        _visit(folders, needed, order, (*above, name), given)
    body = _IMPORT.sub("", text)
    if (found := _LEFT_OVER.search(_EXPORT.sub("", body))) is not None:
        raise ExplainerError(
            f"unknown form: {found[0]}", name, 'write import { name } from "./file.js"; or export const'
        )
    order[name] = body
