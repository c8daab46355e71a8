"""Texts: words of the page and of decks, in English in a TOML file, translated in the same catalogues as the film.

An id is ``domain:group.name``; `{name}` in a text is a value that is filled in where it is shown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from explainer.errors import ExplainerError

__all__ = ["FIGURES", "PANELS", "UI", "Text", "filled", "of_domain", "placeholders", "read_texts"]

UI = Path(__file__).with_name("ui.toml")
FIGURES, PANELS = "figures", "panels"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Text:
    """A text, its id and where it is shown."""

    id: str
    text: str
    shows: str


@cache
def read_texts(path: Path) -> tuple[Text, ...]:
    """The texts of a file in their order: tables ``[domain.group]`` of ``name = { text = "…", shows = "…" }``.

    Raises:
        ExplainerError: the file is broken.
    """
    try:
        domains = tomllib.loads(path.read_text("utf-8"))
        return tuple(
            Text(f"{domain}:{group}.{name}", row["text"], row["shows"])
            for domain, groups in domains.items()
            for group, rows in groups.items()
            for name, row in rows.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = 'write under [domain.group]: name = { text = "…", shows = "…" }'
        raise ExplainerError(f"not a file of texts ({error})", path.name, remedy) from None


def of_domain(texts: dict[str, str], *domains: str) -> dict[str, str]:
    """The texts of domains, by their ids without it.

    >>> of_domain({"page:nav.skip": "Skip", "deck:buttons.next": "Next"}, "page")
    {'nav.skip': 'Skip'}
    """
    return {id.partition(":")[2]: text for id, text in texts.items() if id.partition(":")[0] in domains}


def placeholders(text: str) -> frozenset[str]:
    """Names in braces.

    >>> sorted(placeholders("Step {step} of {steps}"))
    ['step', 'steps']
    """
    return frozenset(_PLACEHOLDER.findall(text))


def filled(text: str, values: Mapping[str, object]) -> str:
    """A text with values in the place of names; whatever else stands in braces stays as it is.

    >>> filled("Step {step} of {steps.real}", {"step": 1, "steps": 2})
    'Step 1 of {steps.real}'
    """
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)
