"""Make the sound track of a film."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.errors import CheckFailedError
from explainer.jobs.speak import CLIP, rate_hz
from explainer.tasks.graph import Tick
from explainer.timing.timeline import Timeline

if TYPE_CHECKING:
    from explainer.media.sound import Placed

TOOLS = ("numpy", "scipy", "pydub", "pyloudnorm", "av", "imageio-ffmpeg")
SOUND, SOUND_WAV, SOUND_FACTS = "sound.m4a", "sound.wav", "sound.json"
CEILINGS_DBTP = (-1.3, -1.6, -2.0, -3.0)
LOUDNESS_TOLERANCE_LU = 1.0


@dataclass(frozen=True)
class MixJob:
    """Clips, one input a cue by its id, on a timeline."""

    timeline: Timeline


def mix(job: MixJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Place, master and code the sound; the coded peak decides how low the ceiling must be.

    The track lies in files and is gone through block by block: memory does not grow with the film.
    """
    import numpy as np

    from explainer.media import sound
    from explainer.media.loudness import SamplesFile, loudness
    from explainer.media.mux import code_sound
    from explainer.media.probe import decoded_sound

    with tempfile.TemporaryDirectory(dir=folder) as name:
        room = Path(name)
        length = sound.sample_at(job.timeline.frames, job.timeline.fps)
        mono = sound.mix(_placed(job.timeline, inputs), length, room / "mixed")
        for ceiling_dbtp in CEILINGS_DBTP:
            sound.write_wav(room / SOUND_WAV, sound.master(mono, ceiling_dbtp, room))
            code_sound(room / SOUND_WAV, folder / SOUND)
            heard = loudness(SamplesFile.written(room / "heard", decoded_sound(folder / SOUND)))
            if heard.true_peak_dbtp <= sound.TRUE_PEAK_DBTP:
                break
    off_lu = heard.integrated_lufs - sound.TARGET_LUFS
    if np.isfinite(off_lu) and (abs(off_lu) > LOUDNESS_TOLERANCE_LU or heard.true_peak_dbtp > sound.TRUE_PEAK_DBTP):
        raise CheckFailedError(
            f"{heard.integrated_lufs:.1f} LUFS with peaks at {heard.true_peak_dbtp:.1f} dBTP",
            "sound track",
            "the voice is too uneven to master; use another --voice",
        )
    facts = {name: value if np.isfinite(value) else None for name, value in asdict(heard).items()}
    (folder / SOUND_FACTS).write_text(json.dumps(facts), encoding="utf-8")


def _placed(timeline: Timeline, inputs: Mapping[str, Path]) -> Iterator[Placed]:
    """The clips of all cues, loaded one at a time."""
    import numpy as np

    from explainer.media import sound

    for cue in timeline.cues:
        samples = np.load(inputs[cue.id] / CLIP, allow_pickle=False)
        start_sample = sound.sample_at(cue.start_frame, timeline.fps)
        yield sound.Placed(samples, rate_hz(inputs[cue.id]), start_sample, cue.id)
