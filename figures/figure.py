"""The record of a figure."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure as Canvas

from figures.style import Look


@dataclass(frozen=True)
class Figure:
    """A figure: its file name without suffix, and the function that draws it in a look.

    Its title and caption are the texts ``<id>.title`` and ``<id>.caption``.
    """

    id: str
    draw: Callable[[Look], Canvas]
