"""Glossary: a film's terms of art in each language, shown to translators beside the lines that use them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from explainer.errors import ExplainerError, quoted
from explainer.words.languages import Language

__all__ = ["Glossary", "read_glossary", "terms_in"]

Glossary = Mapping[str, Mapping[str, str]]
"""Term in the script's language to its translations by language tag."""


@cache
def read_glossary(path: Path) -> Glossary:
    """The terms in a file; none if there is no such file.

    Raises:
        ExplainerError: the file is broken.
    """
    if not path.is_file():
        return {}
    try:
        table: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ExplainerError(f"broken TOML: {error}", path.name, "mend the syntax at that place") from None
    for term, translations in table.items():
        if not isinstance(translations, dict):
            raise ExplainerError(f"{quoted(term)} has no languages", path.name, f'write under ["{term}"]: de = "..."')
    return table


def terms_in(text: str, language: Language, terms: Glossary) -> tuple[tuple[str, str], ...]:
    """The terms that a text uses, with their translation, longer terms first."""
    plain = re.sub(r"<[^<>]*/>|\{[^{}]*\}", "", text)
    pairs = []
    for term in sorted(terms, key=len, reverse=True):
        local = terms[term].get(language.tag)
        if local and re.search(rf"\b{re.escape(term)}", plain, re.IGNORECASE):
            pairs.append((term, local))
    return tuple(pairs)
