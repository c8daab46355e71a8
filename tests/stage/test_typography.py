import manim as mn
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.stage.typography import BODY, SMALL, TITLE, Readout, em, formula, set_size, words
from explainer.words.quantities import UNITS


def readout(position: tuple[float, float, float] = (0, 0, 0), unit_letters: str = "") -> Readout:
    return Readout(np.array(position, dtype=float), BODY, False, "Inter", unit_letters)


def test_figures_do_not_jitter() -> None:
    shown = readout()
    tails = []
    for digit in "0123456789":
        shown.write(f"{digit} K")
        tails.append(shown.points[:, 0].max())
    assert np.ptp(tails) < 1e-9


def test_figures_stand_on_the_baseline_they_were_given() -> None:
    shown = readout((1.0, 2.0, 0.0))
    shown.write("1")
    assert shown.points[:, 1].min() == pytest.approx(2.0, abs=0.01 * em(BODY))
    assert 0.65 < (shown.points[:, 1].max() - 2.0) / em(BODY) < 0.8


def test_writing_the_same_again_changes_nothing() -> None:
    shown = readout()
    shown.write("42")
    before = shown.points
    shown.write("42")
    assert shown.points is before


def test_nothing_to_write_leaves_nothing_behind() -> None:
    shown = readout()
    shown.write("42")
    shown.write("")
    assert len(shown.points) == 0


def test_every_letter_of_any_unit_has_an_outline() -> None:
    units = (*UNITS, "µmol/ℓ", "N m")
    shown = readout(unit_letters="".join(units))
    for letter in set("".join(units)) - {" "}:
        shown.write(letter)
        assert len(shown.points), letter


def test_letters_that_no_unit_has_leave_a_gap() -> None:
    shown = readout()
    shown.write("1h")
    alone = len(shown.points)
    shown.write("1")
    assert len(shown.points) == alone


def test_marks_of_direction_take_no_room() -> None:
    shown, plain = readout(), readout()
    shown.write("\u2066\N{MINUS SIGN}5.0\u00a0mK\u2069")
    plain.write("\N{MINUS SIGN}5.0\u00a0mK")
    assert np.array_equal(shown.points, plain.points)


@pytest.mark.parametrize("text", ["Entropy", "熵", "エントロピー", "الإنتروبيا", "ضخ", "एन्ट्रॉपी", "<b>&amp;"])
def test_words_of_every_script_have_outlines(text: str) -> None:
    shaped = words(text, "Inter")
    assert isinstance(shaped, mn.VMobject)
    assert len(shaped.points) and not shaped.submobjects


def ink(drawn: mn.VMobject) -> np.ndarray:
    """Where a formula is seen, a pixel each, shape (height, width)."""
    with mn.tempconfig({"pixel_width": 800, "pixel_height": 450, "frame_width": 14.0, "frame_height": 7.875}):
        camera = mn.Camera()
        camera.capture_mobjects([drawn.set_fill("#ffffff", 1.0).move_to(mn.ORIGIN)])
        return camera.pixel_array[..., 0] > 127


@pytest.mark.parametrize("notation", ["frac(a, b)", "a / b"])
def test_the_bar_of_a_fraction_is_drawn_between_its_parts(notation: str) -> None:
    seen = ink(formula(notation, 120.0))
    rows = np.flatnonzero(seen.any(axis=1))
    solid = [row for row in rows if seen[row].sum() == np.ptp(np.flatnonzero(seen[row])) + 1]
    left, right = np.flatnonzero(seen.any(axis=0))[[0, -1]]
    bar = [row for row in solid if seen[row].sum() >= 0.95 * (right - left + 1)]
    assert 3 <= len(bar) <= 8
    assert bar == list(range(bar[0], bar[-1] + 1))
    assert rows[0] + 20 < bar[0] and bar[-1] + 20 < rows[-1]
    assert not seen[bar[0] - 3].any() and not seen[bar[-1] + 3].any()


def test_the_bar_of_a_root_joins_its_sign_without_a_hole() -> None:
    seen = ink(formula("sqrt(x)", 120.0))
    top = np.flatnonzero(seen.any(axis=1))[0] + 1
    assert np.ptp(np.flatnonzero(seen[top])) + 1 == seen[top].sum() > 50


def test_a_slash_has_no_bar() -> None:
    seen = ink(formula("a \\/ b", 120.0))
    assert all(seen[row].sum() < 0.6 * seen.any(axis=0).sum() for row in range(len(seen)))


def test_small_type_takes_all_of_a_scale_and_titles_none() -> None:
    assert set_size(SMALL, 1.3) / SMALL == set_size(BODY, 1.3) / BODY == pytest.approx(1.3)
    assert set_size(TITLE, 1.3) == TITLE and set_size(2 * TITLE, 1.3) == 2 * TITLE


@given(st.floats(8, 120), st.floats(8, 120), st.floats(1, 1.5))
def test_what_is_larger_stays_larger_and_nothing_becomes_smaller(size: float, other: float, type_scale: float) -> None:
    assert set_size(size, 1.0) == size <= set_size(size, type_scale)
    low, high = sorted((size, other))
    assert set_size(low, type_scale) <= set_size(high, type_scale) + 1e-9
