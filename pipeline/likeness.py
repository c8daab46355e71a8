"""What must be alike on all machines of one build: the project's code, its tools, voices and fonts."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from narration import voices
from narration.errors import NarrationError
from narration.languages import LANGUAGES
from pipeline.canonical import digest, file_digest
from pipeline.errors import PipelineError
from pipeline.fingerprint import PROJECT_PACKAGES, TOOLS, font_files, library_versions, tool_versions

ROOT = Path(__file__).resolve().parent.parent
ABSENT = "absent"
NAMED_AT_MOST = 5
HASH_LENGTH = len(digest(None))


@cache
def likeness() -> Mapping[str, str]:
    """Hash or version of everything a task's result may depend on besides the task, by name.

    The words are not in it: they travel inside the tasks. Taken once a process, when the first modules are loaded, so
    that a worker whose files have changed since is known by what it runs.
    """
    return {
        "machine": f"{platform.system()} {platform.machine()}",
        **tool_versions((*TOOLS, "dask", "distributed")),
        **library_versions(),
        **{f"voice {tag}": _voice(tag) for tag in LANGUAGES},
        **{f"font {family}": _font(family) for family in sorted({each.font for each in LANGUAGES.values()})},
        **_code(ROOT),
    }


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What differs, by name, in words for a person; nothing if all is alike."""
    told = []
    for name in sorted({*here, *there}):
        mine, other = here.get(name, ABSENT), there.get(name, ABSENT)
        if mine != other:
            told.append(name if HASH_LENGTH in (len(mine), len(other)) else f"{name} ({other}, here {mine})")
    more = f" and {len(told) - NAMED_AT_MOST} more" if len(told) > NAMED_AT_MOST else ""
    return ", ".join(told[:NAMED_AT_MOST]) + more


def _code(root: Path) -> dict[str, str]:
    files = (path for package in PROJECT_PACKAGES for path in sorted((root / package).rglob("*.py")))
    return {path.relative_to(root).as_posix(): file_digest(path) for path in files}


def _voice(tag: str) -> str:
    language = LANGUAGES[tag]
    try:
        return voices.choose(language.voice, "", language, None).signature
    except NarrationError:
        return ABSENT


def _font(family: str) -> str:
    try:
        return digest(font_files((family,)))
    except PipelineError:
        return ABSENT
