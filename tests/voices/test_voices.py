import multiprocessing
import shutil
import sys
import types
import wave
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from narration_samples import LANGUAGES, MINUTE, spoken, utterance_of

from explainer.errors import ExplainerError
from explainer.timing.captions import captions
from explainer.timing.lint import lint
from explainer.timing.planning import budget_of, plan
from explainer.timing.timeline import PLANNING_FPS
from explainer.voices import draft, espeak, flite, table, takes
from explainer.voices.clip import trimmed
from explainer.voices.utterance import Utterance
from explainer.words.facts import known
from explainer.words.pace import SHORTEST_S, times_within

EN = LANGUAGES["en"]
FRAME_S = 1 / PLANNING_FPS
SPOKEN = {
    "en": "Hotter than infinity. And so on.",
    "zh-Hans": "温度是负 5 点 0 毫开尔文。",
    "es": "Más caliente que el infinito.",
    "de": "Heißer als unendlich.",
    "fr": "Plus chaud que l'infini.",
    "ja": "むげんだいより あつい。",
    "ar": "أسخن من اللانهاية.",
    "hi": "अनंत से भी गर्म।",
}
with_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="the program flite is not installed")


def utterance(text="x", *offsets, tag="en", **how):
    return Utterance(text, offsets, LANGUAGES[tag], cue_id="a.b", **how)


def onset_s(clip, below_peak_db=-26.0):
    """When the sound first rises to within a few decibels of its peak, by a detector of its own."""
    window = round(0.004 * clip.rate_hz)
    energy = np.convolve(clip.samples.astype(np.float64) ** 2, np.ones(window) / window, mode="valid")
    return int(np.argmax(energy > energy.max() * 10 ** (below_peak_db / 10))) / clip.rate_hz


def write_wav(path, seconds, silence_s=0.0, rate_hz=8000, hz=300.0):
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    sound = np.concatenate([np.zeros(round(silence_s * rate_hz)), 0.5 * np.sin(2 * np.pi * hz * times)])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((sound * 32767).astype("<i2").tobytes())


def said(name, text, tag):
    """For a worker process: the samples of a clip as bytes."""
    return table.speak(name, utterance(text, tag=tag)).samples.tobytes()


@pytest.mark.parametrize("tag", SPOKEN)
def test_espeak_says_every_language_from_the_first_frame(tag):
    text = SPOKEN[tag]
    clip = espeak.speak(utterance(text, len(text) // 2, len(text), tag=tag))
    assert 0.5 < clip.duration_s < 6
    assert clip.samples.dtype == np.float32 and np.abs(clip.samples).max() <= 1
    assert onset_s(clip, -36.0) <= FRAME_S
    half_s, end_s = clip.times_s
    assert 0 < half_s < end_s <= clip.duration_s


@pytest.mark.parametrize("name", ["draft", "espeak", pytest.param("flite", marks=with_flite)])
def test_the_same_words_give_the_same_samples_in_any_process(name):
    """Whatever was said before, here or in a worker."""
    first = said(name, SPOKEN["en"], "en")
    said(name, "Something else in between.", "en")
    assert said(name, SPOKEN["en"], "en") == first
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(said, (name, SPOKEN["en"], "en")) == first


@pytest.mark.parametrize("voice", [espeak, pytest.param(flite, marks=with_flite)])
def test_a_mark_is_at_the_sound_of_its_word(voice):
    """After a pause the sound comes back within 50 ms of the mark before the next sentence."""
    text = "The top of the dome is flat. Beyond it, more energy means less entropy."
    clip = voice.speak(utterance(text, 0, text.index("Beyond")))
    start_s, beyond_s = clip.times_s
    assert start_s <= FRAME_S
    window = round(0.01 * clip.rate_hz)
    loud = np.abs(clip.samples[: len(clip.samples) // window * window]).reshape(-1, window).max(axis=1) > 0.02
    quiet = np.flatnonzero(~loud[: round(beyond_s * 100)])
    pause_ends_s = (quiet[-1] + 1) / 100
    assert abs(beyond_s - pause_ends_s) < 0.05


@with_flite
def test_flite_reads_what_is_not_ascii():
    clip = flite.speak(utterance("Café — “it’s” naïve 温…", 7))
    assert clip.duration_s > 0.8
    assert flite._plain("−5 — ’x’") == " 5 , 'x'"


@with_flite
def test_the_film_fits_with_its_own_voice():
    """The default English voice keeps the film within its minute, and captions within reading speed."""
    narration = MINUTE.narration("en", known(MINUTE.facts).facts)
    clips = {cue.id: flite.speak(utterance_of(cue, EN)) for cue in narration.cues}
    durations = {cue.id: spoken(clips[cue.id], cue) for cue in narration.cues}
    timeline = plan(narration, durations, budget_of(MINUTE.script.settings))
    assert 50 <= timeline.duration_s <= 60
    assert max(onset_s(clip) for clip in clips.values()) <= 2 * FRAME_S
    assert np.mean([onset_s(clip) for clip in clips.values()]) <= FRAME_S
    assert [str(finding) for finding in lint(captions(timeline, narration), timeline, EN, str)] == []


def test_flite_speaks_english_only():
    with pytest.raises(ExplainerError, match="does not speak German; use --voice espeak"):
        flite.speak(utterance("Hallo", tag="de"))


@pytest.mark.parametrize("ask", [flite.speak, flite.signature])
def test_a_missing_flite_is_one_clear_line(monkeypatch, ask):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ExplainerError, match="program flite is missing; apt install flite"):
        ask(utterance("Hello"))


def test_a_broken_flite_is_one_clear_line(monkeypatch, tmp_path):
    program = tmp_path / "flite"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExplainerError, match="voice flite: it said nothing"):
        flite.speak(utterance("Hello"))


def test_a_missing_espeak_voice_is_one_clear_line():
    with pytest.raises(ExplainerError, match="voice espeak: it has no voice named 'nowhere'"):
        espeak.speak(replace(utterance("Hello"), language=replace(EN, espeak_voice="nowhere")))


def test_a_broken_espeak_is_one_clear_line(monkeypatch, tmp_path):
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nkill -SEGV $$\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(ExplainerError, match="voice espeak: it broke down") as caught:
        espeak.speak(utterance("Hello"))
    assert "\n" not in str(caught.value)


def test_punctuation_alone_is_no_speech():
    with pytest.raises(ExplainerError, match="gave no sound"):
        espeak.speak(utterance("..."))


@pytest.mark.parametrize("name", ["klingon", "../espeak", "clip", ""])
def test_an_unknown_voice_is_refused(name):
    with pytest.raises(ExplainerError, match="unknown voice; use one of draft, espeak"):
        table.choose(name, utterance())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_s_voice_is_in_the_table(tag):
    assert LANGUAGES[tag].voice in table.VOICES
    asked = utterance(tag=tag)
    assert table.choose("espeak", asked).signature != table.choose("draft", asked).signature


@pytest.mark.parametrize("name", ["draft", "espeak", pytest.param("flite", marks=with_flite)])
def test_a_quicker_pace_shortens_speech_and_moves_its_marks_with_it(name):
    text = "Beyond the top of the dome, more energy means less entropy."
    usual, quick, slow = (
        table.speak(name, utterance(text, text.index("more"), pace=pace)) for pace in (1.0, 1.25, 0.8)
    )
    for clip, pace in ((quick, 1.25), (slow, 0.8)):
        assert clip.duration_s == pytest.approx(usual.duration_s / pace, rel=0.06)
        assert clip.times_s[0] == pytest.approx(usual.times_s[0] / pace, rel=0.1)


@given(
    st.text(alphabet="abc .,;温", min_size=1, max_size=60),
    st.lists(st.integers(0, 60), max_size=4),
    st.floats(0.5, 2.0),
)
def test_draft_marks_rise_with_their_place(text, offsets, pace):
    offsets = sorted(min(offset, len(text)) for offset in offsets)
    clip = draft.speak(utterance(text, *offsets, pace=pace))
    assert clip.duration_s >= SHORTEST_S / pace - FRAME_S
    for times_s in (clip.times_s, times_within(text, offsets, EN, clip.duration_s)):
        assert list(times_s) == sorted(times_s)
        assert all(0 <= at_s <= clip.duration_s for at_s in times_s)


@given(st.floats(0, 0.5), st.floats(0.05, 0.5), st.floats(0, 0.5))
def test_trimming_leaves_the_sound_and_moves_the_marks_with_it(before_s, sound_s, after_s):
    rate_hz = 16000
    tone = 0.4 * np.sin(2 * np.pi * 440 * np.arange(round(sound_s * rate_hz)) / rate_hz)
    sound = np.concatenate([np.zeros(round(before_s * rate_hz)), tone, np.zeros(round(after_s * rate_hz))])
    clip = trimmed(sound.astype(np.float32), rate_hz, (before_s, 9.0), id="x")
    assert onset_s(clip) <= FRAME_S and abs(clip.duration_s - sound_s) < 0.03
    assert clip.times_s[0] <= FRAME_S and clip.times_s[1] == clip.duration_s
    assert clip.samples[0] == 0 and abs(clip.samples[-1]) < 0.05


def test_silence_is_refused():
    for samples in (np.zeros(0, np.float32), np.zeros(1000, np.float32)):
        with pytest.raises(ExplainerError, match="x: the voice gave no sound"):
            trimmed(samples, 16000, (), id="x")


def test_a_take_is_used_and_its_silence_cut(tmp_path):
    write_wav(tmp_path / "a.b.wav", 1.5, silence_s=0.7)
    asked = utterance("Half and half", 7, folder=tmp_path)
    choice = table.choose("takes", asked)
    assert choice.voice == "takes" and choice.warning == ""
    clip = table.speak("takes", asked)
    assert abs(clip.duration_s - 1.5) < 0.03 and onset_s(clip) <= FRAME_S
    assert 0 < clip.times_s[0] < clip.duration_s
    assert takes.speak(replace(asked, pace=2.0)).duration_s == clip.duration_s
    write_wav(tmp_path / "a.b.wav", 1.4)
    assert table.choose("takes", asked).signature != choice.signature


def test_a_missing_take_falls_back_with_a_warning(tmp_path):
    asked = utterance(tag="de", folder=tmp_path)
    choice = table.choose("takes", asked)
    assert choice.voice == "espeak" and "no take for a.b" in choice.warning
    with pytest.raises(ExplainerError, match="there is no take"):
        table.speak("takes", asked)
    for folder in (None, tmp_path / "none"):
        with pytest.raises(ExplainerError, match="no folder of recordings"):
            table.choose("takes", utterance(folder=folder))


def test_two_takes_of_a_cue_are_refused(tmp_path):
    for name in ("a.b.wav", "a.b.mp3"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ExplainerError, match=r"a\.b\.wav is there too"):
        table.choose("takes", utterance(folder=tmp_path))


def test_an_absurdly_long_take_is_refused_early(tmp_path, monkeypatch):
    write_wav(tmp_path / "a.b.wav", 90)
    with pytest.raises(ExplainerError, match="longer than 60 s"):
        takes.speak(utterance(folder=tmp_path))
    monkeypatch.setattr(takes, "LARGEST_FILE_BYTES", 1000)
    for ask in (takes.speak, takes.signature):
        with pytest.raises(ExplainerError, match="larger than"):
            ask(utterance(folder=tmp_path))


LIST = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/hostname\n"
HEADER = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0"


@pytest.mark.parametrize(
    "content",
    [b"", b"x", LIST, b"ffconcat version 1.0\nfile '/etc/hostname'\n", HEADER + b"\xff" * 40, HEADER + b"\0" * 40,
     b"fLaC" + b"\0" * 80, b"OggS" + b"\xff" * 80, b"\0\0\0\x18ftypM4A " + b"\xff" * 60, b"ID3" + b"\x7f" * 60],
)  # fmt: skip
def test_broken_takes_are_refused_whatever_they_say_they_are(tmp_path, content):
    for end in takes.CONTAINERS:
        path = tmp_path / f"a.b{end}"
        path.write_bytes(content)
        with pytest.raises(ExplainerError) as caught:
            takes.speak(utterance(folder=tmp_path))
        assert "\n" not in str(caught.value) and str(tmp_path) not in str(caught.value)
        path.unlink()


@given(st.binary(max_size=200), st.integers(0, 600))
def test_any_edit_of_a_take_is_used_or_refused(tmp_path_factory, content, at):
    folder = tmp_path_factory.mktemp("takes")
    write_wav(folder / "a.b.wav", 0.1)
    raw = (folder / "a.b.wav").read_bytes()
    (folder / "a.b.wav").write_bytes(raw[:at] + content + raw[at + len(content) :])
    try:
        clip = takes.speak(utterance(folder=folder))
    except ExplainerError as error:
        assert "\n" not in str(error)
    else:
        assert np.isfinite(clip.samples).all() and np.abs(clip.samples).max() <= 1


def fake_piper(sound):
    """A stand-in for the package, whose voice says the same sound for any words, at the pace of its settings."""
    module = types.ModuleType("piper")

    class PiperVoice:
        @staticmethod
        def load(path):
            if path.read_bytes() != b"voice":
                raise RuntimeError("bad protobuf")
            return PiperVoice()

        def synthesize(self, text, syn_config):
            said = np.resize(sound, round(len(sound) * syn_config["length_scale"]))
            return iter([types.SimpleNamespace(sample_rate=16000, audio_float_array=said)] if len(said) else [])

    module.PiperVoice, module.SynthesisConfig = PiperVoice, lambda **settings: settings
    return module


TONE = 0.4 * np.sin(np.arange(16000) * 0.2).astype(np.float32)


def test_piper_speaks_with_a_file_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "piper", fake_piper(TONE))
    (tmp_path / "en_GB-x.onnx").write_bytes(b"voice")
    asked = utterance("Half and half", 7, folder=tmp_path)
    with pytest.raises(ExplainerError, match=r"lacks its en_GB-x\.onnx\.json"):
        table.speak("piper", asked)
    (tmp_path / "en_GB-x.onnx.json").write_text("{}")
    clip = table.speak("piper", asked)
    assert abs(clip.duration_s - 1) < 0.01 and 0.3 < clip.times_s[0] < 0.7
    quick = table.speak("piper", replace(asked, pace=1.25))
    assert abs(quick.duration_s - 0.8) < 0.01
    assert quick.times_s[0] == pytest.approx(clip.times_s[0] * 0.8, rel=0.02)


def test_piper_without_package_voice_or_sense_is_one_clear_line(tmp_path, monkeypatch):
    asked = utterance(folder=tmp_path)
    for folder in (None, tmp_path):
        with pytest.raises(ExplainerError, match=r"no English voice file \(en_\*\.onnx\)"):
            table.speak("piper", utterance(folder=folder))
    (tmp_path / "en_GB-y.onnx").write_bytes(b"broken")
    (tmp_path / "en_GB-y.onnx.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "piper", None)
    for ask in (table.speak, table.choose):
        with pytest.raises(ExplainerError, match="piper-tts is not installed"):
            ask("piper", asked)
    monkeypatch.setitem(sys.modules, "piper", fake_piper(np.zeros(0)))
    with pytest.raises(ExplainerError, match="cannot be loaded"):
        table.speak("piper", asked)
    (tmp_path / "en_GB-y.onnx").write_bytes(b"voice")
    with pytest.raises(ExplainerError, match=r"cannot say a\.b"):
        table.speak("piper", asked)
