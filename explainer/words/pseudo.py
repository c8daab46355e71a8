"""The pseudo-language: English made longer, accented and bracketed, to test layouts before any translation exists."""

from __future__ import annotations

from dataclasses import replace

from explainer.words import markup
from explainer.words.script import Script

__all__ = ["accented", "pseudo_translated"]

_ACCENTS = str.maketrans("abcdefghijklmnopqrstuvwxyzACDEGHIKLNORSTUYZ", "åƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅÇÐÉĜĤÎĶĻÑÖŔŠŢÛÝŽ")
VOWELS = frozenset("aeiou")


def pseudo_translated(script: Script) -> Script:
    """The script with every shown text accented; the voice still says the English."""
    segments = tuple(
        replace(
            segment,
            title=accented(segment.title, script.file, segment.id),
            cues=tuple(
                replace(cue, text=accented(cue.text, script.file, cue.id), spoken=cue.spoken or cue.text)
                for cue in segment.cues
            ),
        )
        for segment in script.segments
    )
    labels = tuple(replace(label, text=accented(label.text, script.file, label.id)) for label in script.labels)
    title = accented(script.title, script.file, "title")
    return replace(script, title=title, segments=segments, labels=labels)


def accented(text: str, file: str, id: str) -> str:
    """A text a third longer and in accents, its placeholders and marks untouched."""
    written = {"fact": "{%s}", "mark": "<%s/>"}
    parts = []
    for kind, content in markup.parse(text, file=file, id=id).parts:
        if kind == "text":
            longer = "".join(letter * 2 if letter in VOWELS else letter for letter in content)
            parts.append(longer.translate(_ACCENTS))
        else:
            parts.append(written[kind] % content)
    return f"[{''.join(parts)}]"
