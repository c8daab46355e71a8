import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.stage.motion import Fade, Track, ease, ease_array

unit = st.floats(0, 1)
keys = st.lists(st.tuples(st.integers(0, 1000), st.floats(-10, 10)), min_size=1, max_size=6, unique_by=lambda k: k[0])


@given(st.floats(-5, 5))
def test_ease_stays_between_its_ends_and_is_symmetric(alpha: float) -> None:
    assert 0 <= ease(alpha) <= 1
    assert ease(alpha) + ease(1 - alpha) == pytest.approx(1, abs=1e-12)


@given(unit, unit)
def test_ease_never_turns_back(a: float, b: float) -> None:
    assert (ease(a) <= ease(b) + 1e-15) == (a <= b) or abs(ease(a) - ease(b)) < 1e-15


def test_ease_is_at_rest_at_both_ends() -> None:
    step = 1e-4
    assert ease(step) / step < 1e-6
    assert (1 - ease(1 - step)) / step < 1e-6


def test_ease_of_an_array_is_ease_of_each() -> None:
    alphas = np.linspace(-0.5, 1.5, 41)
    assert ease_array(alphas).tolist() == pytest.approx([ease(a) for a in alphas], abs=1e-15)


@given(keys, st.floats(-100, 1100))
def test_a_track_passes_its_keys_and_stays_within_them(pairs: list[tuple[int, float]], frame: float) -> None:
    track = Track(tuple(sorted(pairs)))
    values = [value for _, value in pairs]
    assert min(values) - 1e-9 <= track(frame) <= max(values) + 1e-9
    for at, value in pairs:
        assert track(at) == pytest.approx(value, abs=1e-12)


@given(st.integers(0, 100), st.integers(30, 200), st.integers(0, 12), st.integers(-50, 400))
def test_a_fade_is_dark_outside_and_full_between(start: int, length: int, fade: int, frame: int) -> None:
    stop = start + length
    opacity = Fade(start, stop, fade)(frame)
    if frame < start or frame >= stop:
        assert opacity == 0
    elif start + fade <= frame <= stop - fade and frame < stop:
        assert opacity == 1
    else:
        assert 0 <= opacity <= 1
