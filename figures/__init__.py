"""Figures of what the physics package computes, each with its caption, in a theme and a language.

One module per family. To add a figure, write a function that takes a ``style.Look`` and gives a matplotlib figure, add
a line to its module's ``FIGURES``, and its words, a title and a caption at least, to ``text.toml``.
"""

from collections.abc import Mapping
from pathlib import Path

from explainer.page.figures import DrawnFigure
from explainer.stage.look import Theme
from explainer.words.languages import Language
from figures import heat, lasers, lattice, paper, two_level, unbounded
from figures.figure import Figure
from figures.style import applied, described, finished, look
from figures.words import Words

__all__ = ["FIGURES", "Figure", "draw_all"]

FIGURES: dict[str, Figure] = {
    figure.id: figure for family in (two_level, unbounded, heat, lasers, lattice, paper) for figure in family.FIGURES
}


def draw_all(folder: Path, theme: Theme, language: Language, texts: Mapping[str, str]) -> tuple[DrawnFigure, ...]:
    """Draw every figure as ``<id>.png`` and ``<id>.svg``.

    Args:
        folder: to write into; made if missing.
        theme: its colours.
        language: of the words and numbers.
        texts: the words by id.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = Words(language, texts)
    chosen = look(theme, words)
    drawn = []
    with applied(chosen):
        for figure in FIGURES.values():
            canvas = finished(figure.draw(chosen), chosen)
            for suffix, metadata in ((".png", {"Software": None}), (".svg", {"Date": None})):
                canvas.savefig(folder / f"{figure.id}{suffix}", metadata=metadata)
            title, caption = words.say(f"{figure.id}.title"), words.say(f"{figure.id}.caption")
            drawn.append(DrawnFigure(figure.id, title, caption, described(canvas)))
    return tuple(drawn)
