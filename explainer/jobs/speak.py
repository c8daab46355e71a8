"""Have a voice say a cue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from explainer.tasks.graph import Tick
from explainer.timing.planning import SpokenTime
from explainer.voices.utterance import Utterance
from explainer.words.languages import Language
from explainer.words.markup import MarkedText

TOOLS = ("numpy", "scipy", "espeakng-loader")
CLIP, CLIP_FACTS = "clip.npy", "clip.json"


@dataclass(frozen=True)
class SpeakJob:
    """One cue, said by a voice; `folder` holds the voice's own files, if it has any."""

    cue_id: str
    speech: MarkedText
    language: Language
    voice: str
    folder: Path | None
    pace: float = 1.0

    @property
    def utterance(self) -> Utterance:
        """What the voice is asked; it tells the times of the marks, then of the splits."""
        offsets = (*(offset for _, offset in self.speech.marks), *self.speech.splits)
        return Utterance(self.speech.text, offsets, self.language, self.pace, self.cue_id, self.folder)


def speak(job: SpeakJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Say a cue."""
    import numpy as np

    from explainer.voices import table

    clip = table.speak(job.voice, job.utterance)
    np.save(folder / CLIP, clip.samples, allow_pickle=False)
    count = len(job.speech.marks)
    marks_s = {name: at_s for (name, _), at_s in zip(job.speech.marks, clip.times_s[:count], strict=True)}
    facts = {"rate_hz": clip.rate_hz, "spoken": asdict(SpokenTime(clip.duration_s, marks_s, clip.times_s[count:]))}
    (folder / CLIP_FACTS).write_text(json.dumps(facts), encoding="utf-8")


def spoken_time(folder: Path) -> SpokenTime:
    """How long the clip of a finished task is, and where its marks lie."""
    told = _facts(folder)["spoken"]
    return SpokenTime(told["speech_s"], told["marks_s"], tuple(told["splits_s"]))


def rate_hz(folder: Path) -> int:
    """Samples a second of the clip of a finished task."""
    return int(_facts(folder)["rate_hz"])


def _facts(folder: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((folder / CLIP_FACTS).read_text(encoding="utf-8"))
    return facts
