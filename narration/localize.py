"""Script, language and facts into a `Narration`: the words with their numbers filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narration import markup
from narration.errors import NarrationError
from narration.languages import SOURCE_TAG, Language
from narration.markup import MarkedText
from narration.script import TITLE_ID, Cue, Script

if TYPE_CHECKING:
    from narration.facts import Fact

__all__ = ["Narration", "SpokenCue", "SpokenSegment", "localize"]


@dataclass(frozen=True)
class SpokenCue:
    """A cue in one language: the caption's text and what the voice says, each with its marks' offsets."""

    id: str
    caption: MarkedText
    speech: MarkedText
    pause_s: float
    shows: str = ""

    @property
    def text(self) -> str:
        """The caption's text."""
        return self.caption.text


@dataclass(frozen=True)
class SpokenSegment:
    """A segment in one language."""

    id: str
    scene: str
    title: str
    lead_s: float
    cues: tuple[SpokenCue, ...]


@dataclass(frozen=True)
class Narration:
    """All words of the film in one language.

    ``facts`` are those used; the ids in ``missing`` have no translation and stand in the source language.
    """

    language: Language
    title: str
    segments: tuple[SpokenSegment, ...]
    labels: dict[str, str]
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def cues(self) -> tuple[SpokenCue, ...]:
        """All cues in the order they are spoken."""
        return tuple(cue for segment in self.segments for cue in segment.cues)


def localize(script: Script, language: Language, *, facts: Mapping[str, Fact] | None = None) -> Narration:
    """The script's words in a language, numbers filled in from the facts.

    Raises:
        NarrationError: an unknown placeholder.
    """
    if language.tag != SOURCE_TAG:
        raise NarrationError("", language.tag, "no translation", "run translate new")
    if facts is None:
        from narration.facts import known_facts

        facts = known_facts()
    filler = _Filler(script.file, language, facts, {})
    segments = tuple(
        SpokenSegment(
            segment.id,
            segment.scene,
            filler.text(segment.id, segment.title),
            segment.lead_s,
            tuple(filler.cue(cue) for cue in segment.cues),
        )
        for segment in script.segments
    )
    title = filler.text(TITLE_ID, script.title)
    labels = {label.id: filler.text(label.id, label.text) for label in script.labels}
    return Narration(language, title, segments, labels, tuple(filler.used.values()))


@dataclass(frozen=True)
class _Filler:
    """Fills facts into lines and remembers which were used."""

    file: str
    language: Language
    facts: Mapping[str, Fact]
    used: dict[str, Fact]

    def cue(self, cue: Cue) -> SpokenCue:
        spoken = cue.text if cue.spoken is None else cue.spoken
        return SpokenCue(
            cue.id,
            self._filled(cue.id, cue.text, aloud=False),
            self._filled(cue.id, spoken, aloud=True),
            cue.pause_s,
            cue.shows,
        )

    def text(self, id: str, text: str) -> str:
        return self._filled(id, text, aloud=False).text

    def _filled(self, id: str, text: str, aloud: bool) -> MarkedText:
        line = markup.parse(text, file=self.file, id=id)
        values = {}
        for name in line.facts:
            fact = self.facts.get(name)
            if fact is None:
                raise NarrationError(
                    self.file,
                    id,
                    f"unknown placeholder {{{name}}}",
                    "name a fact of narration/facts.py, or add one there",
                )
            self.used[name] = fact
            values[name] = fact.spoken(self.language) if aloud else fact.text(self.language)
        return markup.fill(line, values)
