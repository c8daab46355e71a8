"""The search makes few candidates, and what it takes is the first that fits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from explainer.clips.budget import Candidate, bytes_of, candidates, fit
from explainer.clips.clip import clip_writer, load
from explainer.clips.formats import FORMATS
from explainer.clips.gif import OPAQUE_FROM, stood
from explainer.clips.gif_palette import Histogram, histogram, nearest_colour, palette
from explainer.errors import ExplainerError
from explainer.film.request import quality_of, size_px
from explainer.stage.look import ASPECTS

GIF = FORMATS["gif"]
CHOICES = candidates(GIF, 960, 50, 64, "16:9")


def size_bytes(choice: Candidate) -> int:
    """What a drawn clip comes to, roughly."""
    return int(choice.width * choice.height**0.2 * choice.fps**0.8 * (10 + choice.level**0.5))


@given(st.integers(1_000, 2_000_000))
def test_what_is_chosen_fits_and_little_is_made(max_bytes: int) -> None:
    made: list[Candidate] = []

    def size_of(choice: Candidate) -> int:
        made.append(choice)
        return size_bytes(choice)

    smallest = min(size_bytes(choice) for choice in CHOICES)
    try:
        chosen = fit(CHOICES, max_bytes, GIF.levels, size_of)
    except ExplainerError as error:
        assert max_bytes < 1.2 * smallest
        assert "cannot be met" in str(error)
    else:
        assert size_bytes(chosen) <= max_bytes
    assert len(made) <= 12


def test_what_is_asked_for_comes_first_and_nothing_is_better_than_it() -> None:
    assert CHOICES[0] == Candidate(960, 540, 50, 64)
    assert all(c.width <= 960 and c.fps <= 50 and c.level <= 64 for c in CHOICES)
    assert fit(CHOICES, 10**9, GIF.levels, size_bytes) == CHOICES[0]


@pytest.mark.parametrize(
    ("text", "size"), [("4MB", 4_000_000), ("800 kb", 800_000), ("1.5MiB", 1_572_864), ("120000", 120_000), ("7B", 7)]
)
def test_sizes_are_read(text: str, size: int) -> None:
    assert bytes_of(text) == size


@pytest.mark.parametrize("text", ["", "4 lightyears", "-1MB", "0", "MB", "1e3"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ExplainerError, match="is not a size; write for instance 4MB"):
        bytes_of(text)


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("letter", "lmhk")
def test_sizes_are_even_and_have_their_shape(letter: str, aspect: str) -> None:
    quality = quality_of(letter, aspect)
    assert quality.width % 2 == quality.height % 2 == 0
    across, down = map(int, aspect.split(":"))
    assert quality.width / quality.height == pytest.approx(across / down, rel=0.002)


@given(st.integers(30, 3000), st.sampled_from(list(ASPECTS)))
def test_the_height_follows_the_width(width: int, aspect: str) -> None:
    across, down = map(int, aspect.split(":"))
    made = size_px(width, aspect)
    assert made[0] % 2 == made[1] % 2 == 0
    assert abs(made[0] - width) <= 1 and abs(made[1] - width * down / across) <= 1


def test_unknown_shapes_and_qualities_are_refused() -> None:
    with pytest.raises(ExplainerError, match="no shape '4:3'; use one of 16:9, 9:16, 1:1"):
        size_px(100, "4:3")
    with pytest.raises(ExplainerError, match="no quality 'x'; use one of l, m, h, k"):
        quality_of("x", "1:1")


def packed(rgb: NDArray[np.uint8]) -> NDArray[np.uint32]:
    return rgb.astype(np.uint32) @ np.array([1, 1 << 8, 1 << 16], np.uint32)


def count(pixels: NDArray[np.uint8]) -> Histogram:
    return histogram([(packed(pixels), np.ones(len(pixels), np.uint32))])


@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=60, unique=True), st.integers(2, 32))
def test_a_palette_is_small_and_serves_every_colour(colours: list[tuple[int, int, int]], most: int) -> None:
    pixels = np.array(colours, np.uint8)
    table = palette(count(pixels), most)
    assert 1 <= len(table) <= most
    rows = nearest_colour(pixels, table)
    assert rows.shape == (len(pixels),) and rows.max() < len(table)
    if len(pixels) == 1:
        assert np.array_equal(table, pixels)


@given(
    arrays(np.uint8, (60, 3), elements=st.sampled_from([0, 3, 4, 120, 255])),
    arrays(np.uint32, (60,), elements=st.integers(1, 9)),
)
def test_a_pixel_counts_as_often_as_it_stood(pixels: NDArray[np.uint8], times: NDArray[np.uint32]) -> None:
    parts = zip(np.split(packed(pixels), [7, 7, 40]), np.split(times, [7, 7, 40]), strict=True)
    counted, expected = histogram(parts), count(np.repeat(pixels, times, axis=0))
    assert np.array_equal(counted.pixels, expected.pixels)
    assert np.array_equal(counted.rgb, expected.rgb)


def test_a_flat_ground_keeps_its_colour_among_many() -> None:
    rng = np.random.default_rng(1)
    ground = np.array([10, 15, 30], np.uint8)
    edges = rng.integers(0, 255, (500, 3)).astype(np.uint8)
    pixels = np.concatenate([np.tile(ground, (90_000, 1)), edges])
    counted = count(pixels)
    assert isinstance(counted, Histogram)
    assert (palette(counted, 16) == ground).all(axis=1).any()


def test_a_palette_keeps_the_colours_of_words_that_the_clip_has() -> None:
    ink, muted = (120, 30, 140), (75, 86, 110)
    shades = np.array([(level, 20, 255 - level) for level in range(256)], np.uint8)
    pixels = np.concatenate([np.repeat(shades, 100, axis=0), np.repeat(np.array([ink], np.uint8), 3, axis=0)])
    counted = count(pixels)
    kept = palette(counted, 16, np.array([ink, muted], np.uint8))
    assert len(kept) <= 16
    assert (kept == ink).all(axis=1).any() and not (kept == muted).all(axis=1).any()
    assert not (palette(counted, 16) == ink).all(axis=1).any()


def test_the_colours_of_a_clip_are_counted_in_each_of_its_pictures(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    picture = rng.integers(0, 256, (24, 36, 4)).astype(np.uint8)
    pictures = []
    with clip_writer(tmp_path, 36, 24, 20) as writer:
        for _ in range(6):
            changed = rng.random((24, 36)) < 0.2
            picture[changed] = rng.integers(0, 256, (int(changed.sum()), 4))
            pictures.append(picture.copy())
            writer.write(picture)
    every = np.concatenate(pictures).reshape(-1, 4)
    for transparent, pixels in ((False, every), (True, every[every[:, 3] >= OPAQUE_FROM])):
        counted, expected = histogram(stood(load(tmp_path), transparent)), count(pixels[:, :3])
        assert np.array_equal(counted.pixels, expected.pixels)
        assert np.array_equal(counted.rgb, expected.rgb)
