"""Script, language and facts into a `Narration`: the words with their numbers filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from explainer.errors import ExplainerError, located
from explainer.words import linebreaks, markup
from explainer.words.allowed import FINISHED, Allowed
from explainer.words.languages import PSEUDO_TAG, Language
from explainer.words.markup import MarkedText
from explainer.words.pseudo import pseudo_translated
from explainer.words.script import TITLE_ID, Cue, Script

if TYPE_CHECKING:
    from explainer.words.catalog import Catalog
    from explainer.words.quantities import Fact

__all__ = ["Narration", "SpokenCue", "SpokenSegment", "localize"]

# A pause this near, as a share of the text, is taken for the one between the two captions.
NEAR_SHARE = 0.12

_PAUSE = re.compile(r"[.,;:!?—。、，；：！？،؛؟।]\s*(?=\S)")
_SPACE = re.compile(r"\s+(?=\S)")


@dataclass(frozen=True)
class SpokenCue:
    """A cue in one language: the caption's text and what a voice says, each with its marks' offsets.

    ``speech_by`` is what single voices say instead of ``speech``, by name.
    """

    id: str
    caption: MarkedText
    speech: MarkedText
    pause_s: float
    shows: str = ""
    speech_by: Mapping[str, MarkedText] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The caption's text."""
        return self.caption.text

    def said_by(self, voice: str) -> MarkedText:
        """What a voice says: the form that names it, else the one for any voice."""
        return self.speech_by.get(voice, self.speech)


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

    ``facts`` are those used; the ids in ``missing`` have no translation and stand in the source language, those in
    ``fuzzy`` have one that awaits review.
    """

    language: Language
    title: str
    segments: tuple[SpokenSegment, ...]
    labels: dict[str, str]
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    fuzzy: tuple[str, ...] = ()

    @property
    def cues(self) -> tuple[SpokenCue, ...]:
        """All cues in the order they are spoken."""
        return tuple(cue for segment in self.segments for cue in segment.cues)


def localize(
    script: Script,
    language: Language,
    facts: Mapping[str, Fact],
    catalog: Catalog | None = None,
    *,
    allowed: Allowed = FINISHED,
) -> Narration:
    """The script's words in a language, numbers filled in from the facts.

    Args:
        script: the words in the language they were written in.
        language: the language wanted.
        facts: by name.
        catalog: the language's translations; none for the script's own language and the pseudo-language.
        allowed: what may be shown of unfinished translations.

    Raises:
        ExplainerError: an unknown placeholder, or a translation that is missing or wrong.
    """
    missing: tuple[str, ...] = ()
    fuzzy: tuple[str, ...] = ()
    if language.tag == PSEUDO_TAG:
        script = pseudo_translated(script)
    elif catalog is not None:
        from explainer.words.catalog import translated

        translation = translated(script, catalog, allowed=allowed)
        script, missing, fuzzy = translation.script, translation.missing, translation.fuzzy
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
    return Narration(language, title, segments, labels, tuple(filler.used.values()), missing, fuzzy)


@dataclass(frozen=True)
class _Filler:
    """Fills facts into lines and remembers which were used."""

    file: str
    language: Language
    facts: Mapping[str, Fact]
    used: dict[str, Fact]

    def cue(self, cue: Cue) -> SpokenCue:
        line = markup.parse(cue.text, file=self.file, id=cue.id)
        shown, aloud = self._values(cue.id, line, aloud=False), self._values(cue.id, line, aloud=True)
        caption = markup.fill(line, shown)
        speech = self._filled(cue.id, line, aloud)
        starts = [start for start, _ in linebreaks.blocks(caption.text, self.language)][1:]
        shares = [start / len(caption.text) for start in starts]
        splits = tuple(markup.mapped(line, shown, shown, start) for start in starts)

        def form(text: str) -> MarkedText:
            said = self._filled(cue.id, markup.parse(text, file=self.file, id=cue.id), aloud)
            return replace(said, splits=tuple(_matching_pauses(said.text, shares, self.language)))

        if cue.spoken is None:
            speech = replace(speech, splits=tuple(markup.mapped(line, shown, aloud, start) for start in starts))
        else:
            speech = form(cue.spoken)
        by_voice = {voice: form(text) for voice, text in cue.spoken_by.items()}
        return SpokenCue(cue.id, replace(caption, splits=splits), speech, cue.pause_s, cue.shows, by_voice)

    def _filled(self, id: str, line: markup.Line, values: Mapping[str, str]) -> MarkedText:
        filled = markup.fill(line, values)
        if not filled.text:
            raise ExplainerError("nothing but marks", located(self.file, id), "write what is said")
        return filled

    def text(self, id: str, text: str) -> str:
        """A title or label with its numbers filled in."""
        line = markup.parse(text, file=self.file, id=id, marks_allowed=False)
        return markup.fill(line, self._values(id, line, aloud=False)).text

    def _values(self, id: str, line: markup.Line, aloud: bool) -> dict[str, str]:
        values = {}
        for name in line.facts:
            fact = self.facts.get(name)
            if fact is None:
                raise ExplainerError(
                    f"unknown placeholder {{{name}}}",
                    located(self.file, id),
                    "name a fact of the film, or add one to its facts module",
                )
            self.used[name] = fact
            values[name] = fact.spoken(self.language) if aloud else fact.text(self.language)
        return values


def _matching_pauses(text: str, shares: list[float], language: Language) -> list[int]:
    """Offsets near to these shares of a text, rising: at a pause of the voice if one is near, else between words."""
    pauses = [match.end() for match in _PAUSE.finditer(text)]
    words = [match.end() for match in _SPACE.finditer(text)]
    found = [0]
    for share in shares:
        wanted, last = share * len(text), found[-1]
        fallback = min(max(round(wanted), last + 1), len(text))
        # A script without spaces has some all the same, around numbers and between clauses: few, and far apart.
        rows = (
            [at for at in pauses if abs(at - wanted) <= NEAR_SHARE * len(text)],
            [at for at in words if abs(at - wanted) <= NEAR_SHARE * len(text)],
            [*words, *linebreaks.cuts(text, language)],
            [fallback],
        )
        later = next(after for row in rows if (after := [at for at in row if at > last]))
        found.append(min(later, key=lambda at: abs(at - wanted)))
    return found[1:]
