"""Translations: one gettext PO file a language, which Poedit, Weblate and others open as it is.

``msgctxt`` is the id of a cue, label or title; ``<id>|spoken`` is what voices say instead, ``<id>|spoken:<voice>`` what
one of them says. Changed source lines become fuzzy with the old text kept, and no translation is ever dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from explainer.errors import ExplainerError, located, quoted
from explainer.words import markup, po
from explainer.words.allowed import FINISHED, Allowed
from explainer.words.languages import Language
from explainer.words.script import SPOKEN, TITLE_ID, Cue, Script, voice_of
from explainer.words.texts import Text, placeholders

__all__ = [
    "Catalog",
    "Entry",
    "Source",
    "Translation",
    "load",
    "parse",
    "path_of",
    "sources",
    "translated",
    "translated_texts",
    "with_voices",
]

FORM = "|"
BRACES = "python-brace-format"
FUZZY = "fuzzy"
REMEDY_UPDATE = "run translate update"
REMEDY_MISSING = "translate it, or pass --allow-missing to show it as it was written"
REMEDY_FUZZY = (
    "review it, or pass --allow-fuzzy to show it as it is, or --allow-missing to show the line as it was written"
)
READING_SPEED = "Reading speed:"
"""What a translator's comment begins with that says why a caption is faster to read than it should be."""

_CONTEXT = re.compile(r'msgctxt "([^"\\]*)"\s*')


@dataclass(frozen=True)
class Source:
    """A text to translate: its id, the English, what is on screen, and how long the English takes to say."""

    id: str
    text: str
    shows: str = ""
    speech_s: float | None = None

    @property
    def spoken(self) -> bool:
        """Whether it is an alternative text for voices, or for one."""
        return FORM in self.id


@dataclass(frozen=True)
class Entry:
    """A translation, the English it was made from, whether it awaits review, and its line in the file.

    ``reason`` is what the translator says about its reading speed.
    """

    source: str
    text: str
    fuzzy: bool
    line: int
    reason: str = ""


@dataclass(frozen=True)
class Catalog:
    """A language's translations by id. ``file`` is the name used in messages."""

    file: str
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def voices(self) -> dict[str, str]:
        """The voice that each form for a single one names, by the form's id."""
        return {id: voice for id in self.entries if (voice := voice_of(id.partition(FORM)[2]))}

    def at(self, id: str) -> str:
        """``file:line`` of an entry."""
        return f"{self.file}:{self.entries[id].line}" if id in self.entries else self.file

    def reason(self, id: str) -> str:
        """Why an entry's caption is fast to read, in its translator's words; empty where none is written."""
        return self.entries[id].reason if id in self.entries else ""


@dataclass(frozen=True)
class Translation:
    """The script in another language.

    The ids in ``missing`` still have their English text, those in ``fuzzy`` one that awaits review.
    """

    script: Script
    missing: tuple[str, ...]
    fuzzy: tuple[str, ...] = ()


def path_of(language: Language, folder: Path) -> Path:
    """Where a language's translations are kept."""
    return folder / f"{language.tag}.po"


def load(language: Language, folder: Path) -> Catalog:
    """Read a language's translations.

    Raises:
        ExplainerError: no such file, or a broken one.
    """
    path = path_of(language, folder)
    return parse(po.read(path, language), file=path.name)


@lru_cache(maxsize=64)  # a command asks for a language's translations several times
def parse(text: str, *, file: str) -> Catalog:
    """Check PO text; see `load`."""
    entries: dict[str, Entry] = {}
    contexts = {
        found[1]: number for number, line in enumerate(text.split("\n"), start=1) if (found := _CONTEXT.fullmatch(line))
    }
    for entry in po.parsed(text, file):
        if entry.obsolete:
            continue
        line = contexts.get(entry.msgctxt or "", (entry.linenum or 1) - 1)  # po.parsed puts a line in front
        at = f"{file}:{line}"
        if not entry.msgctxt:
            raise ExplainerError(f"{quoted(entry.msgid)} has no msgctxt", at, REMEDY_UPDATE)
        if entry.msgid_plural:
            raise ExplainerError("it has plural forms", located(at, entry.msgctxt), REMEDY_UPDATE)
        if entry.msgctxt in entries:
            raise ExplainerError("it stands twice", located(at, entry.msgctxt), "keep one of the two")
        entries[entry.msgctxt] = Entry(entry.msgid, entry.msgstr, FUZZY in entry.flags, line, _reason(entry.tcomment))
    return Catalog(file, entries)


def sources(
    script: Script, texts: Sequence[Text] = (), speech_s: Mapping[str, float] | None = None
) -> tuple[Source, ...]:
    """All texts to translate, in the order of the film.

    Args:
        script: the words as they were written.
        texts: further texts, of the page and of decks.
        speech_s: how long each cue takes to say, by cue id.
    """
    lengths = speech_s or {}
    found = [Source(TITLE_ID, script.title, "the title of the film")]
    for segment in script.segments:
        found.append(Source(segment.id, segment.title, "the name of a chapter"))
        for cue in segment.cues:
            found.append(Source(cue.id, cue.text, cue.shows, lengths.get(cue.id)))
            found.append(Source(cue.id + FORM + SPOKEN, cue.spoken or cue.text, cue.shows, lengths.get(cue.id)))
    found += [Source(label.id, label.text, label.shows) for label in script.labels]
    return (*found, *(Source(text.id, text.text, text.shows) for text in texts))


def with_voices(sources: Sequence[Source], forms: Iterable[str]) -> tuple[Source, ...]:
    """The texts to translate, each spoken form followed by those for single voices that a catalogue has.

    Args:
        sources: all texts to translate.
        forms: ids of a catalogue's entries for single voices.
    """
    named: dict[str, list[str]] = {}
    for id in forms:
        named.setdefault(id.partition(":")[0], []).append(id)
    return tuple(
        each for source in sources for each in (source, *(replace(source, id=id) for id in named.get(source.id, ())))
    )


def translated(script: Script, catalog: Catalog, *, allowed: Allowed = FINISHED) -> Translation:
    """Put a catalogue's texts in the place of the script's.

    Args:
        script: the words as they were written.
        catalog: the translations.
        allowed: what may be shown of unfinished translations.

    Raises:
        ExplainerError: naming the PO file and line: a line that is missing, fuzzy or made from older English
            (unless allowed), or one that drops or invents a placeholder or mark, or holds markup.
    """
    missing: list[str] = []
    fuzzy: list[str] = []

    def text(id: str, source: str) -> str:
        entry = catalog.entries.get(id)
        problem = _unusable(entry, source)
        if problem and allowed.fuzzy and _old(entry, source) and (_fits(entry, source) or not allowed.missing):
            fuzzy.append(id)
            problem = ""
        if problem:
            if not allowed.missing:
                raise ExplainerError(problem, located(catalog.at(id), id), _remedy(entry, source))
            missing.append(id)
            return source
        assert entry is not None
        return _checked(entry.text, id, source)

    def _checked(text: str, id: str, source: str) -> str:
        line = markup.check_same_names(source, text, file=catalog.at(id), id=id, what="the translation")
        if not line.literal.strip() and markup.parse(source, file=script.file, id=id).literal.strip():
            raise ExplainerError("the translation has no words", located(catalog.at(id), id), "write them")
        return text

    def spoken(cue: Cue, id: str) -> str | None:
        source = cue.spoken or cue.text
        entry = catalog.entries.get(id)
        # A form that awaits review goes with a caption that does.
        kept = cue.id in fuzzy and _old(entry, source) and _fits(entry, source)
        if entry is None or (_unusable(entry, source) and not kept):
            return None
        return _checked(entry.text, id, source)

    def told(cue: Cue) -> Cue:
        said = text(cue.id, cue.text)
        if cue.id in missing:
            return cue
        form = cue.id + FORM + SPOKEN
        by_voice = {voice: spoken(cue, id) for id, voice in catalog.voices.items() if id == f"{form}:{voice}"}
        spoken_by = {voice: line for voice, line in by_voice.items() if line is not None}
        return replace(cue, text=said, spoken=spoken(cue, form), spoken_by=spoken_by)

    segments = tuple(
        replace(segment, title=text(segment.id, segment.title), cues=tuple(map(told, segment.cues)))
        for segment in script.segments
    )
    labels = tuple(replace(label, text=text(label.id, label.text)) for label in script.labels)
    title = text(TITLE_ID, script.title)
    words = replace(script, title=title, segments=segments, labels=labels, file=catalog.file)
    return Translation(words, tuple(missing), tuple(fuzzy))


def translated_texts(
    texts: Sequence[Text], catalogs: Sequence[Catalog], *, allowed: Allowed = FINISHED
) -> dict[str, str]:
    """Texts in the words of the first catalogue that has each, by id.

    Raises:
        ExplainerError: a text without a translation of its present wording (unless ``allowed``), or one that drops or
            invents a placeholder.
    """
    found = {}
    for source in texts:
        catalog = next((each for each in catalogs if source.id in each.entries), catalogs[0])
        entry = catalog.entries.get(source.id)
        problem = "" if allowed.fuzzy and _old(entry, source.text) else _unusable(entry, source.text)
        place = located(catalog.at(source.id), source.id)
        if problem and not allowed.missing:
            raise ExplainerError(problem, place, _remedy(entry, source.text))
        chosen = source.text if problem or entry is None else entry.text
        markup.check_characters(chosen, file=catalog.at(source.id), id=source.id)
        if placeholders(chosen) != placeholders(source.text):
            names = ", ".join("{" + name + "}" for name in sorted(placeholders(source.text))) or "none"
            raise ExplainerError("its placeholders are not the source's", place, f"use: {names}")
        found[source.id] = chosen
    return found


def _unusable(entry: Entry | None, source: str) -> str:
    if entry is None or not entry.text.strip():
        return "not translated"
    if entry.fuzzy:
        return "the translation is fuzzy"
    return "" if entry.source == source else "its source has changed since it was translated"


def _old(entry: Entry | None, source: str) -> bool:
    """Whether an entry has a translation, but one that awaits review or is of an older wording."""
    return entry is not None and bool(entry.text.strip()) and (entry.fuzzy or entry.source != source)


def _fits(entry: Entry | None, source: str) -> bool:
    """Whether a translation has the placeholders and marks of the source."""
    try:
        markup.check_same_names(source, entry.text if entry else "", file="", id="", what="")
    except ExplainerError:
        return False
    return True


def _remedy(entry: Entry | None, source: str) -> str:
    return REMEDY_FUZZY if _old(entry, source) else REMEDY_MISSING


def _reason(comment: str) -> str:
    """What a translator's comment says about reading speed, its lines joined."""
    _, found, said = " ".join(comment.split()).partition(READING_SPEED)
    return said.strip() if found else ""
