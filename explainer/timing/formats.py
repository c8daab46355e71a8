"""Caption files. A format is one function and one row of `FORMATS`.

Every function takes captions (or chapters) in order and the language, escapes what its format gives a meaning
to, and answers the file's text. Times are cut inward to the format's resolution, so that gaps never shrink.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explainer.timing.captions import Caption
from explainer.words.languages import Language
from explainer.words.quantities import LEFT_TO_RIGHT_ISOLATE, POP_DIRECTIONAL_ISOLATE

__all__ = ["FORMATS", "Format", "ass", "drawn_share", "srt", "vtt"]

RIGHT_TO_LEFT_EMBEDDING = "\u202b"
POP_DIRECTIONAL_FORMATTING = "\u202c"
MILLISECONDS = 1000
CENTISECONDS = 100
# Captions that are drawn in, in shares of 1080 to the frame's short side. The renderer takes a font's size for the
# height of its lines: two lines are as high in every script, and what the leading takes, the letters lack.
ASS_SHORT_SIDE = 1080
ASS_LINE, ASS_PADDING, ASS_FOOT, ASS_SIDE = 53, 8, 28, 54
FIGURES_FONT = "Inter"
# Read by the renderer as: each line in its own direction, whatever fonts it is set in.
AUTOMATIC_DIRECTION = -1


@dataclass(frozen=True)
class Format:
    """A kind of caption file: the ending of its name and how it is written."""

    extension: str
    compose: Callable[[Sequence[Caption], Language], str]


def srt(captions: Sequence[Caption], language: Language) -> str:
    """SubRip. It has no escapes; texts hold no markup."""
    entries = []
    for number, caption in enumerate(captions, start=1):
        times = " --> ".join(_clock(ticks, MILLISECONDS, ",") for ticks in _ticks(caption, MILLISECONDS))
        entries.append(f"{number}\n{times}\n" + "\n".join(_lines(caption, language)) + "\n")
    return "\n".join(entries)


def vtt(captions: Sequence[Caption], language: Language) -> str:
    """WebVTT, without cue ids: some readers take the next cue's id for text."""
    entries = ["WEBVTT\n"]
    for caption in captions:
        times = " --> ".join(_clock(ticks, MILLISECONDS, ".") for ticks in _ticks(caption, MILLISECONDS))
        shown = "\n".join(
            line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in _lines(caption, language)
        )
        entries.append(f"{times}\n{shown}\n")
    return "\n".join(entries)


def ass(captions: Sequence[Caption], language: Language, width: int = 16, height: int = 9) -> str:
    """Advanced SubStation Alpha for burning in: white on a dark box at the foot of the picture.

    Args:
        captions: in order.
        language: of their text; its fonts have lines of the height that it states.
        width: of the picture, in the unit of its height.
        height: of the picture.
    """
    unit = ASS_SHORT_SIDE / min(width, height)
    head = "\n".join(
        (
            "[Script Info]",
            "ScriptType: v4.00+",
            f"PlayResX: {round(unit * width)}",
            f"PlayResY: {round(unit * height)}",
            "WrapStyle: 2",
            "ScaledBorderAndShadow: yes",
            "",
            "[V4+ Styles]",
            "Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, BorderStyle,"
            " Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding",
            f"Style: Default,{language.font},{ASS_LINE},&H00FFFFFF,&H40000000,&H40000000,4,0,{ASS_PADDING},2,"
            f"{ASS_SIDE},{ASS_SIDE},{ASS_FOOT + ASS_PADDING},{AUTOMATIC_DIRECTION}",
            "",
            "[Events]",
            "Format: Layer, Start, End, Style, MarginL, MarginR, MarginV, Text",
        )
    )
    events = []
    for caption in captions:
        start, stop = (_clock(ticks, CENTISECONDS, ".") for ticks in _ticks(caption, CENTISECONDS))
        shown = r"\N".join(_ass_line(line, language) for line in _lines(caption, language))
        events.append(f"Dialogue: 0,{start[1:]},{stop[1:]},Default,0,0,0,{shown}")
    return "\n".join([head, *events, ""])


def drawn_share(lines: int, width: int, height: int) -> float:
    """What captions of so many lines cover when they are drawn in, as a share of the frame's height from its foot."""
    covered = ASS_FOOT + 2 * ASS_PADDING + ASS_LINE * lines if lines else 0
    return covered * min(width, height) / (ASS_SHORT_SIDE * height)


FORMATS: dict[str, Format] = {"srt": Format("srt", srt), "vtt": Format("vtt", vtt), "ass": Format("ass", ass)}


def _ass_line(line: str, language: Language) -> str:
    # A word joiner after a backslash or brace keeps the renderer from reading an override.
    escaped = line.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}")
    if language.direction == "ltr":
        return escaped
    # A figure with its sign and unit in one font: not all have Latin letters.
    latin, words = f"{{\\fn{FIGURES_FONT}}}", f"{{\\fn{language.font}}}"
    return escaped.replace(LEFT_TO_RIGHT_ISOLATE, latin + LEFT_TO_RIGHT_ISOLATE).replace(
        POP_DIRECTIONAL_ISOLATE, POP_DIRECTIONAL_ISOLATE + words
    )


def _lines(caption: Caption, language: Language) -> tuple[str, ...]:
    if language.direction == "ltr":
        return caption.lines
    return tuple(RIGHT_TO_LEFT_EMBEDDING + line + POP_DIRECTIONAL_FORMATTING for line in caption.lines)


def _ticks(caption: Caption, per_second: int) -> tuple[int, int]:
    """Start rounded up and end rounded down, in ticks; at least one tick apart."""
    start = -(-caption.start_frame * per_second // caption.fps)
    return start, max(caption.stop_frame * per_second // caption.fps, start + 1)


def _clock(ticks: int, per_second: int, mark: str) -> str:
    seconds, rest = divmod(ticks, per_second)
    digits = len(str(per_second)) - 1
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{rest:0{digits}d}"
