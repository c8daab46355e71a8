"""A finished film passes its check; each thing that can be wrong with one is done to it, and named."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from film_project import make_project
from hypothesis import given
from hypothesis import strategies as st

from explainer.checks.film import caption_faults, check_film, check_master, onset_faults, onset_s, onsets_s
from explainer.film.build import films
from explainer.film.manifest import read_film
from explainer.film.request import Request
from explainer.media import sound
from explainer.media.ffmpeg import run_ffmpeg
from explainer.media.loudness import RATE_HZ
from explainer.media.mux import add_captions
from explainer.media.tracks import CaptionTrack
from explainer.timing.timeline import PLANNING_FPS, CueTime, SegmentTime, Timeline


def track(*starts_s: float) -> np.ndarray:
    noise = np.random.default_rng(0).standard_normal(12_000).astype(np.float32) * np.float32(0.1)
    clips = [sound.Placed(noise, RATE_HZ, round(start * RATE_HZ), "cue") for start in starts_s]
    with TemporaryDirectory() as folder:
        return sound.mix(clips, 10 * RATE_HZ, Path(folder) / "track")[:]


def timeline(*frames: int) -> Timeline:
    cues = tuple(CueTime(f"dome.c{number}", frame, frame + 10, {}) for number, frame in enumerate(frames))
    return Timeline("en", 60, (SegmentTime("dome", 0, 600, cues),))


@given(st.floats(0, 9))
def test_an_onset_is_heard_where_it_is(start_s: float) -> None:
    heard = onset_s(track(start_s), start_s)
    assert heard == pytest.approx(start_s, abs=0.004)


def test_speech_at_its_cues_passes_and_late_or_missing_speech_is_named() -> None:
    def found(*starts_s: float) -> list[str]:
        planned = timeline(60, 180)
        return onset_faults(onsets_s(track(*starts_s), planned), planned)

    assert found(1.0, 3.0) == []
    assert found(1.05, 3.0) == ["dome.c0 is heard +51 ms from its cue"]
    assert found(1.0) == ["dome.c1 is not heard"]


def test_a_caption_must_come_with_its_speech() -> None:
    heard = onsets_s(track(1.0, 3.0), timeline(60, 180))
    assert caption_faults(heard, (1.09, 2.0, 2.91)) == []
    assert caption_faults(heard, (1.15, 3.0)) == ["the caption of dome.c0 is shown +149 ms from its speech"]
    assert caption_faults(heard, ()) == [f"the caption of dome.c{n} is never shown" for n in range(2)]


@dataclass(frozen=True)
class Finished:
    """A finished film that can be heard, in its output folder."""

    request: Request
    out: Path

    @property
    def film(self) -> Path:
        return self.out / "en" / f"{self.request.stem}.mp4"

    @property
    def planned(self) -> Timeline:
        return read_film(self.film).planned

    @property
    def shown(self) -> Timeline:
        """The timeline at the picture's rate."""
        return self.planned.resampled(self.request.quality.fps)

    def faults(self) -> list[str]:
        return [finding.what for finding in check_film(self.request, self.out)]

    def told(self, text: str) -> str:
        """A text in which the film's own figures are named."""
        return text.format(
            frames=self.shown.frames,
            picture=f"{self.shown.duration_s:.3f} s",
            sound_s=self.planned.duration_s,
            longer=f"{self.planned.duration_s + 1:.3f} s",
        )


CODED = ("-c:v", "libx264")
HEARD = ("-c:a", "aac", "-b:a", "160k", "-af")


def remake(film: Path, *changes: str, wav: Path | None = None) -> None:
    """Copy a film packet for packet, but for what ffmpeg is told to change; its sound is that of the WAV, if given."""
    target = film.with_name(f"remade-{film.name}")
    inputs = [word for path in (film, wav or film) for word in ("-i", str(path))]
    kept = ["-map", "0:v", "-map", "1:a", "-map", "0:s", "-c", "copy", "-movflags", "+faststart"]
    coded = [*HEARD, "anull"] if wav else []
    run_ffmpeg([*inputs, *kept, *coded, *changes, "-bitexact", str(target)], film.name)
    target.replace(film)


@pytest.fixture(scope="module")
def audible(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The first segment as a film of its own, with noise for speech: the draft voice is silent."""
    made = make_project(tmp_path_factory.mktemp("audible") / "project")
    finished = Finished(made.request(segments=("hook",)), made.out)
    films((finished.request,), made.out, made.session())
    planned = finished.planned
    rng = np.random.default_rng(0)
    clips = []
    for cue in planned.cues:
        size = sound.sample_at(cue.stop_frame - cue.start_frame, planned.fps)
        noise = np.convolve(rng.standard_normal(size), np.full(16, 0.01), "same").astype(np.float32)
        clips.append(sound.Placed(noise, RATE_HZ, sound.sample_at(cue.start_frame, planned.fps), cue.id))
    track = sound.mix(clips, sound.sample_at(planned.frames, planned.fps), made.root / "mixed")[:]
    wav = made.root / "speech.wav"
    sound.write_wav(wav, sound.mastered(track, -1.6))
    remake(finished.film, wav=wav)
    return finished


@pytest.fixture
def finished(audible: Finished, tmp_path: Path) -> Finished:
    return replace(audible, out=Path(shutil.copytree(audible.out, tmp_path / "out")))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            ("-frames:v", "50"),
            ["50 frames, decoded 50, planned {frames}", "frames are not *", "the sound *", "the caption *"],
        ),
        (("-bsf:v", "setts=pts=PTS+100*eq(N\\,9)"), ["frames are not evenly timed"]),
        ((*CODED, "-s", "98x54"), ["98x54 at 15, not 54p15"]),
        ((*CODED, "-pix_fmt", "yuv444p"), ["pixel format yuv444p or colour space is not as it should be"]),
        ((*HEARD, "apad=pad_dur=1"), ["the sound lasts {longer}, the picture {picture}"]),
        ((*HEARD, "volume=-3dB", "-ac", "1"), ["sound of 48000 Hz in 1 channels"]),
        (("-map_chapters", "-1"), ["0 chapters for 1 segments"]),
        (
            ("-sn",),
            ["no caption track", *(f"the caption of hook.{cue} is never shown" for cue in ("question", "answer"))],
        ),
        (("-movflags", "0"), ["the index is not at the front of the file"]),
        ((*HEARD, "volume=-3dB"), ["-19.? LUFS, not -16 within 1"]),
        ((*HEARD, "volume=+6dB"), ["-10.? LUFS, not -16 within 1", "peaks at -0.*"]),
        ((*HEARD, "volume=0:enable='lt(t,2)',volume=+1.5dB"), ["hook.question is not heard"]),
        (
            (*HEARD, "adelay=90:all=1,atrim=end={sound_s}"),
            [f"hook.{cue} is heard +[89]? ms from its cue" for cue in ("question", "answer")],
        ),
    ],
)
def test_each_fault_of_a_film_is_named(finished: Finished, changes: tuple[str, ...], said: list[str]) -> None:
    assert finished.faults() == []
    remake(finished.film, *map(finished.told, changes))
    faults = finished.faults()
    assert len(faults) == len(said)
    assert [
        (fault, each) for fault, each in zip(faults, said, strict=True) if not fnmatchcase(fault, finished.told(each))
    ] == []


def test_captions_that_come_late_are_named(finished: Finished) -> None:
    question, answer = (
        (cue.start_frame / PLANNING_FPS, cue.stop_frame / PLANNING_FPS) for cue in finished.planned.cues
    )
    shown_s = ((question[0] + 0.2, question[1]), answer)
    late = "".join(f"\n00:00:{start_s:06.3f} --> 00:00:{stop_s:06.3f}\nWords\n" for start_s, stop_s in shown_s)
    part = finished.film.with_name("late.mp4")
    add_captions(finished.film, [CaptionTrack("eng", "English", f"WEBVTT\n{late}")], ["eng"], None, part)
    part.replace(finished.film)
    (fault,) = finished.faults()
    assert fault.startswith("the caption of hook.question is shown +")


def test_a_film_that_is_not_there_or_not_as_planned_is_named(finished: Finished) -> None:
    planned, shown = finished.planned, finished.shown
    manifest = finished.film.with_suffix(".json")
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["plan"]["segments"][-1]["stop_frame"] += 60
    manifest.write_text(json.dumps(content), encoding="utf-8")
    frames, sound_length = finished.faults()
    assert frames == f"{shown.frames} frames, decoded {shown.frames}, planned {shown.frames + shown.fps}"
    assert sound_length == f"the sound lasts {planned.duration_s:.3f} s, the picture {shown.duration_s + 1:.3f} s"
    finished.film.unlink()
    assert finished.faults() == ["is not there; make it: video"]


def test_a_voice_of_the_master_that_comes_late_is_named(finished: Finished) -> None:
    length_s = finished.planned.duration_s
    assert check_master(finished.request, finished.out) == ()  # there is none
    master = finished.out / f"{finished.request.stem.removesuffix('.en')}.mp4"
    for suffix in (".mp4", ".json"):
        shutil.copy(finished.film.with_suffix(suffix), master.with_suffix(suffix))
    remake(master, "-map", "0:a", "-metadata:s:a:1", "language=deu")
    assert check_master(finished.request, finished.out) == ()
    remake(master, "-map", "0:a:1", "-c:a:1", "aac", "-filter:a:1", f"adelay=250:all=1,atrim=end={length_s}")
    found = check_master(finished.request, finished.out)
    assert {finding.where for finding in found} == {master.name}
    assert any(fnmatchcase(finding.what, "deu: hook.question is heard +2?? ms from its cue") for finding in found)
    assert all(finding.what.startswith("deu: ") for finding in found)
