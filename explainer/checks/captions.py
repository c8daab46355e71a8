"""The caption rules, applied to the captions that the film has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from explainer.checks.finding import Finding
from explainer.film.timed import LocalizedFilm
from explainer.timing.captions import captions
from explainer.timing.lint import lint
from explainer.words.script import locate

KIND = "captions"


def check_captions(localized: LocalizedFilm) -> tuple[Finding, ...]:
    """What breaks a rule, or comes near; the timeline may be that of a voice in another language."""
    language = localized.narration.language
    catalog = localized.request.film.catalog(localized.request.language_tag)
    reasons = () if catalog is None else (catalog.reason,)
    shown = captions(localized.planned, localized.narration)
    found = lint(shown, localized.planned, language, places(localized), *reasons)
    voice = (
        "" if localized.planned.language_tag == language.tag else f" with the {localized.planned.language_tag} voice"
    )
    return tuple(
        Finding(KIND, each.where, f"{each.id}: {each.problem}{voice}: {each.text!r}", _severity(each.severity))
        for each in found
    )


def _severity(name: str) -> Literal["error", "warning"]:
    return "error" if name == "error" else "warning"


def places(localized: LocalizedFilm) -> Callable[[str], str]:
    """What gives the file and line of a text's id."""
    film = localized.request.film
    catalog = film.catalog(localized.request.language_tag)
    if catalog is not None:
        return catalog.at
    text = film.path.read_text(encoding="utf-8")
    return lambda text_id: f"{film.path.name}:{locate(text, text_id)}"
