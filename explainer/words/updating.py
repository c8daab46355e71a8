"""Translators' files brought up to an edited script: nothing that was translated is ever dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polib

from explainer.words import po
from explainer.words.catalog import BRACES, FORM, FUZZY, Source, parse, with_voices
from explainer.words.glossary import Glossary, terms_in
from explainer.words.languages import Language
from explainer.words.script import voice_of
from explainer.words.texts import placeholders

__all__ = ["updated"]


def updated(
    old: str, sources: Sequence[Source], language: Language, terms: Glossary, *, file: str, project: str
) -> str:
    """A PO file brought up to the sources: new lines added, changed ones fuzzy, removed ones kept as obsolete.

    Args:
        old: the file's text so far; empty to start a language.
        sources: all that is to be translated, in order.
        language: whose file it is.
        terms: the film's terms of art.
        file: its name, for messages.
        project: the film's name.

    Raises:
        ExplainerError: the old file is broken.
    """
    parse(old, file=file)
    before = po.parsed(old, file)
    kept = {entry.msgctxt: entry for entry in sorted(before, key=lambda entry: not entry.obsolete)}
    new = polib.POFile(wrapwidth=100)
    new.metadata = dict(before.metadata) | {
        "Project-Id-Version": project,
        "Language": language.tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    forms = [id for id, entry in kept.items() if voice_of((id or "").partition(FORM)[2]) and entry.msgstr]
    for source in with_voices(sources, forms):
        new.append(_merged(source, kept.pop(source.id, None), language, terms))
    for entry in kept.values():
        if entry.msgstr:
            entry.obsolete = True
            new.append(entry)
    return str(new).rstrip("\n") + "\n"


def _merged(source: Source, old: polib.POEntry | None, language: Language, terms: Glossary) -> polib.POEntry:
    names = placeholders(source.text)
    entry = polib.POEntry(
        msgctxt=source.id,
        msgid=source.text,
        comment="\n".join(_comments(source, language, terms)),
        flags=[BRACES] if names else [],
    )
    if old is None:
        return entry
    entry.msgstr, entry.tcomment = old.msgstr, old.tcomment
    if old.msgstr and (FUZZY in old.flags or old.msgid != source.text):
        entry.flags.insert(0, FUZZY)
        entry.previous_msgid = old.previous_msgid or (old.msgid if old.msgid != source.text else None)
    return entry


def _comments(source: Source, language: Language, terms: Glossary) -> Iterable[str]:
    voice = voice_of(source.id.partition(FORM)[2])
    if voice:
        yield f"Optional: what the voice {voice} says, where it misreads what other voices say."
    elif source.spoken:
        yield "Optional: what the voice says, where the voice misreads the caption's text. Leave empty otherwise."
    elif source.speech_s is not None:
        characters = int(source.speech_s * language.reading_warning_cps)
        yield f"Time: {source.speech_s:.1f} s of speech; up to {characters} characters can be read in that time."
    if source.shows:
        yield f"On screen: {source.shows}"
    if not source.spoken:
        found = terms_in(source.text, language, terms)
        if found:
            yield "Glossary: " + "; ".join(f"{term} = {local}" for term, local in found)
