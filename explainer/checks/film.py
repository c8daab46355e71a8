"""The finished film, decoded: as many frames as planned, the sound as long, loud enough, the speech at its cues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from explainer.checks.finding import Finding
from explainer.film.manifest import read_film
from explainer.film.request import Request
from explainer.media import sound
from explainer.media.loudness import RATE_HZ, SamplesFile, Track, highest, loudness
from explainer.media.probe import caption_starts_s, decoded_frames, decoded_sound, probe, voices
from explainer.tasks.atomic import sibling
from explainer.timing.timeline import Timeline

KIND = "film"
LOUDNESS_TOLERANCE_LU = 1.0
WINDOW_S = 0.004
BEFORE_S = 0.12
SYNC_S = 0.1
AUDIBLE_DB = -50.0  # of full scale; between cues there is digital silence


def check_film(request: Request, out: Path) -> tuple[Finding, ...]:
    """What is wrong with the film of a request in the output folder."""
    stem = out / request.language_tag / request.stem
    film = sibling(stem, ".mp4")
    if not film.is_file():
        return (Finding(KIND, film.name, "is not there; make it: video"),)
    timeline = read_film(film).planned.resampled(request.quality.fps)
    with _decoded(film) as mono:
        heard = onsets_s(mono, timeline)
        faults = [*_stream_faults(film, timeline, request), *_loudness_faults(mono)]
    faults += [*onset_faults(heard, timeline), *caption_faults(heard, caption_starts_s(film))]
    return tuple(Finding(KIND, film.name, fault) for fault in faults)


def check_master(request: Request, out: Path) -> tuple[Finding, ...]:
    """Voices of the master, where there is one, that do not begin their cues with the picture's."""
    own = replace(request, language_tag=request.film.source.tag)
    film = sibling(out / own.stem.removesuffix(f".{own.language_tag}"), ".mp4")
    if not film.is_file():
        return ()
    timeline = read_film(film).planned.resampled(request.quality.fps)
    findings = []
    for track, voice in enumerate(voices(film)):
        with _decoded(film, track) as mono:
            faults = onset_faults(onsets_s(mono, timeline), timeline)
        findings += [Finding(KIND, film.name, f"{voice}: {fault}") for fault in faults]
    return tuple(findings)


@contextmanager
def _decoded(film: Path, track: int = 0) -> Iterator[Track]:
    """A sound track of a film, in a file for the length of a `with` block: memory does not grow with the film."""
    with TemporaryDirectory(prefix="sound-") as name:
        yield SamplesFile.written(Path(name) / "heard", decoded_sound(film, track))


def _stream_faults(film: Path, timeline: Timeline, request: Request) -> list[str]:
    found = probe(film)
    quality = request.quality
    decoded = decoded_frames(film)
    expectations = {
        f"{found.frames} frames, decoded {decoded}, planned {timeline.frames}": (
            found.frames == decoded == timeline.frames
        ),
        "frames are not evenly timed": found.exact_times,
        f"{found.width}x{found.height} at {found.fps:g}, not {quality.name}": (
            (found.width, found.height, found.fps) == (quality.width, quality.height, quality.fps)
        ),
        f"pixel format {found.pixel_format} or colour space is not as it should be": (
            found.pixel_format == "yuv420p" and found.bt709
        ),
        f"the sound lasts {found.sound_s:.3f} s, the picture {timeline.duration_s:.3f} s": (
            abs(found.sound_s - timeline.duration_s) <= 1 / timeline.fps
        ),
        f"sound of {found.sound_rate_hz} Hz in {found.sound_channels} channels": (
            (found.sound_rate_hz, found.sound_channels) == (RATE_HZ, 2)
        ),
        f"{len(found.chapters)} chapters for {len(timeline.segments)} segments": (
            len(found.chapters) == len(timeline.segments)
        ),
        "no caption track": bool(found.captions),
        "the index is not at the front of the file": found.faststart,
    }
    return [what for what, holds in expectations.items() if not holds]


def _loudness_faults(mono: Track) -> list[str]:
    heard = loudness(mono)
    if not np.isfinite(heard.integrated_lufs):
        return []  # the draft voice is silent
    faults = []
    if abs(heard.integrated_lufs - sound.TARGET_LUFS) > LOUDNESS_TOLERANCE_LU:
        faults.append(f"{heard.integrated_lufs:.1f} LUFS, not {sound.TARGET_LUFS:g} within {LOUDNESS_TOLERANCE_LU:g}")
    if heard.true_peak_dbtp > sound.TRUE_PEAK_DBTP:
        faults.append(f"peaks at {heard.true_peak_dbtp:.2f} dBTP, above {sound.TRUE_PEAK_DBTP:g}")
    return faults


def onsets_s(mono: Track, timeline: Timeline) -> dict[str, float | None]:
    """When each cue is heard to begin, by its id; empty for a film without a sound in it."""
    if not highest(mono) > 0:
        return {}
    return {cue.id: onset_s(mono, cue.start_frame / timeline.fps) for cue in timeline.cues}


def onset_faults(heard: Mapping[str, float | None], timeline: Timeline) -> list[str]:
    """Cues whose speech is not heard to begin within a frame of where the timeline has them."""
    planned_s = {cue.id: cue.start_frame / timeline.fps for cue in timeline.cues}
    faults = []
    for cue_id, at_s in heard.items():
        if at_s is None:
            faults.append(f"{cue_id} is not heard")
        elif abs(at_s - planned_s[cue_id]) > 1 / timeline.fps:
            faults.append(f"{cue_id} is heard {1000 * (at_s - planned_s[cue_id]):+.0f} ms from its cue")
    return faults


def caption_faults(heard: Mapping[str, float | None], shown_s: Sequence[float]) -> list[str]:
    """Cues whose speech begins too far from when the nearest caption of the film's own track appears."""
    faults = []
    for cue_id, at_s in heard.items():
        if at_s is None:
            continue
        off_s = min((shown - at_s for shown in shown_s), key=abs, default=None)
        if off_s is None or abs(off_s) > SYNC_S:
            distance = "never shown" if off_s is None else f"shown {1000 * off_s:+.0f} ms from its speech"
            faults.append(f"the caption of {cue_id} is {distance}")
    return faults


def onset_s(mono: Track, near_s: float) -> float | None:
    """When the first sound at or shortly before and after a time begins; None if half a second stays silent."""
    first = max(round((near_s - BEFORE_S) * RATE_HZ), 0)
    stretch = np.abs(mono[first : round((near_s + 0.5) * RATE_HZ)])
    window = round(WINDOW_S * RATE_HZ)
    audible = np.flatnonzero(stretch > 10 ** (AUDIBLE_DB / 20))
    # A lone sample is noise of the codec; a sound goes on.
    for start in audible[:: max(window // 8, 1)]:
        if np.sqrt(np.mean(stretch[start : start + window] ** 2)) > 10 ** (AUDIBLE_DB / 20):
            return float(first + start) / RATE_HZ
    return None
