"""Sound is mixed, mastered and measured in blocks: to the bits of one piece, and in memory that does not grow."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.media import loudness, opus, sound
from explainer.media.loudness import BOTH_SPEAKERS_LU, RATE_HZ, Meter, Samples, SamplesFile, blocks
from explainer.words.film import open_film

ROOT = Path(__file__).resolve().parents[2]
GAP = RATE_HZ // 3


@pytest.fixture(scope="module")
def spoken() -> Samples:
    """The cues of the minute, as its English takes say them."""
    film = open_film(ROOT)
    takes = [
        opus.read(ROOT / "narration" / "takes" / film.id / "en" / f"{cue.id}.opus")
        for segment in film.script.segments
        for cue in segment.cues
    ]
    return np.concatenate([part for take in takes for part in (take, np.zeros(GAP, np.float32))])


@settings(max_examples=20, deadline=None)
@given(st.integers(RATE_HZ, 3 * RATE_HZ), st.lists(st.integers(0, 3 * RATE_HZ), max_size=5), st.floats(-80, 0))
def test_the_meter_says_what_pyloudnorm_says_however_it_hears_the_track(
    length: int, cuts: list[int], level_db: float
) -> None:
    noise = np.random.default_rng(length).standard_normal(length) * 10 ** (level_db / 20)
    track = (noise * np.linspace(0, 1, length) ** 4).astype(np.float32)
    meter = Meter()
    edges = [0, *sorted(min(cut, length) for cut in cuts), length]
    for start, stop in pairwise(edges):
        meter.hear(track[start:stop])
    expected = pyloudnorm.Meter(RATE_HZ).integrated_loudness(track.astype(np.float64)) + BOTH_SPEAKERS_LU
    assert meter.integrated_lufs() == pytest.approx(expected, abs=1e-9)


def test_the_films_speech_is_as_loud_as_pyloudnorm_says(spoken: Samples) -> None:
    expected = pyloudnorm.Meter(RATE_HZ).integrated_loudness(spoken.astype(np.float64)) + BOTH_SPEAKERS_LU
    assert sum(1 for _ in blocks(len(spoken))) > 5
    assert loudness.integrated_lufs(spoken) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("gain", [0.1, 4.0])
def test_a_track_in_blocks_has_the_bits_of_one_in_a_piece(
    spoken: Samples, gain: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = spoken[: 17 * RATE_HZ] * np.float32(gain)
    in_blocks, heard = sound.mastered(track, -1.3), loudness.loudness(track)
    monkeypatch.setattr(loudness, "BLOCK", 10**9)
    assert list(blocks(len(track))) == [(0, len(track))]
    assert np.array_equal(sound.mastered(track, -1.3), in_blocks)
    assert loudness.loudness(track) == heard


@given(st.integers(0, 5 * loudness.BLOCK))
def test_blocks_follow_one_another_and_none_is_short(length: int) -> None:
    found = list(blocks(length))
    assert [found[0][0], found[-1][1]] == [0, length]
    assert all(stop == start for (_, stop), (start, _) in pairwise(found))
    assert len(found) == 1 or all(loudness.BLOCK <= stop - start < 2 * loudness.BLOCK for start, stop in found)


def test_a_file_of_samples_reads_like_an_array(tmp_path: Path) -> None:
    samples = np.arange(10, dtype=np.float32)
    file = SamplesFile.written(tmp_path / "a", iter([samples[:4], samples[4:]]))
    assert len(file) == 10
    for stretch in (slice(None), slice(2, 5), slice(8, 99), slice(5, 5), slice(20, 30)):
        assert np.array_equal(file[stretch], samples[stretch])
    file.add(3, np.ones(2, np.float32))
    assert list(file[2:6]) == [2, 4, 5, 5]


def peak_bytes(spoken: Samples, times: int, folder: Path) -> int:
    """What mixing, mastering and measuring a film takes in which this is said so many times."""

    def clips() -> Iterator[sound.Placed]:
        for number in range(times):
            yield sound.Placed(spoken, RATE_HZ, number * len(spoken), "cue")

    folder.mkdir()
    tracemalloc.start()
    try:
        mono = sound.mix(clips(), times * len(spoken), folder / "mixed")
        mastered = sound.master(mono, -1.3, folder)
        sound.write_wav(folder / "a.wav", mastered)
        assert loudness.integrated_lufs(mastered) == pytest.approx(sound.TARGET_LUFS, abs=0.5)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("minutes", "even"), [((0.5, 1.5), False), ((2, 20), True)])
def test_memory_does_not_grow_with_the_film(
    spoken: Samples, minutes: tuple[float, float], even: bool, tmp_path: Path
) -> None:
    clip = spoken[: 2 * loudness.BLOCK]  # 10 s
    if even:  # no round of gain and limiter is needed, which would take most of the time
        clip = sound.mastered(clip, -1.5)
    short, long = (peak_bytes(clip, round(each * 6), tmp_path / str(each)) for each in minutes)
    assert long - short < 1e6  # an array of the longer track has 12 MB a minute
    assert long < 20e6
