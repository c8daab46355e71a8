"""The rules that captions are held to, as a table. A new rule is one function and one row of `RULES`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from explainer.timing.captions import (
    CLOSED_GAP_FRAMES,
    GAP_FRAMES,
    LONGEST_AFTER_SPEECH_FRAMES,
    LONGEST_FRAMES,
    SHORTEST_FRAMES,
    Caption,
)
from explainer.timing.timeline import Timeline
from explainer.words import linebreaks
from explainer.words.languages import Language

__all__ = ["RULES", "Finding", "Place", "Rule", "lint"]

SHORTEST_S = 5 / 6
LONGEST_S = 7.0
LATEST_IN_FRAMES = 2
TOLERANCE = 1e-9
# Three is what scripts stack (a nukta, a vowel and a nasal; Hebrew points); more grow over the lines beside.
MOST_MARKS = 3
_SPACED_HAN = re.compile(r"[\u3400-\u9fff] +[\u3400-\u9fff]")


@dataclass(frozen=True)
class Place:
    """A caption among its neighbours, with the words' own time: ``speech`` is (first frame, frame after)."""

    caption: Caption
    following: Caption | None
    starts_cue: bool
    ends_cue: bool
    speech: tuple[int, int]
    language: Language


@dataclass(frozen=True)
class Rule:
    """A name, how bad a breach is, and a function that answers what is wrong, or nothing."""

    name: str
    severity: Literal["error", "warning"]
    breach: Callable[[Place], str]


@dataclass(frozen=True)
class Finding:
    """A caption outside a rule. ``where`` is ``file:line`` of its text."""

    severity: str
    rule: str
    where: str
    id: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}: {self.id}: {self.problem} [{self.rule}]: {self.text!r}"


def lint(
    captions: Sequence[Caption],
    timeline: Timeline,
    language: Language,
    where: Callable[[str], str],
    reason: Callable[[str], str] = lambda id: "",
) -> tuple[Finding, ...]:
    """Hold captions against every rule.

    Args:
        captions: in order, at the timeline's frame rate.
        timeline: of the voice they caption.
        language: the language of their text.
        where: gives ``file:line`` of an id.
        reason: gives what a translator wrote of an id's reading speed, if anything: no warning where there is a reason.
    """
    times = {cue.id: (cue.start_frame, cue.stop_frame) for cue in timeline.cues}
    ids = [None, *(caption.id for caption in captions), None]
    findings = []
    for index, caption in enumerate(captions):
        following = captions[index + 1] if index + 1 < len(captions) else None
        place = Place(
            caption, following, ids[index] != caption.id, ids[index + 2] != caption.id, times[caption.id], language
        )
        for rule in RULES:
            problem = rule.breach(place)
            if problem and not (rule == HURRIED and reason(caption.id)):
                text = " / ".join(caption.lines)
                findings.append(Finding(rule.severity, rule.name, where(caption.id), caption.id, text, problem))
    return tuple(findings)


def reading_speed_cps(caption: Caption, language: Language) -> float:
    """Characters a second, as the language counts them."""
    characters = sum(linebreaks.width(line, language) for line in caption.lines)
    return characters / (caption.stop_s - caption.start_s)


def _duration_s(place: Place) -> float:
    return place.caption.stop_s - place.caption.start_s


def _too_short(place: Place) -> str:
    seconds = _duration_s(place)
    return f"on screen for {seconds:.2f} s, less than 5/6 s" if seconds < SHORTEST_S - TOLERANCE else ""


def _too_long(place: Place) -> str:
    seconds = _duration_s(place)
    return f"on screen for {seconds:.2f} s, more than {LONGEST_S:g} s" if seconds > LONGEST_S + TOLERANCE else ""


def _gap_frames(place: Place) -> int | None:
    return place.following.start_frame - place.caption.stop_frame if place.following else None


def _gap_too_small(place: Place) -> str:
    gap = _gap_frames(place)
    return f"{gap} frames before the next caption" if gap is not None and gap < GAP_FRAMES else ""


def _gap_left_open(place: Place) -> str:
    gap = _gap_frames(place)
    # A caption held to the shortest or longest time cannot close the gap without breaking another rule.
    held = place.caption.stop_frame - place.caption.start_frame in (SHORTEST_FRAMES, LONGEST_FRAMES)
    return f"a gap of {gap} frames" if gap and GAP_FRAMES < gap < CLOSED_GAP_FRAMES and not held else ""


def _in_time(place: Place) -> str:
    late = place.caption.start_frame - place.speech[0]
    return f"{late} frames after its words begin" if place.starts_cue and abs(late) > LATEST_IN_FRAMES else ""


def _out_time(place: Place) -> str:
    late = place.caption.stop_frame - place.speech[1]
    return f"{late} frames after its words end" if place.ends_cue and late > LONGEST_AFTER_SPEECH_FRAMES else ""


def _line_count(place: Place) -> str:
    count = len(place.caption.lines)
    return f"{count} lines" if not 1 <= count <= linebreaks.MOST_LINES else ""


def _line_length(place: Place) -> str:
    longest = max(linebreaks.width(line, place.language) for line in place.caption.lines)
    limit = place.language.line_length
    return f"a line of {longest:g} characters, over {limit}" if longest > limit else ""


def _reading_error(place: Place) -> str:
    return _too_fast(place, place.language.reading_error_cps)


def _reading_warning(place: Place) -> str:
    fails = _too_fast(place, place.language.reading_error_cps)
    return "" if fails else _too_fast(place, place.language.reading_warning_cps)


def _too_fast(place: Place, limit_cps: float) -> str:
    speed = reading_speed_cps(place.caption, place.language)
    if speed <= limit_cps + TOLERANCE:
        return ""
    cut = -int(-(speed - limit_cps) * _duration_s(place) // 1)
    return f"{speed:.1f} characters a second, over {limit_cps:g}: cut {cut}"


def _bad_break(place: Place) -> str:
    for line, following in pairwise(place.caption.lines):
        if linebreaks.broken_badly(line, following, place.language):
            return f"the break after {line.split(' ')[-1]!r} parts what belongs together"
    return ""


def _line_edges(place: Place) -> str:
    for line in place.caption.lines:
        if line[0] in linebreaks.NEVER_STARTS_A_LINE:
            return f"a line begins with {line[0]!r}"
        if line[-1] in linebreaks.NEVER_ENDS_A_LINE:
            return f"a line ends with {line[-1]!r}"
    return ""


def _spaced_han(place: Place) -> str:
    spaced = place.language.phrases == "characters" and any(_SPACED_HAN.search(line) for line in place.caption.lines)
    return "spaces between words" if spaced else ""


def _stacked_marks(place: Place) -> str:
    runs = groupby(unicodedata.normalize("NFC", place.caption.text), lambda c: unicodedata.category(c) in ("Mn", "Me"))
    most = max((len(list(run)) for marks, run in runs if marks), default=0)
    return f"{most} marks stacked on a character, over {MOST_MARKS}" if most > MOST_MARKS else ""


HURRIED = Rule("reading-speed", "warning", _reading_warning)
"""Fast to read, which can have its reason: what a teacher would say aloud comes before the shortest text."""

RULES: tuple[Rule, ...] = (
    Rule("too-short", "error", _too_short),
    Rule("too-long", "error", _too_long),
    Rule("gap", "error", _gap_too_small),
    Rule("open-gap", "warning", _gap_left_open),
    Rule("in-time", "error", _in_time),
    Rule("out-time", "error", _out_time),
    Rule("line-count", "error", _line_count),
    Rule("line-length", "error", _line_length),
    Rule("reading-speed", "error", _reading_error),
    HURRIED,
    Rule("break", "error", _bad_break),
    Rule("line-edge", "error", _line_edges),
    Rule("spacing", "warning", _spaced_han),
    Rule("marks", "error", _stacked_marks),
)
