"""The neural voice: marks from its own lengths of phonemes, numbers said right; what is missing is one clear line."""

from __future__ import annotations

import multiprocessing
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from narration_samples import LANGUAGES

from explainer.errors import ExplainerError
from explainer.film.environment import environment
from explainer.voices import kokoro, kokoro_files, phonemes, table
from explainer.voices.clip import Clip
from explainer.voices.table import VOICES
from explainer.voices.utterance import Utterance
from explainer.words.quantities import spoken

SPEAKERS = {tag: language for tag, language in LANGUAGES.items() if language.kokoro_voice and tag != "qps"}
SENTENCES = {
    "en": "The top of the dome is flat. Beyond it, more energy means less entropy.",
    "es": "La cima es plana. Después, más energía es menos entropía.",
    "fr": "Le sommet est plat. Ensuite, plus d’énergie, moins d’entropie.",
    "hi": "शिखर समतल है। उसके बाद, अधिक ऊर्जा, कम एन्ट्रॉपी।",
    "ja": "ちょうじょうは たいらです。そのさきでは、エネルギーが ふえます。",
    "zh-Hans": "顶部是平的。之后，能量越多，熵越小。",
}
SECOND = {
    "en": "Beyond",
    "es": "Después",
    "fr": "Ensuite",
    "hi": "उसके",
    "ja": "そのさき",
    "zh-Hans": "之后",
}


def missing(tag: str = "en") -> str:
    """Why the voice cannot speak here; empty if it can."""
    try:
        kokoro.signature(utterance("x", tag=tag))
    except ExplainerError as error:
        return str(error)
    return ""


def utterance(text: str, *offsets: int, tag: str = "en", pace: float = 1.0) -> Utterance:
    return Utterance(text, offsets, LANGUAGES[tag], pace, "a.b")


def said(text: str, tag: str) -> bytes:
    """For a worker process: the samples of a clip as bytes."""
    return table.speak("kokoro", utterance(text, tag=tag)).samples.tobytes()


def spelled(text: str, tag: str) -> str:
    return phonemes.spelled(text, (), LANGUAGES[tag]).phonemes


installed = pytest.mark.skipif(bool(missing()), reason=missing())
each_language = pytest.mark.parametrize(
    "tag", [pytest.param(tag, marks=pytest.mark.skipif(bool(missing(tag)), reason=missing(tag))) for tag in SPEAKERS]
)


def test_the_languages_it_speaks() -> None:
    assert set(SPEAKERS) == {"en", "es", "fr", "hi", "ja", "zh-Hans"}
    for tag, language in LANGUAGES.items():
        assert table.speaks("kokoro", language) is bool(language.kokoro_voice)
        if tag not in SENTENCES and tag != "qps":
            for ask in (kokoro.speak, kokoro.signature):
                with pytest.raises(ExplainerError, match=f"not speak {language.english_name}; use --voice"):
                    ask(utterance("x", tag=tag))


def test_without_its_files_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(kokoro_files.VARIABLE, str(tmp_path))
    for ask in (kokoro.speak, kokoro.signature):
        with pytest.raises(ExplainerError, match="voice kokoro: its model or its voices are not installed; make voice"):
            ask(utterance("Hello"))


def test_without_its_packages_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(kokoro_files.VARIABLE, str(tmp_path))
    for name in ("kokoro-v1.0.onnx", "voices-v1.0.bin"):
        (tmp_path / name).write_bytes(b"x")
    monkeypatch.setattr(kokoro, "TOOLS", ("no-such-package",))
    with pytest.raises(ExplainerError, match="no-such-package is not installed; make voice"):
        kokoro.signature(utterance("Hello"))
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ExplainerError, match="onnx is not installed; make voice"):
        kokoro._model(tmp_path / "kokoro-v1.0.onnx")


@installed
def test_broken_files_are_one_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(kokoro_files.VARIABLE, str(tmp_path))
    for name in ("kokoro-v1.0.onnx", "voices-v1.0.bin"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ExplainerError, match="has no voice af_heart"):
        kokoro.speak(utterance("Hello"))
    with pytest.raises(ExplainerError, match=r"kokoro-v1\.0\.onnx cannot be loaded"):
        kokoro._model(tmp_path / "kokoro-v1.0.onnx")


def test_style_vectors_are_gathered_into_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if missing():
        pytest.skip(missing())
    monkeypatch.setenv(kokoro_files.VARIABLE, str(tmp_path / "there"))
    with pytest.raises(ExplainerError, match="no style vectors"):
        kokoro_files.gather(tmp_path)
    style = np.random.default_rng(1).standard_normal(kokoro_files.STYLE_SHAPE).astype("<f4")
    style.tofile(tmp_path / "af_heart.bin")
    assert kokoro_files.gather(tmp_path) == kokoro_files.find()
    with np.load(kokoro_files.find().voices, allow_pickle=False) as styles:
        assert np.array_equal(styles["af_heart"], style)


def test_other_machines_of_a_cluster_need_not_have_it() -> None:
    assert VOICES["kokoro"].at_home
    assert "voice kokoro" not in environment((), ())


@each_language
def test_the_lengths_of_phonemes_make_up_the_sound(tag: str) -> None:
    files, text = kokoro_files.find(), spelled(SENTENCES[tag], tag)
    with np.load(files.voices, allow_pickle=False) as styles:
        style = styles[LANGUAGES[tag].kokoro_voice][len(text) - 1]
    samples, frames = kokoro.sound(text, style, 1.0, files.model)
    assert len(frames) == len(text) + 2
    assert frames.min() >= 1
    assert frames.sum() * kokoro.FRAME_SAMPLES == len(samples)


@each_language
def test_a_mark_is_at_the_sound_of_its_word(tag: str) -> None:
    """After a pause the sound comes back within a tenth of a second of the mark before the next sentence."""
    text = SENTENCES[tag]
    clip = kokoro.speak(utterance(text, 0, text.index(SECOND[tag]), len(text), tag=tag))
    start_s, second_s, end_s = clip.times_s
    assert start_s <= 0.1 and end_s == pytest.approx(clip.duration_s, abs=0.1)
    window = clip.rate_hz // 100
    level = np.abs(clip.samples[: len(clip.samples) // window * window]).reshape(-1, window).max(axis=1)
    quiet = np.flatnonzero(level[: round(second_s * 100) + 3] < 0.02)
    assert abs((quiet[-1] + 1) / 100 - second_s) <= 0.1


@each_language
def test_numbers_are_said_as_words(tag: str) -> None:
    """Units, minus signs and decimals, written or as the engine writes them out."""
    language = LANGUAGES[tag]
    told = spelled(spoken(Decimal("-5.0"), "mK", language), tag)
    for word in (language.spoken_minus, language.spoken_point, language.unit_name("mK")):
        letters = [letter for letter in spelled(word, tag) if letter.isalpha()]
        found = iter(told)
        assert sum(letter in found for letter in letters) >= 0.7 * len(letters), (word, told)
    assert spelled("\N{MINUS SIGN}5", tag).split() == spelled(f"{language.spoken_minus} 5", tag).split()
    assert not any(character.isdigit() for character in spelled("5 60 100", tag))


@installed
def test_marks_among_numbers_are_at_their_own() -> None:
    text = "As energy rises: 1, 4, 6, 4, 1, then 100 of the others."
    words = ("1, 4, 6", "4, 6", "6, 4", "4, 1", "1, then", "100", "others")
    found = phonemes.spelled(text, [text.index(word) for word in words], LANGUAGES["en"])
    heads = [found.phonemes[at:].replace("ˈ", "").replace("ˌ", "")[:3] for at in found.places]
    assert heads == ["wʌn", "fɔː", "sɪk", "fɔː", "wʌn", "wʌn", "ʌðɚ"]
    assert list(found.places) == sorted(found.places)


@installed
def test_a_foreign_word_brings_no_name_of_its_language() -> None:
    assert "en" not in spelled("Der Laser sagt hello world.", "es").split()
    assert "(" not in spelled("El show must go on.", "es")


@installed
def test_the_same_words_give_the_same_samples_in_any_process() -> None:
    first = said("Hotter than infinity.", "en")
    said("Something else in between.", "en")
    assert said("Hotter than infinity.", "en") == first
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(said, ("Hotter than infinity.", "en")) == first


@installed
def test_a_quicker_pace_shortens_speech_and_moves_its_marks_with_it() -> None:
    text = SENTENCES["en"]

    def at(own: float, asked: float) -> Clip:
        """Said at a language's own pace times the one that is asked for."""
        wanted = utterance(text, text.index("more"), pace=asked)
        return kokoro.speak(replace(wanted, language=replace(wanted.language, kokoro_pace=own)))

    usual, quick = at(1.0, 1.0), at(1.0, 1.25)
    # Sounds last whole frames of the model's, so that the more of them are shortest the less a pace shortens the rest.
    assert quick.duration_s == pytest.approx(usual.duration_s / 1.25, rel=0.1)
    assert quick.times_s[0] == pytest.approx(usual.times_s[0] / 1.25, rel=0.1)
    swapped = at(1.25, 1.0)
    assert np.array_equal(swapped.samples, quick.samples) and swapped.times_s == quick.times_s


@installed
@pytest.mark.parametrize("text", ["...", "word " * 200])
def test_no_words_or_far_too_many_are_one_clear_line(text: str) -> None:
    with pytest.raises(ExplainerError) as caught:
        kokoro.speak(utterance(text))
    assert "\n" not in str(caught.value) and "voice kokoro" in str(caught.value)


@installed
def test_who_spoke_is_told_in_full() -> None:
    who = table.provenance("kokoro", utterance("x"))
    assert (who["name"], who["speaker"], who["licence"]) == ("kokoro", "af_heart", "Apache-2.0")
    assert len(who["model_sha256"]) == 64 and {"kokoro-onnx", "phonemizer"} <= who["tools"].keys()
