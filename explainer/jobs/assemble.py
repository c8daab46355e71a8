"""Put picture, voices and words into one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.jobs.draw import PICTURE
from explainer.jobs.mix import SOUND
from explainer.media.tracks import Labels
from explainer.tasks.graph import Tick

TOOLS = ("imageio-ffmpeg",)
FILM = "film.mp4"


@dataclass(frozen=True)
class AssembleJob:
    """Input "picture", inputs "sound 0" and on, one a voice, and the words that go with them; the file's name."""

    labels: Labels
    name: str = FILM


def assemble(job: AssembleJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write the film."""
    from explainer.media import mux

    sounds = [inputs[f"sound {number}"] / SOUND for number in range(len(job.labels.voices))]
    mux.assemble(inputs["picture"] / PICTURE, sounds, job.labels, folder / job.name)
