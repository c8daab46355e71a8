"""All that is drawn inside the frame; texts in the safe area, apart, readable; these and bodies clear of captions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from explainer.checks.finding import Finding
from explainer.checks.inspection import Inspection
from explainer.film.timed import LocalizedFilm
from explainer.media.shot import TextBox
from explainer.stage.layout import CAPTION_BAND
from explainer.stage.palette import LEAST_CONTRAST, contrast
from explainer.timing.captions import captions
from explainer.timing.formats import drawn_share

KIND = "layout"
SAFE_SHARE = 0.05
ROUNDING_PX = 0.5


def check_layout(
    seen: Sequence[Inspection],
    width: int,
    height: int,
    tag: str,
    lines_at: Callable[[Inspection], int],
    captioned: bool = True,
) -> tuple[Finding, ...]:
    """What is wrong with a language's moments, each fault told once with the moments that show it.

    Args:
        seen: the moments.
        width: of their frame in pixels.
        height: of their frame in pixels.
        tag: of the language.
        lines_at: how many lines its caption has at a moment.
        captioned: whether the picture is one with captions.
    """
    faults: dict[tuple[str, str], list[str]] = {}
    for each in seen:
        for what in (
            *_beyond(each, width, height),
            *_alone(each.texts, width, height),
            *_together(each.texts),
            *(_captioned(each, lines_at(each), width, height) if captioned else ()),
        ):
            faults.setdefault((each.segment_id, what), []).append(each.moment.name)
    return tuple(
        Finding(
            KIND, f"{tag}: {names[0]}", f"{what}{f' (and at {len(names) - 1} more moments)' if len(names) > 1 else ''}"
        )
        for (_, what), names in faults.items()
    )


def caption_lines(localized: LocalizedFilm) -> Callable[[Inspection], int]:
    """What tells how many lines the film's caption has at a moment."""
    shown = captions(localized.planned, localized.narration)
    starts = {segment.id: segment.start_frame for segment in localized.timeline.segments}

    def lines_at(each: Inspection) -> int:
        time_s = (starts[each.segment_id] + each.moment.frame) / localized.timeline.fps
        return next((len(caption.lines) for caption in shown if caption.start_s <= time_s < caption.stop_s), 0)

    return lines_at


def _beyond(each: Inspection, width: int, height: int) -> Iterator[str]:
    left, top, right, bottom = each.drawn_px
    for side, beyond_px in {"left": -left, "upper": -top, "right": right - width, "lower": bottom - height}.items():
        if beyond_px > ROUNDING_PX:
            yield f"the scene of {each.segment_id!r} draws beyond the {side} edge of the frame"


def _alone(texts: Sequence[TextBox], width: int, height: int) -> Iterator[str]:
    side, above = SAFE_SHARE * width - ROUNDING_PX, SAFE_SHARE * height - ROUNDING_PX
    for text in texts:
        if text.left < side or text.right > width - side or text.top < above or text.bottom > height - above:
            yield f"{text.id!r} leaves the safe area"
        ratio = contrast(text.ink, text.ground)
        if ratio < LEAST_CONTRAST:
            yield f"{text.id!r} has a contrast of {ratio:.1f}, at least {LEAST_CONTRAST} is needed"


def _together(texts: Sequence[TextBox]) -> Iterator[str]:
    for first, second in combinations(texts, 2):
        across = min(first.right, second.right) - max(first.left, second.left)
        down = min(first.bottom, second.bottom) - max(first.top, second.top)
        if across > ROUNDING_PX and down > ROUNDING_PX:
            yield f"{first.id!r} overlaps {second.id!r}"


def _captioned(each: Inspection, lines: int, width: int, height: int) -> Iterator[str]:
    band = (1 - CAPTION_BAND) * height + ROUNDING_PX
    top = (1 - drawn_share(lines, width, height)) * height + ROUNDING_PX
    yield from (f"{text.id!r} enters the caption band" for text in each.texts if text.bottom > band)
    lowest = {**{text.id: text.bottom for text in each.texts}, **{name: box[3] for name, box in each.bodies_px.items()}}
    for name, bottom in lowest.items():
        if bottom > top:
            yield f"{name!r} is covered by a caption of {lines} line{'s' * (lines > 1)} where captions are drawn in"
