"""How far a translation has come, and what in it does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from explainer.timing.captions import captions
from explainer.timing.lint import Finding, lint
from explainer.timing.planning import SHORTEST_PAUSE_S, Budget
from explainer.timing.timeline import Timeline
from explainer.words.catalog import Catalog, Source, with_voices
from explainer.words.localize import Narration

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
    sources: Sequence[Source],
    narration: Narration,
    catalog: Catalog,
    timeline: Timeline,
    speech_s: Mapping[str, float],
    budget: Budget | None,
    beside: Sequence[tuple[Sequence[Source], Catalog]] = (),
) -> Status:
    """Examine a translation, finished or not.

    Args:
        sources: all that is to be translated.
        narration: the film's words with this translation; lines without one stand as they were written.
        catalog: the translations.
        timeline: of the voice that its captions will go with.
        speech_s: seconds of speech by cue id.
        budget: the film's bounds, if it has any.
        beside: further texts with translations of their own, such as those of figures.
    """
    states = [_states(sources, catalog), *(_states(*each) for each in beside)]
    done, fuzzy, missing = (tuple(chain(*lists)) for lists in zip(*states, strict=True))
    findings = tuple(
        finding
        for finding in lint(captions(timeline, narration), timeline, narration.language, catalog.at, catalog.reason)
        if finding.id not in narration.missing
    )
    too_long = _too_long(narration, catalog, timeline, speech_s, budget) if budget else ()
    return Status(narration.language.tag, done, fuzzy, missing, too_long, findings)


def _states(sources: Sequence[Source], catalog: Catalog) -> tuple[list[str], list[str], list[str]]:
    """The ids of what is done, fuzzy and missing."""
    done: list[str] = []
    fuzzy: list[str] = []
    missing: list[str] = []
    for source in with_voices(sources, catalog.voices):
        entry = catalog.entries.get(source.id)
        if entry is None or not entry.text.strip():
            if not source.spoken:
                missing.append(source.id)
        elif entry.fuzzy or entry.source != source.text:
            fuzzy.append(source.id)
        else:
            done.append(source.id)
    return done, fuzzy, missing


def _too_long(
    narration: Narration, catalog: Catalog, timeline: Timeline, speech_s: Mapping[str, float], budget: Budget
) -> tuple[TooLong, ...]:
    """Cues beyond their share, which is as in the voice that the timeline is of, of what the film has room for."""
    room_s = budget.maximum_s - SHORTEST_PAUSE_S * (len(narration.cues) + len(narration.segments))
    shares = {cue.id: (cue.stop_frame - cue.start_frame) / timeline.fps for cue in timeline.cues}
    said_s = {**speech_s, **{id: shares[id] for id in narration.missing if id in shares}}
    if sum(said_s.values()) <= room_s:
        return ()
    stretch = room_s / sum(shares.values())
    found = []
    for cue in narration.cues:
        share_s = shares[cue.id] * stretch
        over_s = said_s[cue.id] - share_s
        if over_s > 0 and cue.id not in narration.missing:
            cut = round(over_s / speech_s[cue.id] * len(cue.speech.text)) or 1
            found.append(TooLong(catalog.at(cue.id), cue.id, speech_s[cue.id], share_s, cut))
    return tuple(found)
