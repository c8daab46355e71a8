"""What must be alike on all machines of one build: the engine's and the film's code, tools, voices and fonts."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.tasks.digest import digest, file_digest
from explainer.tasks.fingerprint import Sources, data_files, font_files, library_versions, tool_versions
from explainer.tasks.imports import ENGINE
from explainer.voices.table import VOICES, choose
from explainer.voices.utterance import Utterance
from explainer.words.film import Film
from explainer.words.languages import SOURCE_TAG, languages_of

TOOLS = (
    *("manim", "ManimPango", "pycairo", "skia-pathops", "typst", "numpy", "scipy", "av", "pillow", "babel"),
    *("pydub", "pyloudnorm", "espeakng-loader", "imageio-ffmpeg", "jinja2", "dask", "distributed"),
)
ABSENT = "absent"


def describer(film: Film, sources: Sources) -> Callable[[], Mapping[str, str]]:
    """What tells, on any machine, the environment there for a film."""
    fonts = {film.language(tag).font for tag in film.languages}
    return partial(environment, sources.film_modules, tuple(sorted(fonts)))


@cache
def environment(modules: tuple[str, ...], fonts: tuple[str, ...]) -> Mapping[str, str]:
    """Hash or version of everything a task's result may depend on besides the task, by name.

    The words are not in it: they travel inside the tasks. Taken once a process, when the first modules are loaded, so
    that a worker whose files have changed since is known by what it runs.

    Args:
        modules: the film's packages and modules.
        fonts: the families its words are set in.
    """
    return {
        "machine": f"{platform.system()} {platform.machine()}",
        **tool_versions(TOOLS),
        **library_versions(),
        **{f"voice {name}": _voice(name) for name, voice in VOICES.items() if not voice.at_home},
        **{f"font {family}": _font(family) for family in fonts},
        **{name: file_digest(path) for module in (ENGINE, *modules) for name, path in _files(module)},
    }


def _files(module: str) -> Iterator[tuple[str, Path]]:
    """The code of a package or module, and the data beside what knows where it lies, by path."""
    found = find_spec(module)
    folders = [Path(each) for each in found.submodule_search_locations or ()] if found else []
    if found and found.origin and not folders:
        yield f"{module}.py", Path(found.origin)
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            beside = data_files(path.parent) if b"__file__" in path.read_bytes() else []
            for each in (path, *beside):
                yield each.relative_to(folder.parent).as_posix(), each


def _voice(name: str) -> str:
    try:
        return choose(name, Utterance("", (), languages_of()[SOURCE_TAG])).signature
    except ExplainerError:
        return ABSENT


def _font(family: str) -> str:
    try:
        return digest(font_files((family,)))
    except ExplainerError:
        return ABSENT
