"""The source script: ``script.toml`` read into frozen records, every entry checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from narration import markup
from narration.errors import NarrationError, quoted

__all__ = ["Cue", "DEFAULT_PATH", "Label", "Script", "Segment", "load_script", "locate", "parse_script"]

DEFAULT_PATH = Path(__file__).with_name("script.toml")
LARGEST_FILE_BYTES = 512 * 1024
MOST_SEGMENTS = 100
MOST_CUES = 2000
MOST_LABELS = 2000
LONGEST_PAUSE_S = 10.0
TITLE_ID = "title"
LONGEST_ID = 80

# Python's reader of TOML takes memory by the square of a dotted key's parts.
_LONG_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){16}""")
_SEGMENT_ID = re.compile(markup.NAME)
_ITEM_ID = re.compile(rf"{markup.NAME}\.{markup.NAME}")
_SCENE = re.compile(r"scenes(\.[a-z][a-z0-9_]*)+:[A-Z][A-Za-z0-9]*")


@dataclass(frozen=True)
class Cue:
    """One breath of narration. ``pause_s`` is the silence wished after it."""

    id: str
    text: str
    spoken: str | None = None
    pause_s: float = 0.4
    shows: str = ""


@dataclass(frozen=True)
class Segment:
    """A chapter: the scene that draws it, and its cues. ``lead_s`` is the silence before the first."""

    id: str
    scene: str
    title: str
    lead_s: float
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Label:
    """A text on screen."""

    id: str
    text: str
    shows: str = ""


@dataclass(frozen=True)
class Script:
    """The whole source text. ``file`` is the name used in messages."""

    title: str
    segments: tuple[Segment, ...]
    labels: tuple[Label, ...] = ()
    file: str = "script.toml"

    @property
    def cues(self) -> tuple[Cue, ...]:
        """All cues in the order they are spoken."""
        return tuple(cue for segment in self.segments for cue in segment.cues)


def load_script(path: Path = DEFAULT_PATH) -> Script:
    """Read and check a script.

    Raises:
        NarrationError: naming the file, the entry, what is wrong and the remedy.
    """
    name = path.name
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise NarrationError(
            name,
            "",
            f"the script cannot be read ({error.strerror})",
            "put the file in place or make it readable",
        ) from None
    if len(raw) > LARGEST_FILE_BYTES:
        raise _too_large(name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NarrationError(name, "", f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None
    return parse_script(text, file=name)


def parse_script(text: str, *, file: str = "script.toml") -> Script:
    """Check a script given as TOML text; see `load_script`."""
    if len(text) > LARGEST_FILE_BYTES:
        raise _too_large(file)
    if _LONG_KEY.search(text):
        raise NarrationError(file, "", "a key of more than 16 parts", "a script's keys have one or two")
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise NarrationError(file, "", "the TOML is nested too deeply", "a script needs two levels") from None
    except ValueError as error:
        raise NarrationError(file, "", f"broken TOML: {error}", "mend the syntax at that place") from None
    reader = _Reader(file)
    reader.keys(data, "", {"title", "segment", "label"})
    title = reader.text(data, "title", "", marks=False)
    segments = tuple(reader.segment(entry) for entry in reader.tables(data, "segment", "", MOST_SEGMENTS))
    labels = tuple(reader.label(entry) for entry in reader.tables(data, "label", "", MOST_LABELS, least=0))
    if sum(len(segment.cues) for segment in segments) > MOST_CUES:
        raise NarrationError(file, "", f"more than {MOST_CUES} cues", "split the film")
    script = Script(title, segments, labels, file)
    _check_ids_are_unique(script)
    return script


def _too_large(file: str) -> NarrationError:
    return NarrationError(
        file,
        "",
        f"the file is larger than {LARGEST_FILE_BYTES // 1024} KiB",
        "a script of a minute has some ten KiB; is it the right file?",
    )


def locate(text: str, id: str) -> int:
    """Line number, from 1, of the entry with this id in the script's source; 1 if it is not found."""
    key = "title" if id == TITLE_ID else "id"
    pattern = r"^\s*title\s*=" if id == TITLE_ID else rf"""^\s*{key}\s*=\s*["']{re.escape(id)}["']"""
    found = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


@dataclass(frozen=True)
class _Reader:
    """Takes values out of parsed TOML, refusing what does not belong."""

    file: str

    def keys(self, table: Mapping[str, Any], id: str, known: set[str]) -> None:
        for key in table:
            if key not in known:
                raise NarrationError(
                    self.file, id, f"unknown key {quoted(key)}", f"known here: {', '.join(sorted(known))}"
                )

    def tables(self, data: Mapping[str, Any], key: str, id: str, most: int, least: int = 1) -> list[dict[str, Any]]:
        entries = data.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise NarrationError(self.file, id, f"{key} is not a list of tables", f"write [[...{key}]]")
        if not least <= len(entries) <= most:
            raise NarrationError(
                self.file,
                id,
                f"{len(entries)} entries under {key}",
                f"between {least} and {most} are allowed",
            )
        return entries

    def string(self, table: Mapping[str, Any], key: str, id: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise NarrationError(self.file, id, f"{key} is missing or not a string", f'write {key} = "..."')
        return value

    def text(self, table: Mapping[str, Any], key: str, id: str, marks: bool) -> str:
        value = self.string(table, key, id)
        markup.parse(value, file=self.file, id=id or key, marks_allowed=marks)
        return value

    def remark(self, table: Mapping[str, Any], id: str) -> str:
        value = self.string(table, "shows", id, "")
        if value:
            markup.check_characters(value, file=self.file, id=id)
        return value

    def seconds(self, table: Mapping[str, Any], key: str, id: str, default: float) -> float:
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= LONGEST_PAUSE_S:
            raise NarrationError(
                self.file,
                id,
                f"{key} = {quoted(value)} is not a pause",
                f"give seconds between 0 and {LONGEST_PAUSE_S:g}",
            )
        return float(value)

    def identifier(self, table: Mapping[str, Any], pattern: re.Pattern[str], form: str) -> str:
        value = self.string(table, "id", "")
        if len(value) > LONGEST_ID or not pattern.fullmatch(value):
            raise NarrationError(
                self.file,
                quoted(value),
                "not a valid id",
                f"write {form}, lower-case letters, digits and underscores",
            )
        return value

    def segment(self, table: Mapping[str, Any]) -> Segment:
        id = self.identifier(table, _SEGMENT_ID, "a name")
        self.keys(table, id, {"id", "scene", "title", "lead_s", "cue"})
        scene = self.string(table, "scene", id)
        if not _SCENE.fullmatch(scene):
            raise NarrationError(
                self.file, id, f"scene {quoted(scene)} is not a scene", 'write "scenes.<module>:<Class>"'
            )
        cues = tuple(self.cue(entry, id) for entry in self.tables(table, "cue", id, MOST_CUES))
        return Segment(
            id,
            scene,
            self.text(table, "title", id, marks=False),
            self.seconds(table, "lead_s", id, 0.3),
            cues,
        )

    def cue(self, table: Mapping[str, Any], segment_id: str) -> Cue:
        id = self.identifier(table, _ITEM_ID, f"{segment_id}.<name>")
        if not id.startswith(segment_id + "."):
            raise NarrationError(
                self.file,
                id,
                f"the cue stands in the segment {segment_id}",
                f"its id must begin with {segment_id}.",
            )
        self.keys(table, id, {"id", "text", "spoken", "pause_s", "shows"})
        text = self.text(table, "text", id, marks=True)
        spoken = self.text(table, "spoken", id, marks=True) if "spoken" in table else None
        if spoken is not None:
            check_same_names(text, spoken, file=self.file, id=id, what="the spoken form")
        return Cue(id, text, spoken, self.seconds(table, "pause_s", id, 0.4), self.remark(table, id))

    def label(self, table: Mapping[str, Any]) -> Label:
        id = self.identifier(table, _ITEM_ID, "<group>.<name>")
        self.keys(table, id, {"id", "text", "shows"})
        return Label(id, self.text(table, "text", id, marks=False), self.remark(table, id))


def check_same_names(source: str, other: str, *, file: str, id: str, what: str) -> markup.Line:
    """Parse ``other`` and check that it has the placeholders and marks of ``source``.

    Raises:
        NarrationError: naming what was dropped or invented.
    """
    wanted = _parsed(source, file, id)
    line = markup.parse(other, file=file, id=id)
    for have, want, form in ((line.facts, wanted.facts, "{%s}"), (line.marks, wanted.marks, "<%s/>")):
        for name in sorted(set(have) ^ set(want)):
            verb, remedy = ("drops", "put it back") if name in want else ("invents", "take it out")
            raise NarrationError(file, id, f"{what} {verb} {form % name}", remedy)
    return line


@cache
def _parsed(text: str, file: str, id: str) -> markup.Line:
    return markup.parse(text, file=file, id=id)


def _check_ids_are_unique(script: Script) -> None:
    seen = {TITLE_ID}
    ids = [segment.id for segment in script.segments]
    ids += [cue.id for cue in script.cues]
    ids += [label.id for label in script.labels]
    for id in ids:
        if id in seen:
            raise NarrationError(script.file, id, "this id is taken", "give every entry its own id")
        seen.add(id)
