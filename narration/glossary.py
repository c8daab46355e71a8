"""The terms of art in each language, shown to translators beside the lines that use them: ``glossary.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from narration.languages import Language

__all__ = ["found", "terms"]

PATH = Path(__file__).with_name("glossary.toml")


@cache
def terms() -> Mapping[str, Mapping[str, str]]:
    """English term to its translations by language tag."""
    table: dict[str, dict[str, str]] = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return table


def found(text: str, language: Language) -> tuple[tuple[str, str], ...]:
    """The terms that a text uses, with their translation, longer terms first."""
    plain = re.sub(r"<[^<>]*/>|\{[^{}]*\}", "", text)
    pairs = []
    for term in sorted(terms(), key=len, reverse=True):
        local = terms()[term].get(language.tag)
        if local and re.search(rf"\b{re.escape(term)}", plain, re.IGNORECASE):
            pairs.append((term, local))
    return tuple(pairs)
