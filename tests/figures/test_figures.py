"""The figures: all drawn, captioned, legible, and the same on every run."""

from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from figures import FIGURES, draw_all
from figures.style import applied, look


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("figures")
    written = draw_all(out)
    assert sorted(written) == sorted(out.iterdir())
    return out


def test_every_figure_has_png_svg_and_caption(drawn: Path) -> None:
    for name, figure in FIGURES.items():
        assert (drawn / f"{name}.png").read_bytes()[:4] == b"\x89PNG"
        assert "</svg>" in (drawn / f"{name}.svg").read_text(encoding="utf-8")
        assert (drawn / f"{name}.txt").read_text(encoding="utf-8") == figure.caption + "\n"


def test_the_papers_five_figures_say_what_they_reproduce() -> None:
    for number in range(1, 6):
        assert "eproduced" in FIGURES[f"paper-{number}"].caption


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(
    "name",
    ["populations", "contact", "lif-relaxation", "band-bosons", "laser-turn-on", "no-top", "mixing", "maser-engine"],
)
def test_no_text_leaves_the_sheet_and_no_remarks_overlap(name: str, theme: str) -> None:
    chosen = look(theme)
    with applied(chosen):
        figure = FIGURES[name].draw(chosen)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        for ax in figure.axes:
            seen = [text.get_window_extent() for text in ax.texts if text.get_text()]
            assert not any(a.overlaps(b) for i, a in enumerate(seen) for b in seen[:i])
        ticks = {label for ax in figure.axes for label in ax.get_xticklabels() + ax.get_yticklabels()}
        for text in figure.findobj(Text):
            if text not in ticks and text.get_visible() and text.get_text():
                box = text.get_window_extent()
                assert box.x0 >= -1 and box.y0 >= -1, text.get_text()
                assert box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1, text.get_text()


def test_drawing_twice_gives_the_same_file(tmp_path: Path) -> None:
    files = []
    for run in ("a", "b"):
        chosen = look()
        with applied(chosen):
            path = tmp_path / f"{run}.svg"
            FIGURES["contact"].draw(chosen).savefig(path, metadata={"Date": None})
        files.append(path.read_bytes())
    assert files[0] == files[1]
