"""Script: the words of a film in its source language, read from TOML into frozen records, every entry checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError, located, quoted
from explainer.words import markup
from explainer.words.languages import SOURCE_TAG

__all__ = [
    "SPOKEN",
    "Cue",
    "Label",
    "MotionLimits",
    "Script",
    "Segment",
    "Settings",
    "load_script",
    "locate",
    "parse_script",
    "voice_of",
]

LONGEST_PAUSE_S = 10.0
LONGEST_STILL_S = 3600
LONGEST_ID = 80
TITLE_ID = "title"
SPOKEN = "spoken"

_SEGMENT_ID = re.compile(markup.NAME)
_ITEM_ID = re.compile(rf"{markup.NAME}\.{markup.NAME}")
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_SCENE = re.compile(rf"{_MODULE.pattern}:[A-Za-z_]\w*")
_FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Cue:
    """One breath of narration. ``pause_s`` is the silence wished after it.

    ``spoken`` is what voices say instead of the text, ``spoken_by`` what single voices say instead of both, by name.
    """

    id: str
    text: str
    spoken: str | None = None
    pause_s: float = 0.4
    shows: str = ""
    spoken_by: Mapping[str, str] = field(default_factory=dict)


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
class MotionLimits:
    """What the finished film is held to by the check `motion`: the table ``[film.motion]``; None holds it to nothing.

    Args:
        still_share: most of the film that may lie in stretches of over half a second in which nothing moves.
        longest_still_s: how long such a stretch may be.
        box: least share of the frame in the box round all that is drawn, median over the frames.
        ink: least share of pixels that are not background, median over the frames.
        seam: least likeness of the pictures on both sides of a cut between segments, 0 to 1.
    """

    still_share: float | None = None
    longest_still_s: float | None = None
    box: float | None = None
    ink: float | None = None
    seam: float | None = None


@dataclass(frozen=True)
class Settings:
    """What a film brings beside its words: the table ``[film]`` of its script; all of it may be left out.

    Args:
        name: what its files are called; the script's own name by default.
        default: whether it is meant where no film is named.
        language: tag of the language that the script is written in.
        facts: module of its numbers (``FACTS``); ``narration.facts`` if there is one.
        evaluators: module that evaluates what its scenes report a second way; see `checks.evaluation`.
        verification: module whose ``verify()`` gives rows of verified statements about its physics.
        panels: package of what a reader of its page can drive.
        figures: module whose ``draw_all(folder)`` draws figures of its physics and gives their paths.
        minimum_s, target_s, maximum_s: how long it may be, and how long it is at best; all or none.
        voices: a voice by language tag, where it is not the language's own.
        fonts: a font family by language tag, where it is not the language's own.
        themes: colours by theme and name, where they are not the engine's own.
        motion: what its finished film is held to.
    """

    name: str = ""
    default: bool = False
    language: str = SOURCE_TAG
    facts: str = ""
    evaluators: str = ""
    verification: str = ""
    panels: str = ""
    figures: str = ""
    minimum_s: float = 0.0
    target_s: float = 0.0
    maximum_s: float = 0.0
    voices: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    motion: MotionLimits = MotionLimits()

    def __post_init__(self) -> None:
        if self.name and not _FILE_NAME.fullmatch(self.name):
            raise ExplainerError(f"name = {quoted(self.name)}", "film", "use lower-case letters, digits and hyphens")
        for name in ("facts", "evaluators", "verification", "panels", "figures"):
            module = getattr(self, name)
            if module and not _MODULE.fullmatch(module):
                raise ExplainerError(
                    f"{name} = {quoted(module)} is no module", "film", f'write {name} = "folder.module"'
                )
        if not 0 <= self.minimum_s <= self.target_s <= self.maximum_s or (self.maximum_s and not self.target_s):
            remedy = "give all three of minimum_s, target_s and maximum_s, in rising order"
            raise ExplainerError("its bounds are not in order", "film", remedy)


@dataclass(frozen=True)
class Script:
    """The whole source text. ``file`` is the name used in messages."""

    title: str
    segments: tuple[Segment, ...]
    labels: tuple[Label, ...] = ()
    file: str = "script.toml"
    settings: Settings = field(default_factory=Settings)

    @property
    def cues(self) -> tuple[Cue, ...]:
        """All cues in the order they are spoken."""
        return tuple(cue for segment in self.segments for cue in segment.cues)


def load_script(path: Path) -> Script:
    """Read and check a script.

    Raises:
        ExplainerError: naming the file, the entry, what is wrong and the remedy.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        remedy = "put the file in place or make it readable"
        raise ExplainerError(f"the script cannot be read ({error.strerror})", path.name, remedy) from None
    except UnicodeDecodeError as error:
        raise ExplainerError(f"byte {error.start} is not UTF-8", path.name, "save the file as UTF-8") from None
    return parse_script(text, file=path.name)


def parse_script(text: str, *, file: str = "script.toml") -> Script:
    """Check a script given as TOML text; see `load_script`."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExplainerError(f"broken TOML: {error}", file, "mend the syntax at that place") from None
    reader = _Reader(file)
    reader.keys(data, "", {"title", "film", "segment", "label"})
    title = reader.text(data, "title", "", marks=False)
    settings = reader.settings(data)
    segments = tuple(reader.segment(entry) for entry in reader.tables(data, "segment", "", least=1))
    labels = tuple(reader.label(entry) for entry in reader.tables(data, "label", ""))
    script = Script(title, segments, labels, file, settings)
    _check_ids_are_unique(script)
    return script


def locate(text: str, id: str) -> int:
    """Line number, from 1, of the entry with this id in the script's source; 1 if it is not found."""
    key = "title" if id == TITLE_ID else "id"
    pattern = r"^\s*title\s*=" if id == TITLE_ID else rf"""^\s*{key}\s*=\s*["']{re.escape(id)}["']"""
    found = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def voice_of(form: str) -> str:
    """The voice that a spoken form is for; empty for any voice, and for what is no spoken form.

    >>> voice_of("spoken:espeak"), voice_of("spoken"), voice_of("shows")
    ('espeak', '', '')
    """
    name, _, voice = form.partition(":")
    return voice if name == SPOKEN else ""


@dataclass(frozen=True)
class _Reader:
    """Takes values out of parsed TOML, refusing what does not belong."""

    file: str

    def refusal(self, problem: str, id: str, remedy: str) -> ExplainerError:
        return ExplainerError(problem, located(self.file, id), remedy)

    def keys(self, table: Mapping[str, Any], id: str, known: set[str]) -> None:
        for key in table:
            if key not in known:
                raise self.refusal(f"unknown key {quoted(key)}", id, f"known here: {', '.join(sorted(known))}")

    def tables(self, data: Mapping[str, Any], key: str, id: str, least: int = 0) -> list[dict[str, Any]]:
        entries = data.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.refusal(f"{key} is not a list of tables", id, f"write [[...{key}]]")
        if len(entries) < least:
            raise self.refusal(f"no {key}", id, f"write at least one [[...{key}]]")
        return entries

    def string(self, table: Mapping[str, Any], key: str, id: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self.refusal(f"{key} is missing or not a string", id, f'write {key} = "..."')
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
            remedy = f"give seconds between 0 and {LONGEST_PAUSE_S:g}"
            raise self.refusal(f"{key} = {quoted(value)} is not a pause", id, remedy)
        return float(value)

    def identifier(self, table: Mapping[str, Any], pattern: re.Pattern[str], form: str) -> str:
        value = self.string(table, "id", "")
        if len(value) > LONGEST_ID or not pattern.fullmatch(value):
            raise self.refusal(
                "not a valid id", quoted(value), f"write {form}, lower-case letters, digits and underscores"
            )
        return value

    def settings(self, data: Mapping[str, Any]) -> Settings:
        table = data.get("film", {})
        if not isinstance(table, dict):
            raise self.refusal("film is not a table", "", "write [film]")
        defaults = Settings()
        self.keys(table, "film", {each.name for each in fields(Settings)})
        limits = self.motion(table["motion"]) if "motion" in table else MotionLimits()
        table = {key: value for key, value in table.items() if key != "motion"}
        for key, value in table.items():
            self.setting(key, value, type(getattr(defaults, key)))
            for name, entry in value.items() if isinstance(value, dict) else ():
                self.setting(f"{key}.{name}", entry, dict if key == "themes" else str)
        for name in table.get("themes", {}):
            if not _SEGMENT_ID.fullmatch(name):  # files are named after it
                raise self.refusal(f"theme {quoted(name)} is not a name", "film", "write lower-case letters and digits")
        try:
            return Settings(**table, motion=limits)
        except ExplainerError as error:
            raise self.refusal(error.problem, error.place, error.remedy) from None

    def motion(self, table: object) -> MotionLimits:
        if not isinstance(table, dict):
            raise self.refusal("motion is not a table", "film", "write [film.motion]")
        self.keys(table, "film.motion", {each.name for each in fields(MotionLimits)})
        for key, value in table.items():
            most, remedy = (LONGEST_STILL_S, "seconds") if key == "longest_still_s" else (1, "a share from 0 to 1")
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
                raise self.refusal(f"{key} = {quoted(value)}", "film.motion", f"write {key} = {remedy}")
        return MotionLimits(**table)

    def setting(self, key: str, value: object, kind: type) -> None:
        fits = isinstance(value, (int, float) if kind is float else kind)
        if not fits or (kind is float and isinstance(value, bool)):
            wanted = {str: '"..."', bool: "true or false", float: "seconds", dict: "a table"}[kind]
            raise self.refusal(f"{key} = {quoted(value)}", "film", f"write {key} = {wanted}")

    def segment(self, table: Mapping[str, Any]) -> Segment:
        id = self.identifier(table, _SEGMENT_ID, "a name")
        self.keys(table, id, {"id", "scene", "title", "lead_s", "cue"})
        scene = self.string(table, "scene", id)
        if not _SCENE.fullmatch(scene):
            raise self.refusal(f"scene {quoted(scene)} is not a scene", id, 'write "scenes.<module>:<Class>"')
        cues = tuple(self.cue(entry, id) for entry in self.tables(table, "cue", id, least=1))
        title = self.text(table, "title", id, marks=False)
        return Segment(id, scene, title, self.seconds(table, "lead_s", id, 0.3), cues)

    def cue(self, table: Mapping[str, Any], segment_id: str) -> Cue:
        id = self.identifier(table, _ITEM_ID, f"{segment_id}.<name>")
        if not id.startswith(segment_id + "."):
            problem = f"the cue stands in the segment {segment_id}"
            raise self.refusal(problem, id, f"its id must begin with {segment_id}.")
        by_voice = {key: voice for key in table if (voice := voice_of(key))}
        self.keys(table, id, {"id", "text", SPOKEN, "pause_s", "shows", *by_voice})
        text = self.text(table, "text", id, marks=True)
        forms = {key: self.text(table, key, id, marks=True) for key in (SPOKEN, *by_voice) if key in table}
        for key, form in forms.items():
            what = f"the form {quoted(key)}" if key in by_voice else "the spoken form"
            markup.check_same_names(text, form, file=self.file, id=id, what=what)
        spoken_by = {voice: forms[key] for key, voice in by_voice.items()}
        pause_s = self.seconds(table, "pause_s", id, 0.4)
        return Cue(id, text, forms.get(SPOKEN), pause_s, self.remark(table, id), spoken_by)

    def label(self, table: Mapping[str, Any]) -> Label:
        id = self.identifier(table, _ITEM_ID, "<group>.<name>")
        self.keys(table, id, {"id", "text", "shows"})
        return Label(id, self.text(table, "text", id, marks=False), self.remark(table, id))


def _check_ids_are_unique(script: Script) -> None:
    seen = {TITLE_ID}
    ids = [segment.id for segment in script.segments]
    ids += [cue.id for cue in script.cues]
    ids += [label.id for label in script.labels]
    for id in ids:
        if id in seen:
            raise ExplainerError("this id is taken", located(script.file, id), "give every entry its own id")
        seen.add(id)
