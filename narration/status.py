"""How far a translation has come, and what in it does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from narration.captions import captions
from narration.catalog import Catalog, sources
from narration.languages import Language
from narration.lint import Finding, lint
from narration.localize import localize
from narration.script import Script
from narration.timeline import Budget, Timeline
from narration.voices import draft

__all__ = ["Status", "TooLong", "status"]


@dataclass(frozen=True)
class TooLong:
    """A cue that takes more than its share of the film, and how much of it to cut."""

    where: str
    id: str
    speech_s: float
    share_s: float
    cut_characters: int


@dataclass(frozen=True)
class Status:
    """A language's translation: ids by state, cues too long to say, captions outside the rules."""

    tag: str
    done: tuple[str, ...]
    fuzzy: tuple[str, ...]
    missing: tuple[str, ...]
    too_long: tuple[TooLong, ...]
    findings: tuple[Finding, ...]


def status(
    script: Script,
    language: Language,
    catalog: Catalog,
    timeline: Timeline,
    speech_s: Mapping[str, float] | None = None,
) -> Status:
    """Examine a translation, finished or not.

    Args:
        script: the English words.
        language: the language.
        catalog: its translations.
        timeline: of the voice that its captions will go with.
        speech_s: seconds of speech by cue id; the draft voice's if not given.

    Raises:
        NarrationError: a finished line drops or invents a placeholder or mark, or holds markup.
    """
    done: list[str] = []
    fuzzy: list[str] = []
    missing: list[str] = []
    for source in sources(script):
        entry = catalog.entries.get(source.id)
        if entry is None or not entry.text.strip():
            if not source.spoken:
                missing.append(source.id)
        elif entry.fuzzy or entry.source != source.text:
            fuzzy.append(source.id)
        else:
            done.append(source.id)
    narration = localize(script, language, catalog=catalog, allow_missing=True)
    lengths = speech_s or {cue.id: draft.duration(cue.speech, language)[0] for cue in narration.cues}
    english = {cue.id: (cue.stop_frame - cue.start_frame) / timeline.fps for cue in timeline.cues}
    too_long = []
    pauses_s = Budget().shortest_pause_s * (len(narration.cues) + len(narration.segments))
    room_s = Budget().maximum_s - pauses_s
    if sum(lengths.values()) > room_s:
        stretch = room_s / sum(english.values())
        for cue in narration.cues:
            share_s = english[cue.id] * stretch
            over_s = lengths[cue.id] - share_s
            if over_s > 0:
                cut = round(over_s / lengths[cue.id] * len(cue.speech.text)) or 1
                too_long.append(TooLong(catalog.at(cue.id), cue.id, lengths[cue.id], share_s, cut))
    findings = tuple(
        finding
        for finding in lint(captions(timeline, narration), timeline, language, catalog.at)
        if finding.id not in narration.missing
    )
    return Status(language.tag, tuple(done), tuple(fuzzy), tuple(missing), tuple(too_long), findings)
