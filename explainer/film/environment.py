"""What must be alike on all machines of one build: the engine's and the film's code, tools, voices and fonts."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.tasks.digest import digest, file_digest
from explainer.tasks.fingerprint import ENGINE, font_files, library_versions, tool_versions
from explainer.voices.table import choose
from explainer.voices.utterance import Utterance
from explainer.words.languages import Language, languages_of

TOOLS = (
    *("manim", "ManimPango", "pycairo", "skia-pathops", "typst", "numpy", "scipy", "av", "pillow", "babel"),
    *("pydub", "pyloudnorm", "espeakng-loader", "imageio-ffmpeg", "jinja2", "dask", "distributed"),
)
ABSENT = "absent"


@cache
def environment(packages: tuple[str, ...]) -> Mapping[str, str]:
    """Hash or version of everything a task's result may depend on besides the task, by name.

    The words are not in it: they travel inside the tasks. Taken once a process, when the first modules are loaded, so
    that a worker whose files have changed since is known by what it runs.
    """
    languages = languages_of()
    return {
        "machine": f"{platform.system()} {platform.machine()}",
        **tool_versions(TOOLS),
        **library_versions(),
        **{f"voice {tag}": _voice(language) for tag, language in languages.items()},
        **{f"font {family}": _font(family) for family in sorted({each.font for each in languages.values()})},
        **{name: file_digest(path) for package in (ENGINE, *packages) for name, path in _code(package)},
    }


def _code(package: str) -> Iterator[tuple[str, Path]]:
    found = find_spec(package)
    for folder in map(Path, (found.submodule_search_locations or ()) if found else ()):
        for path in sorted(folder.rglob("*.py")):
            yield path.relative_to(folder.parent).as_posix(), path


def _voice(language: Language) -> str:
    try:
        return choose(language.voice, Utterance("", (), language)).signature
    except ExplainerError:
        return ABSENT


def _font(family: str) -> str:
    try:
        return digest(font_files((family,)))
    except ExplainerError:
        return ABSENT
