"""The film's own takes: said once by the command ``speak`` and kept beside the script, so that a build needs no voice.

A folder a language, ``narration/takes/FILM/TAG``, with a file a cue, ``CUE.opus``, and a table, ``takes.json``,
that tells of each what was said, when its marks are heard, and the hash of the file.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explainer.errors import ExplainerError, located, quoted
from explainer.voices.utterance import Utterance
from explainer.words.markup import NAME

if TYPE_CHECKING:
    from explainer.voices.clip import Clip, Samples

__all__ = [
    "ENDING",
    "FORMAT",
    "TABLE",
    "Table",
    "Take",
    "check",
    "path_of",
    "read",
    "sha256",
    "signature",
    "speak",
    "stale",
    "text",
]

TABLE, ENDING, FORMAT = "takes.json", ".opus", 1
LARGEST_TABLE_BYTES = 1 << 20
CUE_ID = re.compile(rf"{NAME}(\.{NAME})*")
AGAIN = "say it again: speak --all"


@dataclass(frozen=True)
class Take:
    """One cue as it was said.

    Args:
        text: the words.
        offsets: characters of it whose time is known: of its marks, then of its further captions.
        marks_s: seconds of the marks, by name.
        splits_s: seconds at which the further captions begin.
        duration_s: length in seconds.
        sha256: of the file.
    """

    text: str
    offsets: tuple[int, ...]
    marks_s: Mapping[str, float]
    splits_s: tuple[float, ...]
    duration_s: float
    sha256: str

    def __post_init__(self) -> None:
        times_s = self.times_s
        if not (math.isfinite(self.duration_s) and self.duration_s > 0 and len(times_s) == len(self.offsets)):
            raise ValueError("its length or the number of its marks is impossible")
        if not all(0 <= at_s <= self.duration_s for at_s in times_s):
            raise ValueError("a mark lies outside of it")
        placed = [at_s for _, at_s in sorted(zip(self.offsets, times_s, strict=True))]
        if placed != sorted(placed):
            raise ValueError("its marks are not in the order of its words")

    @property
    def times_s(self) -> tuple[float, ...]:
        """The second of each offset."""
        return (*self.marks_s.values(), *self.splits_s)

    def says(self, asked: Utterance) -> bool:
        """Whether it is what is asked for."""
        return (self.text, self.offsets) == (asked.text, asked.offsets)


@dataclass(frozen=True)
class Table:
    """All takes of a film in a language, by cue; ``voice`` tells who said them: name, model, licence, versions."""

    film: str
    language: str
    voice: Mapping[str, Any]
    takes: Mapping[str, Take]

    @property
    def said_by(self) -> str:
        """The name of the voice."""
        return str(self.voice.get("name", ""))


def path_of(folder: Path, cue_id: str) -> Path:
    """The file of a cue."""
    return folder / f"{cue_id}{ENDING}"


def text(table: Table) -> str:
    """The table as its file has it."""
    takes = {
        cue_id: {
            "text": take.text,
            "offsets": list(take.offsets),
            "marks_s": dict(take.marks_s),
            "splits_s": list(take.splits_s),
            "duration_s": take.duration_s,
            "sha256": take.sha256,
        }
        for cue_id, take in table.takes.items()
    }
    told = {"format": FORMAT, "film": table.film, "language": table.language, "voice": dict(table.voice)}
    return json.dumps({**told, "takes": takes}, indent=1, ensure_ascii=False) + "\n"


def read(folder: Path) -> Table | None:
    """The table of a folder of takes; None if there is none.

    Raises:
        ExplainerError: it is broken, or of another film or language than the folder's.
    """
    path = folder / TABLE
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > LARGEST_TABLE_BYTES:
            raise ValueError("it is too large")
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise ValueError(f"its format is {told['format']}, not {FORMAT}")
        takes = {_cue_id(name): _take(entry) for name, entry in told["takes"].items()}
        table = Table(str(told["film"]), str(told["language"]), dict(told["voice"]), takes)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExplainerError(f"not a table of takes ({error})", _name(path), AGAIN) from None
    if (table.film, table.language) != (folder.parent.name, folder.name):
        of = f"{quoted(table.film)} in {quoted(table.language)}"
        raise ExplainerError(f"these are takes of {of}", _name(path), "put the film's own back, or speak --all")
    return table


def stale(table: Table, asked: Mapping[str, Utterance]) -> tuple[str, ...]:
    """The cues that no take says as they are now, by their id."""
    return tuple(
        cue_id for cue_id, each in asked.items() if cue_id not in table.takes or not table.takes[cue_id].says(each)
    )


def check(folder: Path, cue_id: str, take: Take) -> Path:
    """See that the file of a take is the one that its table tells of; returns its path.

    Raises:
        ExplainerError: it is missing, or another.
    """
    path = path_of(folder, cue_id)
    if not path.is_file():
        raise ExplainerError("the take is missing", located(_name(path), cue_id), f"put it back, or {AGAIN}")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ExplainerError("the take is a link out of its folder", located(_name(path), cue_id), AGAIN)
    if sha256(path) != take.sha256:
        problem = f"the take is not the one that {TABLE} tells of"
        raise ExplainerError(problem, located(_name(path), cue_id), f"put that back, or {AGAIN}")
    return path


def speak(asked: Utterance) -> Clip:
    """The take of a cue, hurried if asked.

    Raises:
        ExplainerError: there is none that says this, or its file is missing, changed or broken.
    """
    path, take = _found(asked)
    # Loaded where takes are heard: whether they are there is asked of every build, and takes no sound.
    from explainer.voices.clip import Clip
    from explainer.voices.recording import RATE_HZ, decoded

    samples = decoded(path, asked.cue_id)[: round(take.duration_s * RATE_HZ)]
    times_s = take.times_s
    if asked.pace != 1.0:
        samples, times_s = _hurried(samples, asked.pace), tuple(at_s / asked.pace for at_s in times_s)
    end_s = len(samples) / RATE_HZ
    return Clip(samples, RATE_HZ, tuple(min(at_s, end_s) for at_s in times_s))


def signature(asked: Utterance) -> str:
    """What decides the sound and its marks: the file's hash, and the times in the table."""
    _, take = _found(asked)
    return f"kept {take.sha256} {take.duration_s} {take.times_s}"


def _found(asked: Utterance) -> tuple[Path, Take]:
    table = read(asked.folder) if asked.folder else None
    if table is None or asked.folder is None:
        raise ExplainerError("the film has no takes of its own", "voice kept", "make them: speak")
    take = table.takes.get(asked.cue_id)
    if take is None or not take.says(asked):
        place = located(_name(asked.folder / TABLE), asked.cue_id)
        raise ExplainerError("no take says this cue as it is now", place, "renew the takes: speak")
    return check(asked.folder, asked.cue_id, take), take


def _cue_id(name: str) -> str:
    """The name as it is: a file is called like that, and might else lie anywhere."""
    if not CUE_ID.fullmatch(name):
        raise ValueError(f"{quoted(name)} is no cue")
    return name


def _take(entry: Mapping[str, Any]) -> Take:
    return Take(
        str(entry["text"]),
        tuple(int(at) for at in entry["offsets"]),
        {str(name): float(at_s) for name, at_s in entry["marks_s"].items()},
        tuple(float(at_s) for at_s in entry["splits_s"]),
        float(entry["duration_s"]),
        str(entry["sha256"]),
    )


def sha256(path: Path) -> str:
    """The hash of a file that ``sha256sum`` prints."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _name(path: Path) -> str:
    """A file of takes as people know it: film, language, file."""
    return "/".join(path.parts[-3:])


def _hurried(samples: Samples, pace: float) -> Samples:
    """The same words at another pace and at their own pitch."""
    import av
    import numpy as np

    from explainer.voices.recording import RATE_HZ

    graph = av.filter.Graph()
    source = graph.add_abuffer(format="flt", sample_rate=RATE_HZ, layout="mono", time_base=Fraction(1, RATE_HZ))
    graph.link_nodes(source, graph.add("atempo", str(pace)), graph.add("abuffersink")).configure()
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate, frame.pts = RATE_HZ, 0
    graph.push(frame)
    graph.push(None)
    pieces: list[Samples] = []
    while True:
        try:
            pieces.append(np.asarray(graph.pull().to_ndarray(), np.float32).reshape(-1))
        except (av.BlockingIOError, av.EOFError):
            return np.concatenate(pieces)
