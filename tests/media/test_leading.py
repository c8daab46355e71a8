"""Lines of captions that are drawn in have one height in every script, as the renderer draws them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTCollection, TTFont
from PIL import Image

from explainer.media.ffmpeg import run_ffmpeg
from explainer.media.leading import line_of, with_line
from explainer.stage.layout import CAPTION_BAND
from explainer.tasks.fingerprint import font_face
from explainer.timing.captions import Caption
from explainer.timing.formats import ass, drawn_share
from explainer.words.languages import Language, languages_of
from explainer.words.linebreaks import MOST_LINES, width

LANGUAGES = languages_of()
WORDS = {
    "ar": "أحرّ من اللانهاية عند \u2066−5.0\u00a0mK\u2069 ضوءًا",
    "hi": "ऊर्जा के सापेक्ष",
    "ja": "無限大より熱い",
    "zh-Hans": "热量从负温",
}
SHAPES = ((1280, 720), (720, 1280), (720, 720))


def font_of(language: Language) -> Path:
    return Path(font_face(language.font)[0])


def drawn(language: Language, lines: tuple[str, ...], size: tuple[int, int], room: Path) -> np.ndarray:
    """Which pixels of an empty picture a caption covers."""
    text = ass([Caption("x", 0, 60, 60, lines)], language, *size)
    (room / "captions.ass").write_text(text, encoding="utf-8")
    (room / "fonts").mkdir(exist_ok=True)
    line = line_of(font_of(language), language.leading_em)
    for number, font in enumerate((font_of(language), font_of(LANGUAGES["en"]))):
        (room / "fonts" / f"{number}{font.suffix}").write_bytes(with_line(font, line))
    source = f"color=0x406080:s={size[0]}x{size[1]}:d=0.1"
    picture = ("-vf", "ass=captions.ass:fontsdir=fonts", "-frames:v", "1", "shown.png")
    run_ffmpeg(["-f", "lavfi", "-i", source, *picture], "captions.ass", room)
    shown = np.asarray(Image.open(room / "shown.png").convert("RGB")).astype(int)
    return np.abs(shown - shown[0, 0]).max(axis=-1) > 16


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("size", SHAPES)
def test_all_lines_that_a_caption_may_have_stay_in_their_band(tag: str, size: tuple[int, int], tmp_path: Path) -> None:
    language = LANGUAGES[tag]
    words = WORDS.get(tag, "Negative temperature, not colder, hotter")
    while width(longer := f"{words} {WORDS.get(tag, 'than')}", language) <= language.line_length:
        words = longer
    for count in range(1, MOST_LINES + 1):
        covered = drawn(language, (words,) * count, size, tmp_path)
        rows, columns = np.flatnonzero(covered.any(axis=1)), np.flatnonzero(covered.any(axis=0))
        share = drawn_share(count, *size)
        assert abs((size[1] - rows[0]) / size[1] - share) <= 2 / size[1]
        assert share <= CAPTION_BAND
        assert columns[0] > 0.02 * size[0] and columns[-1] < 0.98 * size[0]


def test_no_caption_covers_nothing() -> None:
    assert drawn_share(0, 16, 9) == 0


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_font_keeps_all_but_the_height_of_its_lines(tag: str) -> None:
    font = font_of(LANGUAGES[tag])
    line = line_of(font, 1.5)
    assert line.above_em + line.below_em == pytest.approx(1.5)
    for before, after in zip(faces(font.read_bytes()), faces(with_line(font, line)), strict=True):
        em = before["head"].unitsPerEm
        heights = (after["OS/2"].usWinAscent, after["OS/2"].usWinDescent)
        assert heights == (round(line.above_em * em), round(line.below_em * em))
        assert heights != (before["OS/2"].usWinAscent, before["OS/2"].usWinDescent)
        for table in before.reader.keys():  # noqa: SIM118 - no mapping
            old, new = before.reader[table], after.reader[table]
            assert old == new if table != "OS/2" else (old[:74], old[78:]) == (new[:74], new[78:])


def faces(content: bytes) -> list[TTFont]:
    file = BytesIO(content)
    return list(TTCollection(file, lazy=True).fonts) if content.startswith(b"ttcf") else [TTFont(file, lazy=True)]
