"""Marks in recordings: found where the words are said, by voices that tell their times and by another that does."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from narration_samples import LANGUAGES

from explainer.errors import ExplainerError
from explainer.voices import espeak, flite, takes
from explainer.voices.align import aligned
from explainer.voices.clip import Clip
from explainer.voices.utterance import Utterance

NEAR_S = 0.1
TEXTS = {
    "en": "At the top of the dome the entropy is flat, and its slope with energy is one over temperature.",
    "de": "Die Wärme fließt von negativer zu positiver Temperatur, und die Entropie nimmt dabei immer zu.",
    "ja": "ねつは まいなすから ぷらすへ ながれ、えんとろぴーは ふえます。",
}
# Said by Kokoro-82M (hexgrad, Apache-2.0) in its voices af_heart, ef_dora and hf_alpha. Seconds at which each word
# begins by its own durations, less the 0.05 s by which its sound comes before them after a pause.
KOKORO = {
    "en.slope": (
        "Its slope with energy is one over temperature.",
        (0.34, 0.54, 0.84, 0.99, 1.715, 1.89, 2.14, 2.39),
    ),
    "es.beyond": (
        "Más allá, a más energía menos entropía: temperatura negativa.",
        (0.215, 0.465, 0.9, 1.025, 1.2, 1.675, 1.95, 2.7, 3.325),
    ),
    "hi.effective": (
        "यह प्रभावी ऋणात्मक ताप केवल इन्हीं दो स्तरों का है।",
        (0.565, 0.815, 1.665, 2.34, 2.69, 3.065, 3.415, 3.59, 3.89, 4.065),
    ),
}
RECORDED = Path(__file__).with_name("takes")
with_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="the program flite is not installed")


def begins(text):
    return tuple(found.start() for found in re.finditer(r"\S+", text))


def said(voice, tag, **how):
    language = replace(LANGUAGES[tag], **{key: how.pop(key) for key in ("espeak_voice",) if key in how})
    return voice.speak(Utterance(TEXTS[tag], begins(TEXTS[tag]), language, **how))


def errors_s(recording, template):
    return np.abs(np.subtract(aligned(recording, template, id="x"), recording.times_s))


def with_silence(clip, at_s, length_s):
    """The clip with silence put in; marks from there on move with the sound."""
    at, gap = round(at_s * clip.rate_hz), np.zeros(round(length_s * clip.rate_hz), np.float32)
    samples = np.concatenate([clip.samples[:at], gap, clip.samples[at:]])
    return Clip(samples, clip.rate_hz, tuple(t + length_s * (t >= at_s - 1e-9) for t in clip.times_s))


@with_flite
def test_another_voice_s_words_are_found():
    assert errors_s(said(flite, "en"), said(espeak, "en")).max() < NEAR_S
    assert errors_s(said(espeak, "en"), said(flite, "en")).max() < NEAR_S


@pytest.mark.parametrize(
    ("tag", "how"),
    [("en", {"espeak_voice": "en-us+f3", "pace": 0.7}), ("de", {"espeak_voice": "de+f2", "pace": 1.4}),
     ("ja", {"espeak_voice": "ja+m5", "pace": 1.2})],
)  # fmt: skip
def test_words_are_found_at_any_pace_and_pitch(tag, how):
    assert errors_s(said(espeak, tag, **how), said(espeak, tag)).max() < NEAR_S


@given(st.floats(0, 3), st.floats(0, 3), st.integers(1, 17), st.floats(0.1, 2))
@settings(max_examples=20, deadline=None)
def test_silence_around_and_between_words_does_not_fool_it(before_s, after_s, word, pause_s):
    clip = said(espeak, "en", espeak_voice="en-us+f3", pace=0.9)
    paused = with_silence(clip, clip.times_s[word], pause_s)
    framed = with_silence(with_silence(paused, 0.0, before_s), paused.duration_s + before_s, after_s)
    assert errors_s(framed, said(espeak, "en")).max() < NEAR_S


@pytest.mark.parametrize("snr_db", [30, 20])
def test_a_noisy_room_and_a_low_level_do_not_fool_it(snr_db):
    clip = with_silence(said(espeak, "en", espeak_voice="en-us+f3"), 0.0, 0.8)
    level = np.sqrt(np.mean(clip.samples[clip.samples != 0] ** 2))
    noise = np.random.default_rng(1).normal(0, level * 10 ** (-snr_db / 20), len(clip.samples))
    noisy = replace(clip, samples=(0.05 * (clip.samples + noise)).astype(np.float32))
    assert errors_s(noisy, said(espeak, "en")).max() < NEAR_S


@pytest.mark.parametrize("name", KOKORO)
def test_marks_of_a_recording_are_where_its_words_are(tmp_path, name):
    """Recordings by a voice that sounds like a person, through the door that takes come in by."""
    text, true_s = KOKORO[name]
    tag = name.partition(".")[0]
    shutil.copy(RECORDED / f"{name}.opus", tmp_path / "a.b.opus")
    clip = takes.speak(Utterance(text, begins(text), LANGUAGES[tag], cue_id="a.b", folder=tmp_path))
    since_first = np.subtract(true_s, true_s[0])  # the silence before it is cut
    assert np.abs(np.subtract(clip.times_s, since_first)).max() < NEAR_S
    assert list(clip.times_s) == sorted(clip.times_s) and clip.times_s[-1] < clip.duration_s


@given(st.integers(0, 2**32 - 1), st.floats(0.35, 2.5))
@settings(max_examples=20, deadline=None)
def test_whatever_is_recorded_its_marks_rise_within_it(seed, times):
    template = said(espeak, "en")
    samples = np.random.default_rng(seed).normal(0, 0.1, round(times * len(template.samples))).astype(np.float32)
    found = aligned(replace(template, samples=samples), template, id="x")
    assert list(found) == sorted(found) and found[0] >= 0 and found[-1] <= len(samples) / template.rate_hz


@pytest.mark.parametrize("seconds", [0.02, 0.5, 25.0])
def test_a_recording_that_cannot_hold_its_words_is_one_clear_line(seconds):
    template = said(espeak, "en")
    sound = np.random.default_rng(1).normal(0, 0.1, round(seconds * template.rate_hz)).astype(np.float32)
    refusal = r"^a\.wav: it has \d+\.\d s of speech for words that take \d\.\d s; record"
    with pytest.raises(ExplainerError, match=refusal):
        aligned(replace(template, samples=sound), template, id="a.wav")
