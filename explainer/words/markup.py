"""The grammar of a written line: plain text, ``{fact}`` placeholders and ``<name/>`` marks. Nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from explainer.errors import ExplainerError, located, quoted

__all__ = ["NAME", "Line", "MarkedText", "check_characters", "check_same_names", "fill", "is_plain", "mapped", "parse"]

NAME = r"[a-z][a-z0-9_]{0,39}"
LONGEST_LINE = 600
# Joiners that Arabic and Hindi spelling needs, and the two directional marks.
ALLOWED_FORMAT_CHARACTERS = frozenset("\u200c\u200d\u200e\u200f")
SUBSCRIPT_DIGITS = frozenset("₀₁₂₃₄₅₆₇₈₉")

CUE_END = "end"  # `swing.fall:end` is where the speech of `swing.fall` ends
CUE_START, HOLD = "start", "hold"  # `swing.fall:hold` is where its picture stands
_TOKEN = re.compile(rf"\{{(?P<fact>{NAME})\}}|<(?P<mark>{NAME})/>")
_CONTROL = "control character", "a text is one line of plain characters; remove it"
# By category: what Unicode has no character for, as this Python knows it; what anyone may give a meaning; halves.
_ODD = {
    "Cn": ("unknown character", "unassigned, or newer than the program knows: no font here has it; replace it"),
    "Co": ("private character", "it has no meaning that others know; replace it"),
    "Cs": ("half of a character", "the text was damaged when it was saved; write it again"),
}
_MARKUP = re.compile(r"[{}\\]|<(?!\s)|(?<!\s)>|&#?\w{1,32};")


@dataclass(frozen=True)
class MarkedText:
    """Text with marks taken out: ``marks`` holds (name, character offset into ``text``).

    ``splits`` are the offsets at which a long cue's further captions begin.
    """

    text: str
    marks: tuple[tuple[str, int], ...] = ()
    splits: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """A parsed line: ``parts`` alternate as (kind, content), kind being "text", "fact" or "mark"."""

    parts: tuple[tuple[str, str], ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts, in order of appearance, repeats kept."""
        return tuple(content for kind, content in self.parts if kind == "fact")

    @property
    def marks(self) -> tuple[str, ...]:
        """Names of the marks, in order of appearance."""
        return tuple(content for kind, content in self.parts if kind == "mark")

    @property
    def literal(self) -> str:
        """The plain text alone."""
        return "".join(content for kind, content in self.parts if kind == "text")


def parse(text: str, *, file: str, id: str, marks_allowed: bool = True) -> Line:
    """Split a line into text, placeholders and marks.

    Raises:
        ExplainerError: empty or overlong text, a control or unknown character, any other markup, a number typed
            by hand, a repeated mark, a mark named as a cue's end, a mark where none is allowed.
    """
    check_characters(text, file=file, id=id)
    parts: list[tuple[str, str]] = []
    end = 0
    for token in _TOKEN.finditer(text):
        if token.start() > end:
            parts.append(("text", text[end : token.start()]))
        parts.append(("fact", token["fact"]) if token["fact"] else ("mark", token["mark"]))
        end = token.end()
    if end < len(text):
        parts.append(("text", text[end:]))
    line = Line(_tidied(parts))
    _check_literals(line, file=file, id=id)
    if line.marks and not marks_allowed:
        raise ExplainerError(
            f"the mark <{line.marks[0]}/> stands outside a cue",
            located(file, id),
            "marks belong to cues only; remove it",
        )
    if len(set(line.marks)) != len(line.marks):
        repeated = next(name for name in line.marks if line.marks.count(name) > 1)
        raise ExplainerError(f"the mark <{repeated}/> stands twice", located(file, id), "give each mark its own name")
    for name in (CUE_START, CUE_END, HOLD):
        if name in line.marks:
            problem = f"the mark <{name}/> has the name of a place that each cue has"
            raise ExplainerError(problem, located(file, id), "name it otherwise")
    return line


def fill(line: Line, values: Mapping[str, str]) -> MarkedText:
    """Put values in place of placeholders and take the marks out, keeping their offsets."""
    text = ""
    marks: list[tuple[str, int]] = []
    for kind, content in line.parts:
        if kind == "mark":
            marks.append((content, len(text)))
        else:
            text += values[content] if kind == "fact" else content
    return MarkedText(text, tuple(marks))


def mapped(line: Line, shown: Mapping[str, str], other: Mapping[str, str], offset: int) -> int:
    """Where a place in a line filled with one set of values lies when it is filled with another.

    A place inside a value goes to where the value begins.
    """
    at = there = 0
    for kind, content in line.parts:
        length = 0 if kind == "mark" else len(shown[content]) if kind == "fact" else len(content)
        if at <= offset < at + length:
            return there + (offset - at if kind == "text" else 0)
        at += length
        there += 0 if kind == "mark" else len(other[content]) if kind == "fact" else len(content)
    return there


def check_characters(text: str, *, file: str, id: str) -> None:
    """Refuse empty or overlong text and characters that do not belong in one line of prose.

    Raises:
        ExplainerError: with the character's code point.
    """
    if len(text) > LONGEST_LINE:
        raise ExplainerError(
            f"the text has {len(text)} characters", located(file, id), f"at most {LONGEST_LINE} are allowed; split it"
        )
    if not text.strip():
        raise ExplainerError("the text is empty", located(file, id), "write it, or remove the entry")
    for character in text:
        if not is_plain(character):
            what, remedy = _ODD.get(unicodedata.category(character), _CONTROL)
            raise ExplainerError(f"{what} U+{ord(character):04X} in {quoted(text)}", located(file, id), remedy)


def is_plain(character: str) -> bool:
    """Whether a character belongs in a line of prose: assigned, no control character, and turns no direction round."""
    odd = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return not odd or character in ALLOWED_FORMAT_CHARACTERS


def _tidied(parts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Without spaces at either end, and with one space where a mark between two is taken out."""
    tidy: list[tuple[str, str]] = []
    blank_before = True
    for kind, content in parts:
        if kind == "text" and blank_before:
            content = content.lstrip()
        if kind == "text" and content:
            blank_before = content[-1].isspace()
        elif kind == "fact":
            blank_before = False
        if content:
            tidy.append((kind, content))
    for index in range(len(tidy) - 1, -1, -1):
        kind, content = tidy[index]
        if kind == "fact":
            break
        if kind == "text":
            tidy[index] = (kind, content.rstrip())
            if content.rstrip():
                break
    return tuple(part for part in tidy if part[1])


def _check_literals(line: Line, *, file: str, id: str) -> None:
    for kind, content in line.parts:
        if kind != "text":
            continue
        markup = _MARKUP.search(content)
        if markup:
            raise ExplainerError(
                f"markup {quoted(markup.group())} in {quoted(content)}",
                located(file, id),
                "only {fact} placeholders and <name/> marks are understood",
            )
        for character in content:
            if unicodedata.category(character) in ("Nd", "Nl", "No") and character not in SUBSCRIPT_DIGITS:
                raise ExplainerError(
                    f"a bare number {quoted(character)} in {quoted(content.strip())}",
                    located(file, id),
                    "name a fact in braces instead",
                )


def check_same_names(source: str, other: str, *, file: str, id: str, what: str) -> Line:
    """Parse ``other`` and check that it has the placeholders and marks of ``source``.

    Raises:
        ExplainerError: naming what was dropped or invented.
    """
    wanted = _parsed(source, file, id)
    line = parse(other, file=file, id=id)
    for have, want, form in ((line.facts, wanted.facts, "{%s}"), (line.marks, wanted.marks, "<%s/>")):
        for name in sorted(set(have) ^ set(want)):
            verb, remedy = ("drops", "put it back") if name in want else ("invents", "take it out")
            raise ExplainerError(f"{what} {verb} {form % name}", located(file, id), remedy)
    return line


@cache
def _parsed(text: str, file: str, id: str) -> Line:
    return parse(text, file=file, id=id)
