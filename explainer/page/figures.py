"""The figures of a film's physics: drawn by the film's own module, and shown with their captions in one page.

The module that a script names as its figures has ``draw_all(folder, theme, language, texts)``, which draws each figure
as ``<id>.png`` and ``<id>.svg`` into a folder and returns a `DrawnFigure` for each. Its words are the texts of
``text.toml`` in its folder, of the domain ``figures``, and their translations ``locale/<tag>.po`` there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.html.pages import rendered
from explainer.stage.look import THEMES, Theme, theme_of
from explainer.tasks.atomic import check_writable, publish
from explainer.tasks.loading import imported
from explainer.words.allowed import FINISHED, Allowed
from explainer.words.film import Film
from explainer.words.languages import Language
from explainer.words.texts import FIGURES, of_domain

__all__ = ["ALL", "DrawnFigure", "build_figures"]

ALL = "all"
FOLDER, PAGE, HEADING = "figures", "figures.html", "page.heading"


@dataclass(frozen=True)
class DrawnFigure:
    """A figure that was drawn: its file name without suffix, its name, its caption, and what it looks like in words."""

    id: str
    title: str
    caption: str
    alt: str


def build_figures(film: Film, tags: Sequence[str], theme: str, out: Path, *, allowed: Allowed = FINISHED) -> list[Path]:
    """Draw a film's figures into ``figures/<language>/<theme>``, with captions and a page; returns the files.

    Args:
        film: whose script names a module of figures.
        tags: of the languages.
        theme: its name, or ``all`` for those of the engine.
        out: the output folder.
        allowed: what may be shown of unfinished translations.

    Raises:
        ExplainerError: the film has no figures; an unknown theme; a text that is not translated.
    """
    module = film.script.settings.figures
    if not module:
        raise ExplainerError("the film has no figures", film.path.name, 'write figures = "<module>" under [film]')
    names = tuple(THEMES) if theme == ALL else (theme,)
    themes = {name: theme_of(name, film.script.settings.themes) for name in names}
    words = {tag: film.figure_words(tag, allowed=allowed) for tag in tags}
    headings = {tag: of_domain(film.texts(tag, allowed=allowed), FIGURES)[HEADING] for tag in tags}
    check_writable(out)
    files: list[Path] = []
    for tag, texts in words.items():
        folder, language = out / FOLDER / tag, film.language(tag)
        for name, look in themes.items():
            drawn: tuple[DrawnFigure, ...] = imported(module).draw_all(folder / name, look, language, texts)
            files += [folder / name / f"{each.id}.{suffix}" for each in drawn for suffix in ("png", "svg")]
        beside = {folder / f"{each.id}.txt": each.caption + "\n" for each in drawn}
        beside[folder / PAGE] = page(drawn, themes, language, headings[tag])
        publish(beside)
        files += beside
    return files


def page(figures: Sequence[DrawnFigure], themes: Mapping[str, Theme], language: Language, heading: str) -> str:
    """The page as HTML: every figure with its caption beside it, in the reader's scheme where both are drawn.

    Args:
        figures: those drawn, in the folder of each theme beside the page.
        themes: the themes drawn, by name.
        language: of the captions.
        heading: of the page.
    """
    return rendered("figures.html.j2", figures=figures, themes=themes, language=language, heading=heading)
