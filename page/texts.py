"""The page's own words: English in ``text.toml``, one gettext PO a language in ``locale/``.

``python -m page.texts`` brings the PO files up to the English: new lines are added, changed ones become fuzzy.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from narration import catalog, glossary, quantities
from narration.facts import known_facts
from narration.languages import LANGUAGES, PSEUDO_TAG, SOURCE_TAG, Language
from page.errors import PageError
from physics.examples import COLD_BODY, HOT_BODY

HERE = Path(__file__).parent
ENGLISH, LOCALE = HERE / "text.toml", HERE / "locale"
REMEDY = "translate it, or allow missing translations to show it in English"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Text:
    """An English text, its id and where it is shown."""

    id: str
    text: str
    shows: str


def english(path: Path = ENGLISH) -> tuple[Text, ...]:
    """The source texts in their order.

    Raises:
        PageError: the file is broken.
    """
    try:
        groups = tomllib.loads(path.read_text("utf-8"))
        return tuple(
            Text(f"{group}.{name}", row["text"], row["shows"])
            for group, rows in groups.items()
            for name, row in rows.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PageError(
            path.name, f"not a file of texts ({error})", 'write: name = { text = "…", shows = "…" }'
        ) from None


def texts(language: Language, *, folder: Path = LOCALE, allow_missing: bool = False) -> dict[str, str]:
    """The page's texts in a language by id, with the facts of the film filled in; other placeholders stay.

    Raises:
        PageError, NarrationError: a broken PO file, or (unless ``allow_missing``) a text without a translation of the
            present English.
    """
    sources = english()
    if language.tag in (SOURCE_TAG, PSEUDO_TAG):
        chosen = {source.id: source.text for source in sources}
    else:
        found = catalog.load(language, folder)
        chosen = {source.id: _translated(source, found, allow_missing) for source in sources}
    values = facts(language)
    return {id: _filled(text, values) for id, text in chosen.items()}


def facts(language: Language) -> dict[str, str]:
    """The quantities that the texts may name, as the language writes them."""
    counts = {"hot_particles": HOT_BODY.N, "cold_particles": COLD_BODY.N}
    unit = quantities.UNITS[""]
    own = {id: quantities.written(quantities.rounded(count, unit, 0), unit, language) for id, count in counts.items()}
    return own | {id: known_facts()[id].text(language) for id in ("particles", "field")}


def _translated(source: Text, found: catalog.Catalog, allow_missing: bool) -> str:
    entry = found.entries.get(source.id)
    if entry is None or not entry.text.strip() or entry.fuzzy or entry.source != source.text:
        if allow_missing:
            return source.text
        problem = "not translated" if entry is None or not entry.text.strip() else "the translation awaits review"
        raise PageError(f"{found.at(source.id)}: {source.id}", problem, REMEDY)
    if placeholders(entry.text) != placeholders(source.text):
        names = ", ".join("{" + name + "}" for name in sorted(placeholders(source.text))) or "none"
        raise PageError(
            f"{found.at(source.id)}: {source.id}", "its placeholders are not the English's", f"use: {names}"
        )
    return entry.text


def placeholders(text: str) -> frozenset[str]:
    """Names in braces.

    >>> sorted(placeholders("Step {step} of {steps}"))
    ['step', 'steps']
    """
    return frozenset(_PLACEHOLDER.findall(text))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def updated(old: str, language: Language, *, file: str) -> str:
    """A PO file's text brought up to the English; what was translated is kept, changed lines are fuzzy.

    Raises:
        NarrationError: the old text is broken.
    """
    kept = catalog.parse(old, file=file).entries
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Project-Id-Version": "negative-temperature-page",
        "Language": language.tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for source in english():
        before = kept.get(source.id)
        flags = ["python-brace-format"] if placeholders(source.text) else []
        terms = "; ".join(f"{term} = {local}" for term, local in glossary.found(source.text, language))
        entry = polib.POEntry(
            msgctxt=source.id,
            msgid=source.text,
            msgstr=before.text if before else "",
            comment=f"Where: {source.shows}" + (f"\nGlossary: {terms}" if terms else ""),
            flags=flags,
        )
        if before and before.text and (before.fuzzy or before.source != source.text):
            entry.flags = ["fuzzy", *flags]
            entry.previous_msgid = before.source
        new.append(entry)
    return str(new).rstrip("\n") + "\n"


def update_all(folder: Path = LOCALE) -> list[Path]:
    """Bring every language's PO file up to the English; returns them."""
    paths = []
    for language in LANGUAGES.values():
        if language.tag in (SOURCE_TAG, PSEUDO_TAG):
            continue
        path = catalog.path_of(language, folder)
        old = path.read_text("utf-8") if path.is_file() else ""
        catalog.save(path, updated(old, language, file=path.name))
        paths.append(path)
    return paths


if __name__ == "__main__":
    print("\n".join(path.name for path in update_all()))
