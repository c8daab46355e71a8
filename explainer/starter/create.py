"""Write the starter film into a folder."""

from __future__ import annotations

import re
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.tasks.atomic import Content, publish

__all__ = ["create"]

FILES = Path(__file__).with_name("files")
ENDING = ".template"
NAMED = {"gitignore": ".gitignore"}


def create(folder: Path) -> tuple[Path, ...]:
    """Write a small film that builds at once; returns its files.

    The film is called like the folder.

    Raises:
        ExplainerError: the folder holds something already, its name gives no name for a film, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExplainerError("there is something already", str(folder), "name a folder that is new or empty")
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    id = name.replace("-", "_")
    if not id or not id[0].isalpha():
        raise ExplainerError("no name for a film", folder.name, "name the folder with letters, digits and hyphens")
    files: dict[Path, Content] = {}
    for path in sorted(FILES.rglob(f"*{ENDING}")):
        place = path.relative_to(FILES).as_posix().removesuffix(ENDING).replace("FILM", id)
        text = path.read_text(encoding="utf-8").replace("FILM", id).replace("NAME", name)
        files[folder / NAMED.get(place, place)] = text
    publish(files)
    return tuple(files)
