"""Clips sound at their sample, without clicks, at one loudness, with no peak above the limit."""

from __future__ import annotations

import wave
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.media import sound
from explainer.media.ffmpeg import executable
from explainer.media.loudness import RATE_HZ, Samples, envelope, loudness, true_peak_dbtp
from explainer.media.mux import code_sound
from explainer.media.probe import decoded_mono
from explainer.media.sound import Placed, faded, limited, mastered, mix, sample_at

CEILING_DBTP = -1.5


def speech(seconds: float, rate_hz: int = RATE_HZ, seed: int = 1) -> np.ndarray:
    """Bursts of coloured noise with sharp peaks, as synthetic voices have them."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    syllables = np.clip(np.sin(2 * np.pi * 3.1 * time_s), 0, 1) ** 2
    phase = (time_s * 110) % 1
    pulses = np.exp(-phase * 5) * np.sin(2 * np.pi * 7 * phase)
    return (syllables * pulses * (0.4 + 0.1 * rng.standard_normal(len(time_s)))).astype(np.float32)


@given(st.integers(0, 40_000), st.sampled_from([15, 20, 24, 25, 30, 50, 60]))
def test_a_frame_sounds_within_half_a_sample_of_its_time(frame: int, fps: int) -> None:
    assert abs(sample_at(frame, fps) / RATE_HZ - frame / fps) <= 0.5 / RATE_HZ


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60_000), st.integers(1, 5_000)), max_size=5))
def test_clips_add_up_at_their_samples(places: list[tuple[int, int]]) -> None:
    clips = [Placed(np.ones(size, np.float32), RATE_HZ, start, "cue") for start, size in places]
    with TemporaryDirectory() as folder:
        track = mix(clips, 70_000, Path(folder) / "track")[:]
    assert len(track) == 70_000
    expected = np.zeros(70_000, np.float32)
    for clip in clips:
        expected[clip.start_sample : clip.start_sample + len(clip.samples)] += faded(clip.samples)
    assert np.allclose(track, expected)


def test_a_clip_past_the_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExplainerError, match=r"dome.top: speech runs 0.50 s past the end"):
        mix([Placed(np.ones(RATE_HZ, np.float32), RATE_HZ, 0, "dome.top")], RATE_HZ // 2, tmp_path / "track")


@given(st.integers(4, 2000))
def test_fades_rise_from_nothing_and_leave_the_middle(size: int) -> None:
    edge = faded(np.ones(size, np.float32))
    assert max(edge[0], edge[-1]) < 0.5
    assert np.all(np.abs(np.diff(np.concatenate([[0], edge, [0]]))) < (0.01 if size > 1000 else 1.01))
    assert edge.max() <= 1


def test_resampling_keeps_length_and_tone() -> None:
    for rate_hz in (8000, 16000, 22050, 44100, 48000):
        tone = np.sin(2 * np.pi * 440 * np.arange(rate_hz) / rate_hz).astype(np.float32)
        there = sound.resampled(tone, rate_hz)
        assert len(there) == RATE_HZ
        spectrum = np.abs(np.fft.rfft(there))
        assert int(spectrum.argmax()) == 440


def turned_down(mono: Samples, ceiling_dbtp: float) -> Samples:
    return np.concatenate([*limited(mono, envelope(mono), np.float32(1), ceiling_dbtp)])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 100), st.floats(-20, 20), st.floats(-12, -0.5))
def test_the_limiter_never_lets_a_peak_through_and_only_turns_down(seed: int, gain_db: float, ceiling: float) -> None:
    loud = speech(1.0, seed=seed) * np.float32(10 ** (gain_db / 20))
    quiet = turned_down(loud, ceiling)
    assert true_peak_dbtp(quiet) <= ceiling + 0.1
    assert np.all(np.abs(quiet) <= np.abs(loud) + 1e-6)
    assert len(quiet) == len(loud)


def test_what_is_below_the_ceiling_stays_as_it_is() -> None:
    calm = speech(0.5) * np.float32(0.1)
    assert np.array_equal(turned_down(calm, -1.0), calm)


@pytest.mark.parametrize("gain", [0.02, 0.5, 4.0])
def test_the_master_has_its_loudness_whatever_comes_in(gain: float, tmp_path: Path) -> None:
    track = np.concatenate(
        [np.zeros(RATE_HZ, np.float32), speech(6.0) * np.float32(gain), np.zeros(RATE_HZ, np.float32)]
    )
    result = mastered(track, CEILING_DBTP)
    heard = loudness(result)
    assert heard.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert heard.true_peak_dbtp <= CEILING_DBTP + 0.1
    assert not np.any(result[: RATE_HZ - 200])


def test_the_meters_agree_with_ffmpeg(tmp_path: Path) -> None:
    import re
    import subprocess

    result = mastered(speech(8.0), CEILING_DBTP)
    sound.write_wav(tmp_path / "a.wav", result)
    command = [executable(), "-hide_banner", "-nostdin", "-i", str(tmp_path / "a.wav")]
    said = subprocess.run(
        [*command, "-af", "ebur128=peak=true", "-f", "null", "-"], capture_output=True, text=True, check=True
    ).stderr
    integrated = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1])
    peak = float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[-1])
    assert integrated == pytest.approx(loudness(result).integrated_lufs, abs=0.2)
    assert peak == pytest.approx(true_peak_dbtp(result), abs=0.3)


def test_silence_stays_silence() -> None:
    silence = np.zeros(2 * RATE_HZ, np.float32)
    assert np.array_equal(mastered(silence, CEILING_DBTP), silence)
    assert loudness(silence).integrated_lufs == -np.inf


def test_the_wav_is_stereo_48_khz_and_as_long_as_the_track(tmp_path: Path) -> None:
    track = speech(1.25)
    sound.write_wav(tmp_path / "a.wav", track)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 2, 2)
        assert file.getnframes() == len(track)
        pcm = np.frombuffer(file.readframes(len(track)), "<i2").reshape(-1, 2)
    assert np.array_equal(pcm[:, 0], pcm[:, 1])
    assert np.allclose(pcm[:, 0] / 32767, track, atol=1e-4)


def test_coding_moves_nothing(tmp_path: Path) -> None:
    track = mix([Placed(speech(0.5), RATE_HZ, 24_000, "cue")], 2 * RATE_HZ, tmp_path / "track")
    sound.write_wav(tmp_path / "a.wav", track)
    code_sound(tmp_path / "a.wav", tmp_path / "a.m4a")
    heard = decoded_mono(tmp_path / "a.m4a")[: len(track)]
    lags = np.correlate(heard[20_000:60_000], track[20_500:59_500], "valid")
    assert int(lags.argmax()) == 500
