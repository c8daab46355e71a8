"""What the page shows of a film: its words in the page's languages, its finished films, its panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.film.manifest import FinishedFilm, films_in
from explainer.page.panels import Panels, panels_of
from explainer.stage.look import THEMES, theme_of
from explainer.words.allowed import Allowed
from explainer.words.facts import Known
from explainer.words.film import Film
from explainer.words.localize import Narration
from explainer.words.texts import PANELS, of_domain, placeholders

__all__ = ["REMEDY", "Built", "Shown", "finest_films", "page_words", "show"]

REMEDY = "make it again: explainer video"


@dataclass(frozen=True)
class Built:
    """A film, its numbers, and the folders that builds of it left, one a spoken language; some may not be there."""

    film: Film
    known: Known
    folders: Sequence[Path]


@dataclass(frozen=True)
class Shown:
    """A film as the page shows it.

    Args:
        film: the film.
        narrations: its words in those of the page's languages that it has, and its own for the others.
        texts: the words of its panels by language tag and id.
        finished: a finished film a spoken language.
        panels: what it brings to drive.
    """

    film: Film
    narrations: tuple[Narration, ...]
    texts: Mapping[str, Mapping[str, str]]
    finished: tuple[FinishedFilm, ...]
    panels: Panels

    @property
    def id(self) -> str:
        """The film's name."""
        return self.film.id

    @property
    def source(self) -> str:
        """The language it is shown in where it has not the page's."""
        return self.film.source.tag

    def narration(self, tag: str) -> Narration:
        """Its words in a language of the page, or in its own if it has not that one."""
        by_tag = {each.language.tag: each for each in self.narrations}
        return by_tag[tag if tag in by_tag else self.source]


def show(built: Built, tags: Sequence[str], height: int | None, *, first: bool, allowed: Allowed) -> Shown | None:
    """What a page in some languages shows of a film; None of one that is not built.

    Args:
        built: the film.
        tags: languages of the page.
        height: the picture height; the finest there are if not given.
        first: whether the page begins with it: then it has to be built, and to have all the languages.
        allowed: what may be shown of unfinished translations.

    Raises:
        ExplainerError: no finished film, a text that is not translated, panels that fail.
    """
    film, known = built.film, built.known
    spoken = tags if first else tuple(dict.fromkeys(tag if tag in film.tags else film.source.tag for tag in tags))
    narrations = tuple(film.narration(tag, known.facts, allowed=allowed) for tag in spoken)
    finished = finest_films(film, built.folders, [cue.id for cue in narrations[0].cues], height)
    if not finished and not first:
        return None
    if not finished:
        names = ", ".join(str(folder) for folder in built.folders) or "no folder given"
        size = f" of {height} pixels' height" if height else ""
        raise ExplainerError(f"there is no finished film{size}", names, "make one: explainer video")
    ordered = sorted(finished, key=lambda each: each.language_tag != narrations[0].language.tag)
    texts = {each.language.tag: page_words(film, each, known, allowed, PANELS) for each in narrations}
    themes = {name: theme_of(name, film.script.settings.themes) for name in THEMES}
    return Shown(film, narrations, texts, tuple(ordered), panels_of(film, themes, known))


def page_words(film: Film, narration: Narration, known: Known, allowed: Allowed, *domains: str) -> dict[str, str]:
    """Texts of domains in the language of a narration, by id, with the film's facts filled in; other names stay."""
    texts = of_domain(film.texts(narration.language.tag, allowed=allowed), *domains)
    filled = {}
    for id, text in texts.items():
        for name in placeholders(text) & known.facts.keys():
            text = text.replace(f"{{{name}}}", known.facts[name].text(narration.language))
        filled[id] = text
    return filled


def finest_films(
    film: Film, folders: Sequence[Path], cue_ids: Sequence[str], height: int | None = None
) -> tuple[FinishedFilm, ...]:
    """The finest finished film of each folder, in the order of the folders; folders without one are passed over.

    A film of some segments alone, made to look at them, is none.

    Raises:
        ExplainerError: one that tells another script, or two of one language.
    """
    finest: dict[str, FinishedFilm] = {}
    for folder in folders:
        found = [each for each in films_in(folder) if each.film_id == film.id and height in (None, each.height)]
        whole = [each for each in found if [cue.id for cue in each.planned.cues] == list(cue_ids)]
        stale = [each for each in found if each not in whole and not _of_segments(each, film)]
        if stale and not whole:
            raise ExplainerError("the film has other cues than the script", stale[0].path.name, REMEDY)
        if whole:
            best = max(whole, key=lambda each: (each.width * each.height, each.fps))
            if best.language_tag in finest:
                raise ExplainerError(f"a second film in {best.language_tag}", str(folder), "give one folder a language")
            finest[best.language_tag] = best
    return tuple(finest.values())


def _of_segments(finished: FinishedFilm, film: Film) -> bool:
    """Whether it tells some segments alone, as its file's name says: the film's, and theirs."""
    ids = [segment.id for segment in finished.planned.segments]
    return finished.path.name.startswith(tuple(f"{film.name}-{id}{end}" for id in ids for end in "-."))
