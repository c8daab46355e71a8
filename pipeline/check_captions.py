"""The caption rules, applied to the captions that the film has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from narration.catalog import load
from narration.languages import PSEUDO_TAG, SOURCE_TAG
from narration.lint import lint
from narration.script import locate
from pipeline.captions import shown
from pipeline.finding import Finding
from pipeline.plan import Version, locale_folder, script_path

KIND = "captions"


def check_captions(version: Version) -> tuple[Finding, ...]:
    """What breaks a rule, or comes near; the timeline may be that of a voice in another language."""
    language = version.narration.language
    found = lint(shown(version), version.master, language, places(version))
    voice = "" if version.master.language_tag == language.tag else f" with the {version.master.language_tag} voice"
    return tuple(
        Finding(KIND, each.where, f"{each.id}: {each.problem}{voice}: {each.text!r}", _severity(each.severity))
        for each in found
    )


def _severity(name: str) -> Literal["error", "warning"]:
    return "error" if name == "error" else "warning"


def places(version: Version) -> Callable[[str], str]:
    """What gives the file and line of a text's id."""
    spoken = version.narration.language
    if spoken.tag not in (SOURCE_TAG, PSEUDO_TAG):
        return load(spoken, locale_folder(version.request)).at
    path = script_path(version.request)
    text = path.read_text(encoding="utf-8")
    return lambda text_id: f"{path.name}:{locate(text, text_id)}"
