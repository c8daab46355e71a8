"""The caption rules, applied to the captions that the film has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from narration.languages import SOURCE_TAG
from narration.lint import lint
from narration.script import locate
from pipeline.captions import shown
from pipeline.finding import Finding
from pipeline.plan import Version, script_path

KIND = "captions"


def check_captions(version: Version) -> tuple[Finding, ...]:
    """What breaks a rule, or comes near."""
    language = version.narration.language
    found = lint(shown(version), version.master, language, _places(version))
    return tuple(
        Finding(KIND, each.where, f"{each.id}: {each.problem}: {each.text!r}", _severity(each.severity))
        for each in found
    )


def _severity(name: str) -> Literal["error", "warning"]:
    return "error" if name == "error" else "warning"


def _places(version: Version) -> Callable[[str], str]:
    if version.narration.language.tag != SOURCE_TAG:
        from narration import catalog

        return catalog.load(version.narration.language).at
    path = script_path(version.request)
    text = path.read_text(encoding="utf-8")
    return lambda cue_id: f"{path.name}:{locate(text, cue_id)}"
