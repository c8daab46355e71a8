"""Outputs: which languages a command is for, and the folder that each language's files are put into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.tasks.atomic import check_writable
from explainer.tasks.session import Output
from explainer.timing.timeline import Timeline
from explainer.words.film import Film

ALL = "all"
PLAYED = (".mp4", ".gif")


def asked_tags(text: str, film: Film) -> tuple[str, ...]:
    """The languages meant by ``de``, ``es,ja`` or ``all``, each once.

    Raises:
        ExplainerError: if none is named, or an unknown one.
    """
    if text == ALL:
        return film.tags
    tags = tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip())))
    if not tags:
        raise ExplainerError("no language is named", "--lang", f"use {', '.join(film.tags)} or {ALL}")
    return tuple(film.language(tag).tag for tag in tags)


def folder_of(out: Path, tag: str) -> Path:
    """Where the film of a language is put."""
    return out / tag


def check_folders(out: Path, tags: Sequence[str]) -> None:
    """See that each language has a folder of its own, that can be written to.

    Raises:
        ExplainerError: two write to one, by a link or on a disk that does not tell case apart; or one cannot be.
    """
    taken: dict[str, str] = {}
    for tag in tags:
        folder = folder_of(out, tag)
        place = str(folder.resolve()).casefold()
        if place in taken:
            remedy = "give each a folder of its own, or make them one at a time with another --out"
            raise ExplainerError(f"{taken[place]} and {tag} would both write to this folder", str(folder), remedy)
        taken[place] = tag
    for tag in tags:
        check_writable(folder_of(out, tag))


def outputs(files: Mapping[Path, object], timeline: Timeline) -> tuple[Output, ...]:
    """The files, with the film's length for those that play."""
    return tuple(Output(path, timeline.duration_s if path.suffix in PLAYED else None) for path in files)
