"""Film: a script and the folder it belongs to, with all that is found there by convention or named by the script.

A film's folder holds ``narration/<film>.toml``, its scripts; ``narration/locale/<film>/<tag>.po``, translations;
``narration/takes/<film>/<tag>/``, its cues as they were said; ``narration/facts.py``, numbers;
``narration/languages/<tag>.toml`` and ``narration/glossary.toml`` where it needs them; and the packages of its scenes
and its physics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.errors import ExplainerError, quoted
from explainer.words.allowed import FINISHED, Allowed
from explainer.words.glossary import Glossary, read_glossary
from explainer.words.languages import PSEUDO_TAG, SOURCE_TAG, Language, chosen, languages_of
from explainer.words.localize import Narration, localize
from explainer.words.script import Script, load_script
from explainer.words.texts import FIGURES, UI, Text, of_domain, read_texts

if TYPE_CHECKING:
    from explainer.words.catalog import Catalog
    from explainer.words.quantities import Fact

__all__ = ["Film", "film_ids", "open_film"]

NARRATION = "narration"
FACTS = "facts"
TAKES = "takes"
GLOSSARY = "glossary.toml"
TEXTS, LOCALE = "text.toml", "locale"
ENGINE_LOCALE = Path(__file__).with_name("locale")


@dataclass(frozen=True)
class Film:
    """A script in its folder. ``id`` is the script's name, ``languages`` all that the folder knows, by tag."""

    root: Path
    id: str
    script: Script
    languages: Mapping[str, Language]

    def __post_init__(self) -> None:
        settings = self.script.settings
        for key, tags in (("language", [settings.language]), ("voices", settings.voices), ("fonts", settings.fonts)):
            for tag in tags:
                if tag not in self.languages:
                    remedy = f"use one of {', '.join(self.languages)}, or write narration/languages/{tag}.toml"
                    raise ExplainerError(f"unknown language {quoted(tag)} in {key}", self.path.name, remedy)

    @property
    def name(self) -> str:
        """What its files are called."""
        return self.script.settings.name or self.id.replace("_", "-")

    @property
    def path(self) -> Path:
        """Its script."""
        return self.root / NARRATION / f"{self.id}.toml"

    @property
    def locale(self) -> Path:
        """The folder of its translations."""
        return self.root / NARRATION / "locale" / self.id

    def takes(self, tag: str) -> Path:
        """The folder of its own takes in a language."""
        return self.root / NARRATION / TAKES / self.id / tag

    @property
    def source(self) -> Language:
        """The language that its script is written in."""
        return self.language(self.script.settings.language)

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages that people can have it in: its own, and those it is translated to."""
        translated = {path.stem for path in self.locale.glob("*.po")} & self.languages.keys()
        others = (tag for tag in self.languages if tag in translated and tag != self.source.tag)
        return (self.source.tag, *others)

    @property
    def facts(self) -> str:
        """The module of its numbers; empty if it has none."""
        default = f"{NARRATION}.{FACTS}" if (self.root / NARRATION / f"{FACTS}.py").is_file() else ""
        return self.script.settings.facts or default

    @property
    def glossary(self) -> Glossary:
        """Its terms of art."""
        return read_glossary(self.root / NARRATION / GLOSSARY)

    @property
    def packages(self) -> tuple[str, ...]:
        """The top-level packages that its script names."""
        settings = self.script.settings
        named = [segment.scene for segment in self.script.segments]
        named += [self.facts, settings.evaluators, settings.verification, settings.panels]
        tops = dict.fromkeys(name.partition(":")[0].partition(".")[0] for name in named if name)
        return tuple(top for top in tops if (self.root / top).is_dir())

    def language(self, tag: str) -> Language:
        """A language as the film has it: with its font and voice.

        Raises:
            ExplainerError: unknown tag, with the known ones.
        """
        language, settings = chosen(self.languages, tag), self.script.settings
        return replace(
            language,
            font=settings.fonts.get(tag, language.font),
            voice=settings.voices.get(tag, language.voice),
        )

    def is_written_in(self, tag: str) -> bool:
        """Whether the words of a language stand in the script itself, so that there is nothing to translate."""
        return tag in (self.source.tag, PSEUDO_TAG)

    def catalog(self, tag: str) -> Catalog | None:
        """The translations of a language; None where there is nothing to translate.

        Raises:
            ExplainerError: no such file, or a broken one.
        """
        if self.is_written_in(tag):
            return None
        from explainer.words import catalog

        return catalog.load(self.language(tag), self.locale)

    def narration(self, tag: str, facts: Mapping[str, Fact], *, allowed: Allowed = FINISHED) -> Narration:
        """The film's words in a language.

        Raises:
            ExplainerError: an unknown language or placeholder, a translation that is missing or wrong.
        """
        return localize(self.script, self.language(tag), facts, self.catalog(tag), allowed=allowed)

    def own_texts(self, tag: str) -> tuple[Text, ...]:
        """The texts beside the script that its catalogue of a language translates.

        Those of its panels; and the engine's own where the engine does not speak the language.
        """
        known = tag == SOURCE_TAG or (ENGINE_LOCALE / f"{tag}.po").is_file()
        return (*self.panel_texts, *(() if known else read_texts(UI)))

    @property
    def panel_texts(self) -> tuple[Text, ...]:
        """The texts of what a reader of its page can drive."""
        panels = self.script.settings.panels
        path = self.root.joinpath(*panels.split(".")) / TEXTS
        return read_texts(path) if panels and path.is_file() else ()

    @property
    def figure_texts(self) -> tuple[Text, ...]:
        """The words of its figures."""
        path = self._figures / TEXTS
        return read_texts(path) if self.script.settings.figures and path.is_file() else ()

    @property
    def figure_locale(self) -> Path:
        """The folder of the translations of its figures, which films of one folder may share."""
        return self._figures / LOCALE

    @property
    def _figures(self) -> Path:
        return self.root.joinpath(*self.script.settings.figures.split("."))

    def figure_words(self, tag: str, *, allowed: Allowed = FINISHED) -> dict[str, str]:
        """The words of its figures in a language, by id.

        Raises:
            ExplainerError: one that is not translated.
        """
        texts = self.figure_texts
        if self.is_written_in(tag) or not texts:
            return of_domain({text.id: text.text for text in texts}, FIGURES)
        from explainer.words.catalog import load, translated_texts

        catalog = load(self.language(tag), self.figure_locale)
        return of_domain(translated_texts(texts, (catalog,), allowed=allowed), FIGURES)

    def texts(self, tag: str, *, allowed: Allowed = FINISHED) -> dict[str, str]:
        """The texts of its page and decks in a language, by id.

        Raises:
            ExplainerError: one that is not translated.
        """
        from explainer.words.catalog import load, translated_texts

        catalog = self.catalog(tag)
        own = [catalog] if catalog else []
        engine = [load(self.language(tag), ENGINE_LOCALE)] if (ENGINE_LOCALE / f"{tag}.po").is_file() else []
        found: dict[str, str] = {}
        for texts, catalogs in (
            (read_texts(UI), [] if tag == SOURCE_TAG else [*own, *engine]),
            (self.panel_texts, own),
        ):
            if catalogs:
                found |= translated_texts(texts, catalogs, allowed=allowed)
            else:
                found |= {text.id: text.text for text in texts}
        return found


def film_ids(root: Path) -> tuple[str, ...]:
    """The films of a folder, by the names of their scripts."""
    paths = sorted((root / NARRATION).glob("*.toml"))
    return tuple(path.stem for path in paths if path.name != GLOSSARY)


def open_film(root: Path, id: str = "") -> Film:
    """A film of a folder: the one named, the only one, or the one whose script says that it is meant by default.

    Raises:
        ExplainerError: there is none, none of that name, or several and none that is meant.
    """
    known = film_ids(root)
    if not known:
        remedy = "go to a film's folder, or make one: explainer new FOLDER"
        raise ExplainerError("there is no film here", str(root / NARRATION), remedy)
    if id and id not in known:
        raise ExplainerError("unknown film", quoted(id), f"use --film with one of {', '.join(known)}")
    languages = languages_of(root / NARRATION / "languages")
    wanted = (id,) if id else known
    films = [Film(root, each, load_script(root / NARRATION / f"{each}.toml"), languages) for each in wanted]
    meant = [film for film in films if film.script.settings.default]
    if len(films) > 1 and len(meant) != 1:
        remedy = f"name one with --film: {', '.join(known)}; or write default = true under [film] in just one"
        raise ExplainerError("it is not said which film is meant", str(root / NARRATION), remedy)
    return (meant or films)[0]
