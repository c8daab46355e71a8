"""Which languages a command is for, and that each has a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from narration.languages import LANGUAGES, PSEUDO_TAG, language
from pipeline.errors import PipelineError

ALL = "all"


def translated_tags() -> tuple[str, ...]:
    """Every language that people read; the pseudo-language is for tests of the layout."""
    return tuple(tag for tag in LANGUAGES if tag != PSEUDO_TAG)


def asked_tags(text: str) -> tuple[str, ...]:
    """The languages meant by ``de``, ``es,ja`` or ``all``, each once.

    Raises:
        PipelineError, NarrationError: if none is named, or an unknown one.
    """
    if text == ALL:
        return translated_tags()
    tags = tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip())))
    if not tags:
        raise PipelineError("no language is named", "--lang", f"use {', '.join(translated_tags())} or {ALL}")
    return tuple(language(tag).tag for tag in tags)


def folder_of(out: Path, tag: str) -> Path:
    """Where the film of a language is put."""
    return out / tag


def check_apart(out: Path, tags: Sequence[str]) -> None:
    """See that no two languages write to one folder, by a link or on a disk that does not tell case apart.

    Raises:
        PipelineError: naming the two and the folder.
    """
    taken: dict[str, str] = {}
    for tag in tags:
        folder = folder_of(out, tag)
        place = str(folder.resolve()).casefold()
        if place in taken:
            remedy = "give each a folder of its own, or make them one at a time with another --out"
            raise PipelineError(f"{taken[place]} and {tag} would both write to this folder", str(folder), remedy)
        taken[place] = tag
