"""The figures: all drawn, captioned, legible, in every language, and the same on every run."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from explainer.errors import ExplainerError
from explainer.page.figures import build_figures, page
from explainer.stage.look import THEMES
from explainer.words import catalog, updating
from explainer.words.film import open_film
from figures import FIGURES
from figures.style import Look, applied, finished, look
from figures.words import Words, as_written

ROOT = Path(__file__).parents[2]
MINUTE = open_film(ROOT, "minute")
TAGS = [tag for tag in MINUTE.tags if tag != "en"]
DRAWN = ["populations", "contact", "lif-relaxation", "band-bosons", "laser-turn-on", "no-top", "mixing", "maser-engine"]


def words_of(tag: str) -> Words:
    return Words(MINUTE.language(tag), MINUTE.figure_words(tag))


def figure_texts(name: str, chosen: Look) -> list[str]:
    figure = finished(FIGURES[name].draw(chosen), chosen)
    FigureCanvasAgg(figure).draw()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


class Page(HTMLParser):
    """What stands in a page: its pictures, and the text of its captions."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.pictures: dict[str, str] = {}
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        if tag == "img":
            self.pictures[found["src"] or ""] = found["alt"] or ""
        self.links += [found["href"] or ""] if tag == "a" else []

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    written = build_figures(MINUTE, ("de",), "light", out)
    assert sorted(written) == sorted(path for path in out.rglob("*") if path.is_file())
    return out / "figures" / "de"


def test_every_figure_has_png_svg_and_caption(drawn: Path) -> None:
    words = MINUTE.figure_words("de")
    for name in FIGURES:
        assert (drawn / "light" / f"{name}.png").read_bytes()[:4] == b"\x89PNG"
        assert "</svg>" in (drawn / "light" / f"{name}.svg").read_text(encoding="utf-8")
        assert (drawn / f"{name}.txt").read_text(encoding="utf-8") == words[f"{name}.caption"] + "\n"


def test_the_page_shows_each_figure_with_its_caption_and_reaches_nothing_else(drawn: Path) -> None:
    text = (drawn / "figures.html").read_text(encoding="utf-8")
    found, words = Page(text), MINUTE.figure_words("de")
    assert len(found.pictures) == len(FIGURES)
    for source, alt in found.pictures.items():
        assert (drawn / source).is_file()
        assert len(alt) > 10, source
    assert all(words[f"{name}.caption"] in found.text for name in FIGURES)
    for link in found.links:
        assert link[1:] in found.ids if link.startswith("#") else (drawn / link).is_file()
    assert not re.search(r'(src|href)="(https?:|//|/)', text)
    assert f"--ground: {THEMES['light'].background}" in text


def test_a_page_of_both_themes_follows_the_reader_and_prints_in_light() -> None:
    text = page((), THEMES, MINUTE.language("ar"), "x")
    assert '<html lang="ar" dir="rtl">' in text
    screen, _, paper = text.partition("@media print")
    assert "prefers-color-scheme: light" in screen
    assert re.search(r"\.in-dark \{ display: none", paper)
    assert "p.files { display: none" in paper  # weighs more than the class of its theme


def test_an_unknown_theme_and_a_film_without_figures_are_told_of(tmp_path: Path) -> None:
    with pytest.raises(ExplainerError, match="sepia"):
        build_figures(MINUTE, ("en",), "sepia", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_papers_five_figures_say_what_they_reproduce() -> None:
    for number in range(1, 6):
        assert "eproduced" in as_written().texts[f"paper-{number}.caption"]


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_is_whole_and_up_to_date(tag: str) -> None:
    sources = [catalog.Source(text.id, text.text, text.shows) for text in MINUTE.figure_texts]
    path = catalog.path_of(MINUTE.language(tag), MINUTE.figure_locale)
    old, language = path.read_text("utf-8"), MINUTE.language(tag)
    made = updating.updated(old, sources, language, MINUTE.glossary, file=path.name, project="figures")
    assert made == old
    assert MINUTE.figure_words(tag).keys() == as_written().texts.keys()


@pytest.mark.parametrize("tag", TAGS)
def test_a_caption_has_the_numbers_of_its_original(tag: str) -> None:
    words = words_of(tag)
    mark = words.decimal_mark
    other = "." if mark == "," else ","
    for id, text in as_written().texts.items():
        said = words.texts[id]
        for number in re.findall(r"\d+\.\d+", text.replace("1305.2014", "")):
            assert number.replace(".", mark) in said, (tag, id, number)
        assert not re.search(rf"\d\{other}\d", said.replace("1305.2014", "")), (tag, id)


@pytest.mark.parametrize("tag", TAGS)
def test_no_text_of_a_picture_is_left_in_english(tag: str) -> None:
    told = MINUTE.figure_words(tag)
    same = {id for id, text in as_written().texts.items() if told[id] == text}
    symbols = {"common.T_hartree", "common.escape", "maser-engine.carnot", "paper-5.spin_half"}
    alike = {"temperature-along-energy.stirling", "contact.gain", "lif-relaxation.polarisation"}
    alike |= {"band-bosons.stable", "common.coldness", "common.entropy", "common.energy"}
    assert same - symbols - alike == set()


def test_axes_and_remarks_are_in_the_language_with_its_decimal_mark() -> None:
    with applied(chosen := look(THEMES["light"], words_of("de"))):
        seen = figure_texts("maser-engine", chosen)
    assert {"Ein Maser zwischen zwei Bädern", "Carnot: 0,25", "0,4", "−1,0"} <= set(seen)
    assert not any(re.search(r"\d\.\d", text) for text in seen)


def test_powers_of_ten_are_set_as_text_which_falls_back_to_other_fonts(caplog: pytest.LogCaptureFixture) -> None:
    with applied(chosen := look(THEMES["light"], words_of("ar"))):
        assert {"10⁻²", "10¹⁰"} <= set(figure_texts("laser-threshold", chosen))
    assert [record for record in caplog.records if "glyph" in record.message] == []


def test_beside_arabic_words_formulas_keep_their_direction_and_are_no_maths() -> None:
    words = words_of("ar")
    said = words.say("paper-3.centred", symbol=r"$T_\mu$")
    assert "\u2066T_μ\u2069" in said
    assert "\u2066β ΔE = −2\u2069" in words.say("contact.caption")
    assert "\u2066S(−T) = S(T)\u2069" in words.say("populations.caption")
    assert words.say("mixing.lithium", temperature=words.number(-300, "K")).count("\u2066") == 1


@pytest.mark.parametrize("tag", ["de", "ar"])
@pytest.mark.parametrize("name", DRAWN)
def test_no_text_leaves_the_sheet_and_no_remarks_overlap(name: str, tag: str) -> None:
    chosen = look(THEMES["light"], words_of(tag))
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
        chosen = look(THEMES["dark"], as_written())
        with applied(chosen):
            path = tmp_path / f"{run}.svg"
            finished(FIGURES["contact"].draw(chosen), chosen).savefig(path, metadata={"Date": None})
        files.append(path.read_bytes())
    assert files[0] == files[1]
