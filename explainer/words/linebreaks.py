"""Where a caption's text may be cut into captions and lines, and the best cuts.

Which cuts are legal comes from Unicode's line breaking (`uniseg`), Japanese phrases from `budoux`, the rest
from the tables of small words. The best cuts are those of least cost; the unit of cost is one character of
imbalance between two lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from explainer.words.languages import Language
from explainer.words.pace import duration_s

__all__ = ["NEVER_ENDS_A_LINE", "NEVER_STARTS_A_LINE", "blocks", "broken_badly", "cuts", "lines", "width"]

NEVER_STARTS_A_LINE = frozenset(
    "、。，.,!?！？；：;:）)」』】〕》”’々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…·%؟،؛।"
)
NEVER_ENDS_A_LINE = frozenset("（(「『【〔《“‘")
SENTENCE_ENDS = frozenset(".!?。！？؟।")
SURROUND = "\"'“”«»()[]\u2066\u2069"
CLAUSE_ENDS = frozenset(",;:，、；：،؛—–")

BLANKS = " \u3000"
# Each space stands between a letter, digit or mark that ends something, and a letter or digit.
_ENDS = r"\w.,;:!?%\u060c\u061b\u061f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0964"
_PLAIN_SPACES = re.compile(rf"(?:[^ ]*[{_ENDS}] (?=[^\W_]))*[^ ]*")
# Letters and marks that join no others, each a cluster of its own: most of most texts, and clusters take their time.
_LONE = re.compile(
    r"[ -~\u00a0-\u02ff\u0621-\u064a\u200e-\u2027\u2030-\u205e\u2066-\u2069\u2200-\u22ff"
    r"\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uff01-\uff5e]*"
)
_MARKS = "".join(SENTENCE_ENDS | CLAUSE_ENDS) + "\u00a0\u202f"
MOST_LINES = 2
# A caption may stay for seven seconds; the voice may be slower than the draft, and the caption outstays it.
LONGEST_BLOCK_S = 5.8
SHORTEST_BLOCK_S = 1.0

COST_AFTER_SENTENCE = 0.0
COST_AFTER_CLAUSE = 4.0
COST_BEFORE_OPENER = 14.0
COST_BETWEEN_WORDS = 30.0
COST_AFTER_OPENER = 90.0
COST_INSIDE_A_LIST = 90.0
COST_AFTER_HIRAGANA = 45.0
COST_INSIDE_PHRASE = 250.0
COST_FORBIDDEN = 1000.0
COST_OVERFLOW = 100_000.0
COST_OF_A_CAPTION = 60.0
COST_OF_A_SHORT_CAPTION = 100.0
CAPTION_CUT_WEIGHT = 3.0


def width(text: str, language: Language) -> float:
    """Length of a text as the language's line limit counts it.

    Counts what a reader sees as characters; where the language says so a half-width one counts half.
    """
    return _widths(text, language)[-1]


@lru_cache(maxsize=1024)
def lines(text: str, language: Language) -> tuple[str, ...]:
    """A caption's text as one line, or two as even and as well broken as they can be."""
    text = text.strip(BLANKS)
    return _in_lines(text, _widths(text, language), _cuts(text, language), language)[1]


@lru_cache(maxsize=1024)
def blocks(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Cut a cue's text into captions that each fit two lines: half-open character ranges that abut."""
    cuts = [(0, 0.0), *_cuts(text, language), (len(text), 0.0)]
    widths = _widths(text, language)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for index in range(1, len(cuts)):
        stop = cuts[index][0]
        options = []
        for earlier in range(index - 1, -1, -1):
            start, cut_cost = cuts[earlier]
            part = text[start:stop].rstrip(BLANKS)
            within = [(offset - start, cost) for offset, cost in cuts[earlier + 1 : index]]
            reach = [each - widths[start] for each in widths[start : start + len(part) + 1]]
            cost, _ = _in_lines(part, reach, within, language)
            lasts_s = duration_s(part, language)
            if earlier < index - 1 and (cost >= COST_OVERFLOW or lasts_s > LONGEST_BLOCK_S):
                break
            cost += COST_OF_A_CAPTION + (COST_OF_A_SHORT_CAPTION if lasts_s < SHORTEST_BLOCK_S else 0.0)
            options.append((best[earlier][0] + cost + CAPTION_CUT_WEIGHT * cut_cost, earlier))
        best.append(min(options))
    ranges: list[tuple[int, int]] = []
    index = len(cuts) - 1
    while index > 0:
        earlier = best[index][1]
        ranges.append((cuts[earlier][0], cuts[index][0]))
        index = earlier
    return tuple(reversed(ranges))


def cuts(text: str, language: Language) -> tuple[int, ...]:
    """Offsets at which words, or phrases where words are not parted by spaces, begin; without that of the first."""
    if language.phrases == "model":
        return tuple(sorted(_phrase_starts(text) - {0}))
    return tuple(sorted(_breaks_at_spaces(text) if language.phrases == "spaces" else _breaks(text)))


def broken_badly(line: str, following: str, language: Language) -> bool:
    """Whether a break between these lines parts what belongs together, or breaks a typesetting rule."""
    return _cost(line, following, language) >= COST_FORBIDDEN


@lru_cache(maxsize=4096)
def _widths(text: str, language: Language) -> tuple[float, ...]:
    """Width of every beginning of the text: ``result[n]`` is that of the first ``n`` characters."""
    widths = [0.0]
    for cluster in _clusters(text):
        full = unicodedata.east_asian_width(cluster[0]) in ("W", "F", "A")
        seen = 0.0 if unicodedata.category(cluster[0]) == "Cf" else 1.0 if full else language.half_width_counts
        widths += [widths[-1] + seen] * len(cluster)
    return tuple(widths)


def _clusters(text: str) -> Iterable[str]:
    if _LONE.fullmatch(text):
        return text
    from uniseg.graphemecluster import grapheme_clusters  # type: ignore[import-untyped]

    return grapheme_clusters(text)  # type: ignore[no-any-return]


def _in_lines(
    text: str, widths: Sequence[float], cuts: Iterable[tuple[int, float]], language: Language
) -> tuple[float, tuple[str, ...]]:
    """The least cost of showing a text, and its lines."""
    limit = language.line_length
    if widths[-1] <= limit:
        return 0.0, (text,)
    options: list[tuple[float, tuple[str, ...]]] = [(COST_OVERFLOW + widths[-1], (text,))]
    if widths[-1] <= MOST_LINES * limit + 1:  # the space at the cut is not shown
        for offset, cost in cuts:
            first = text[:offset].rstrip(BLANKS)
            first_width, second_width = widths[len(first)], widths[-1] - widths[offset]
            if max(first_width, second_width) <= limit:
                options.append((cost + abs(first_width - second_width), (first, text[offset:])))
    return min(options)


@lru_cache(maxsize=1024)
def _cuts(text: str, language: Language) -> tuple[tuple[int, float], ...]:
    """Legal cuts as (offset of the character after, cost)."""
    inside: frozenset[int] = frozenset()
    legal = _breaks_at_spaces(text) if language.phrases == "spaces" else _breaks(text)
    if language.phrases == "model":
        inside = frozenset(legal - _phrase_starts(text))
    cuts = []
    for offset in sorted(legal):
        cost = _cost(text[:offset], text[offset:], language)
        if offset in inside and cost > COST_AFTER_CLAUSE:
            # Where hiragana ends a word mostly does too, even within a long phrase.
            ends = "ぁ" <= text[offset - 1] <= "ん" and not "ぁ" <= text[offset] <= "ん"
            cost = max(cost, COST_AFTER_HIRAGANA if ends else COST_INSIDE_PHRASE)
        cuts.append((offset, cost))
    return tuple(cuts)


def _breaks(text: str) -> set[int]:
    """Where Unicode's rules (UAX 14) allow a line to end: offsets of the characters after, without both ends."""
    from uniseg.linebreak import line_break_boundaries  # type: ignore[import-untyped]

    return {offset for offset in line_break_boundaries(text) if 0 < offset < len(text)}


def _breaks_at_spaces(text: str) -> set[int]:
    """Those of the allowed breaks that follow a space."""
    if _PLAIN_SPACES.fullmatch(text):  # the rules allow all of these, and take their time to say so
        return {offset for offset, before in enumerate(text[:-1], start=1) if before == " "}
    return {offset for offset in _breaks(text) if text[offset - 1] == " "}


def _cost(before: str, after: str, language: Language) -> float:
    spaced = before != before.rstrip(BLANKS)
    before, after = before.rstrip(BLANKS), after.lstrip(BLANKS)
    if not before or not after:
        return COST_FORBIDDEN
    if after[0] in NEVER_STARTS_A_LINE or before[-1] in NEVER_ENDS_A_LINE:
        return COST_FORBIDDEN
    if before[-1] in SENTENCE_ENDS:
        return COST_AFTER_SENTENCE
    if before[-1] in CLAUSE_ENDS:
        in_a_list = after[0].isnumeric() and (
            before[-2:-1].isnumeric() or before[-3:-2].isnumeric()
        )  # 4, 6 or 4种、6种
        return COST_INSIDE_A_LIST if in_a_list else COST_AFTER_CLAUSE
    if spaced and language.phrases != "spaces":  # Japanese captions part clauses by a space
        return COST_AFTER_CLAUSE
    small = language.small_words
    last, first = _neighbours(before, after, language)
    if last in small.binders or first in small.closers or last.isnumeric():
        return COST_FORBIDDEN
    if _parts_a_pair(before, after, language):
        return COST_INSIDE_PHRASE
    if first in small.openers:
        return COST_BEFORE_OPENER
    return COST_AFTER_OPENER if last in small.openers else COST_BETWEEN_WORDS


def _parts_a_pair(before: str, after: str, language: Language) -> bool:
    last, first = _neighbours(before, after, language)
    if language.phrases == "spaces":
        return f"{last}+{first.rstrip(_MARKS)}" in language.small_words.pairs
    pairs = (pair.split("+") for pair in language.small_words.pairs)
    return any(before.endswith(one) and after.startswith(other) for one, other in pairs)


def _neighbours(before: str, after: str, language: Language) -> tuple[str, str]:
    """The words on either side of a cut; single characters where words are not parted by spaces."""
    if language.phrases != "spaces":
        return before[-1], after[0]
    return _bare(before.rsplit(" ", 1)[-1]), _bare(after.split(" ", 1)[0])


def _bare(word: str) -> str:
    return word.strip(SURROUND).lower()


@lru_cache(maxsize=1024)
def _phrase_starts(text: str) -> frozenset[int]:
    import budoux

    starts = set()
    offset = 0
    for phrase in budoux.load_default_japanese_parser().parse(text):
        starts.add(offset)
        offset += len(phrase)
    return frozenset(starts)
