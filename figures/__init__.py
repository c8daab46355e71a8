"""Figures of what the physics package computes; ``draw_all`` writes them with their captions.

One module per family. To add a figure, write a function that takes a ``style.Look`` and gives a matplotlib figure, and
add a line to its module's ``FIGURES``.
"""

from pathlib import Path

from figures import heat, lasers, lattice, paper, two_level, unbounded
from figures.figure import Figure
from figures.style import applied, look

__all__ = ["FIGURES", "Figure", "draw_all"]

FIGURES: dict[str, Figure] = {
    figure.id: figure for family in (two_level, unbounded, heat, lasers, lattice, paper) for figure in family.FIGURES
}


def draw_all(out_dir: Path, theme: str = "dark") -> list[Path]:
    """Draw every figure as PNG and SVG, with its caption as text beside it.

    Args:
        out_dir: folder to write into; made if missing.
        theme: a key of ``explainer.stage.look.THEMES``.

    Returns:
        The files written, three a figure.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    chosen = look(theme)
    written = []
    with applied(chosen):
        for figure in FIGURES.values():
            canvas = figure.draw(chosen)
            for suffix, metadata in ((".png", {"Software": None}), (".svg", {"Date": None})):
                path = out_dir / f"{figure.id}{suffix}"
                canvas.savefig(path, metadata=metadata)
                written.append(path)
            caption = out_dir / f"{figure.id}.txt"
            caption.write_text(figure.caption + "\n", encoding="utf-8")
            written.append(caption)
    return written
