"""ES modules joined into one, because browsers refuse to import modules from ``file://``.

The modules stay plain: named imports without renaming, at the top, one a line; no two declare one name at their top.
"""

from __future__ import annotations

import re
from pathlib import Path

from page.errors import PageError

_IMPORT = re.compile(r'^import \{ [\w, ]+ \} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundle(folder: Path, entry: str) -> str:
    """One module's text from an entry module and all it imports, those first.

    Raises:
        PageError: a module is missing, imports in a circle, uses another form of import, or repeats a name.
    """
    order: dict[str, str] = {}
    _visit(folder, entry, order, ())
    owners: dict[str, str] = {}
    for name, text in order.items():
        for declared in _DECLARED.findall(text):
            if declared in owners:
                raise PageError(name, f"{declared} is declared in {owners[declared]} too", "rename one of them")
            owners[declared] = name
    return "\n".join(_EXPORT.sub("", text).strip() + "\n" for text in order.values())


def _visit(folder: Path, name: str, order: dict[str, str], above: tuple[str, ...]) -> None:
    if name in order:
        return
    if name in above:
        raise PageError(name, f"it is imported in a circle ({' -> '.join(above)})", "move what both need to a third")
    try:
        text = (folder / name).read_text("utf-8")
    except OSError as error:
        raise PageError(name, f"the module cannot be read ({error.strerror})", "mend the import") from None
    for needed in _IMPORT.findall(text):
        _visit(folder, needed, order, (*above, name))
    body = _IMPORT.sub("", text)
    if (found := _LEFT_OVER.search(_EXPORT.sub("", body))) is not None:
        raise PageError(name, f"unknown form: {found[0]}", 'write import { name } from "./file.js"; or export const')
    order[name] = body
