"""Translations: one gettext PO file a language, which Poedit, Weblate and others open as it is.

``msgctxt`` is the id of a cue, label or title (``<id>|spoken`` for what the voice says instead); changed source lines
become fuzzy with the old text kept, and no translation is ever dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polib

from narration import glossary, markup
from narration.errors import NarrationError, quoted
from narration.files import put
from narration.languages import PSEUDO_TAG, SOURCE_TAG, Language
from narration.script import TITLE_ID, Cue, Script, check_same_names

__all__ = [
    "LOCALE_FOLDER",
    "Catalog",
    "Entry",
    "Source",
    "Translation",
    "load",
    "parse",
    "path_of",
    "save",
    "sources",
    "translated",
    "updated",
]

LOCALE_FOLDER = Path(__file__).with_name("locale")
SPOKEN = "|spoken"
BRACES = "python-brace-format"
FUZZY = "fuzzy"
LARGEST_FILE_BYTES = 512 * 1024
REMEDY_UPDATE = "run translate update"
REMEDY_SYNTAX = "mend that line; Poedit shows it too"

_LINE = re.compile(r'\s*|#.*|(msgctxt |msgid |msgid_plural |msgstr |msgstr\[\d\] )?\s*"(?:[^"\\]|\\.)*"\s*')
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
        """Whether it is an alternative text for the voice."""
        return self.id.endswith(SPOKEN)


@dataclass(frozen=True)
class Entry:
    """A translation, the English it was made from, whether it awaits review, and its line in the file."""

    source: str
    text: str
    fuzzy: bool
    line: int


@dataclass(frozen=True)
class Catalog:
    """A language's translations by id. ``file`` is the name used in messages."""

    file: str
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def at(self, id: str) -> str:
        """``file:line`` of an entry."""
        return f"{self.file}:{self.entries[id].line}" if id in self.entries else self.file


@dataclass(frozen=True)
class Translation:
    """The script in another language; the ids in ``missing`` still have their English text."""

    script: Script
    missing: tuple[str, ...]


def path_of(language: Language, folder: Path = LOCALE_FOLDER) -> Path:
    """Where a language's translations are kept."""
    return folder / f"{language.tag}.po"


def load(language: Language, folder: Path = LOCALE_FOLDER) -> Catalog:
    """Read a language's translations.

    Raises:
        NarrationError: no such file, or a broken one.
    """
    path = path_of(language, folder)
    return parse(_read(path, language), file=path.name)


def parse(text: str, *, file: str) -> Catalog:
    """Check PO text; see `load`."""
    entries: dict[str, Entry] = {}
    contexts = {
        found[1]: number for number, line in enumerate(text.split("\n"), start=1) if (found := _CONTEXT.fullmatch(line))
    }
    for entry in _parsed(text, file):
        if entry.obsolete:
            continue
        line = contexts.get(entry.msgctxt or "", (entry.linenum or 1) - 1)  # _parsed puts a line in front
        at = f"{file}:{line}"
        if not entry.msgctxt:
            raise NarrationError(at, "", f"{quoted(entry.msgid)} has no msgctxt", REMEDY_UPDATE)
        if entry.msgid_plural:
            raise NarrationError(at, entry.msgctxt, "it has plural forms", REMEDY_UPDATE)
        if entry.msgctxt in entries:
            raise NarrationError(at, entry.msgctxt, "it stands twice", "keep one of the two")
        entries[entry.msgctxt] = Entry(entry.msgid, entry.msgstr, FUZZY in entry.flags, line)
    return Catalog(file, entries)


def sources(script: Script, speech_s: Mapping[str, float] | None = None) -> tuple[Source, ...]:
    """All texts to translate, in the order of the film.

    Args:
        script: the English words.
        speech_s: how long each cue's English takes, by cue id.
    """
    lengths = speech_s or {}
    found = [Source(TITLE_ID, script.title, "the title of the film")]
    for segment in script.segments:
        found.append(Source(segment.id, segment.title, "the name of a chapter"))
        for cue in segment.cues:
            found.append(Source(cue.id, cue.text, cue.shows, lengths.get(cue.id)))
            found.append(Source(cue.id + SPOKEN, cue.spoken or cue.text, cue.shows, lengths.get(cue.id)))
    return (*found, *(Source(label.id, label.text, label.shows) for label in script.labels))


def translated(script: Script, catalog: Catalog, *, allow_missing: bool = False) -> Translation:
    """Put a catalogue's texts in the place of the script's.

    Raises:
        NarrationError: naming the PO file and line: a line that is missing, fuzzy or made from older English
            (unless ``allow_missing``), or one that drops or invents a placeholder or mark, or holds markup.
    """
    missing: list[str] = []

    def text(id: str, source: str) -> str:
        entry = catalog.entries.get(id)
        problem = _unusable(entry, source)
        if problem:
            if not allow_missing:
                raise NarrationError(
                    catalog.at(id), id, problem, "translate it, or pass --allow-missing to show it in English"
                )
            missing.append(id)
            return source
        assert entry is not None
        return _checked(entry.text, id, source)

    def _checked(text: str, id: str, source: str) -> str:
        line = check_same_names(source, text, file=catalog.at(id), id=id, what="the translation")
        if not line.literal.strip() and markup.parse(source, file=script.file, id=id).literal.strip():
            raise NarrationError(catalog.at(id), id, "the translation has no words", "write them")
        return text

    def spoken(cue: Cue) -> str | None:
        if cue.id in missing:
            return cue.spoken
        source = cue.spoken or cue.text
        entry = catalog.entries.get(cue.id + SPOKEN)
        if entry is None or _unusable(entry, source):
            return None
        return _checked(entry.text, cue.id + SPOKEN, source)

    segments = tuple(
        replace(
            segment,
            title=text(segment.id, segment.title),
            cues=tuple(replace(cue, text=text(cue.id, cue.text), spoken=spoken(cue)) for cue in segment.cues),
        )
        for segment in script.segments
    )
    labels = tuple(replace(label, text=text(label.id, label.text)) for label in script.labels)
    title = text(TITLE_ID, script.title)
    return Translation(Script(title, segments, labels, catalog.file), tuple(missing))


def updated(
    old: str, script: Script, language: Language, *, file: str, speech_s: Mapping[str, float] | None = None
) -> str:
    """A PO file brought up to the script: new lines added, changed ones fuzzy, removed ones kept as obsolete.

    Args:
        old: the file's text so far; empty to start a language.
        script: the English words.
        language: whose file it is.
        file: its name, for messages.
        speech_s: how long each cue's English takes, for the time budgets in the comments.

    Raises:
        NarrationError: the old file is broken, or the language needs no translation.
    """
    if language.tag in (SOURCE_TAG, PSEUDO_TAG):
        raise NarrationError(file, language.tag, "this language is not translated", "choose another")
    parse(old, file=file)
    before = _parsed(old, file)
    kept = {entry.msgctxt: entry for entry in sorted(before, key=lambda entry: not entry.obsolete)}
    new = polib.POFile(wrapwidth=100)
    new.metadata = dict(before.metadata) | {
        "Project-Id-Version": "negative-temperature",
        "Language": language.tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for source in sources(script, speech_s):
        new.append(_merged(source, kept.pop(source.id, None), script, language))
    for entry in kept.values():
        if entry.msgstr:
            entry.obsolete = True
            new.append(entry)
    return str(new).rstrip("\n") + "\n"


def save(path: Path, text: str) -> None:
    """Put a file in place whole or not at all.

    Raises:
        NarrationError: the folder cannot be written.
    """
    try:
        put(path, text.encode("utf-8"))
    except OSError as error:
        raise NarrationError(path.name, "", f"it cannot be written ({error.strerror})", "free the folder") from None


def _unusable(entry: Entry | None, source: str) -> str:
    if entry is None or not entry.text.strip():
        return "not translated"
    if entry.fuzzy:
        return "the translation is fuzzy"
    return "" if entry.source == source else "the English has changed since it was translated"


def _merged(source: Source, old: polib.POEntry | None, script: Script, language: Language) -> polib.POEntry:
    names = markup.parse(source.text, file=script.file, id=source.id).facts
    entry = polib.POEntry(
        msgctxt=source.id,
        msgid=source.text,
        comment="\n".join(_comments(source, language)),
        flags=[BRACES] if names else [],
    )
    if old is None:
        return entry
    entry.msgstr, entry.tcomment = old.msgstr, old.tcomment
    if old.msgstr and (FUZZY in old.flags or old.msgid != source.text):
        entry.flags.insert(0, FUZZY)
        entry.previous_msgid = old.previous_msgid or (old.msgid if old.msgid != source.text else None)
    return entry


def _comments(source: Source, language: Language) -> Iterable[str]:
    if source.spoken:
        yield "Optional: what the voice says, where the voice misreads the caption's text. Leave empty otherwise."
    elif source.speech_s is not None:
        characters = int(source.speech_s * language.reading_warning_cps)
        yield f"Time: {source.speech_s:.1f} s of speech; up to {characters} characters can be read in that time."
    if source.shows:
        yield f"On screen: {source.shows}"
    if not source.spoken:
        terms = glossary.found(source.text, language)
        if terms:
            yield "Glossary: " + "; ".join(f"{term} = {local}" for term, local in terms)


def _read(path: Path, language: Language) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise NarrationError(
            path.name, "", f"there is no {language.english_name} translation", f"run translate new {language.tag}"
        ) from None
    except OSError as error:
        raise NarrationError(path.name, "", f"it cannot be read ({error.strerror})", "make it readable") from None
    if len(raw) > LARGEST_FILE_BYTES:
        raise NarrationError(
            path.name, "", f"the file is larger than {LARGEST_FILE_BYTES // 1024} KiB", "is it the right file?"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NarrationError(path.name, "", f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None


def _parsed(text: str, file: str) -> polib.POFile:
    if not text.strip():
        return polib.POFile()
    if "\0" in text:
        raise NarrationError(file, "", "a null character", "remove it")
    for number, line in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(line.rstrip("\r")):  # polib takes some broken lines for text
            raise NarrationError(f"{file}:{number}", "", f"broken PO syntax: {quoted(line)}", REMEDY_SYNTAX)
    try:
        # The line in front keeps polib from taking a text for the name of a file.
        return polib.pofile("\n" + text, encoding="utf-8", check_for_duplicates=False)
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        line = "".join(character for character in str(error).rpartition("line ")[2] if character.isdigit())
        at = f"{file}:{int(line) - 1}" if line and len(line) < 9 else file
        raise NarrationError(at, "", "broken PO syntax", REMEDY_SYNTAX) from None
