"""Make the sound track of a film."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from explainer.errors import CheckFailedError
from explainer.jobs.speak import CLIP, rate_hz
from explainer.tasks.graph import Tick
from explainer.timing.timeline import Timeline

TOOLS = ("numpy", "scipy", "pydub", "pyloudnorm", "av", "imageio-ffmpeg")
SOUND, SOUND_WAV, SOUND_FACTS = "sound.m4a", "sound.wav", "sound.json"
CEILINGS_DBTP = (-1.3, -1.6, -2.0, -3.0)
LOUDNESS_TOLERANCE_LU = 1.0


@dataclass(frozen=True)
class MixJob:
    """Clips, one input a cue by its id, on a timeline."""

    timeline: Timeline


def mix(job: MixJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Place, master and code the sound; the coded peak decides how low the ceiling must be."""
    import numpy as np

    from explainer.media import sound
    from explainer.media.mux import code_sound
    from explainer.media.probe import decoded_mono

    timeline = job.timeline
    clips = []
    for cue in timeline.cues:
        samples = np.load(inputs[cue.id] / CLIP, allow_pickle=False)
        start_sample = sound.sample_at(cue.start_frame, timeline.fps)
        clips.append(sound.Placed(samples, rate_hz(inputs[cue.id]), start_sample, cue.id))
    mono = sound.mix(clips, sound.sample_at(timeline.frames, timeline.fps))
    for ceiling_dbtp in CEILINGS_DBTP:
        sound.write_wav(folder / SOUND_WAV, sound.mastered(mono, ceiling_dbtp))
        code_sound(folder / SOUND_WAV, folder / SOUND)
        (folder / SOUND_WAV).unlink()
        heard = sound.loudness(decoded_mono(folder / SOUND))
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
