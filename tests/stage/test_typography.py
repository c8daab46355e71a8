import manim as mn
import numpy as np
import pytest

from explainer.stage.typography import BODY, Readout, em, words


def left_ends(readout: Readout, text: str) -> np.ndarray:
    readout.write(text)
    return np.array([readout.points[:, 0].min(), readout.points[:, 0].max()])


def test_figures_do_not_jitter() -> None:
    readout = Readout(np.zeros(3), BODY)
    readout.write("-1.1 mK")
    tails = []
    for digit in "0123456789":
        readout.write(f"{digit} K")
        tails.append(readout.points[:, 0].max())
    assert np.ptp(tails) < 1e-9


def test_figures_stand_on_the_baseline_they_were_given() -> None:
    readout = Readout(np.array([1.0, 2.0, 0.0]), BODY)
    readout.write("1")
    assert readout.points[:, 1].min() == pytest.approx(2.0, abs=0.01 * em(BODY))
    assert 0.65 < (readout.points[:, 1].max() - 2.0) / em(BODY) < 0.8


def test_writing_the_same_again_changes_nothing() -> None:
    readout = Readout(np.zeros(3))
    readout.write("42")
    before = readout.points
    readout.write("42")
    assert readout.points is before


def test_nothing_to_write_leaves_nothing_behind() -> None:
    readout = Readout(np.zeros(3))
    readout.write("42")
    readout.write("")
    assert len(readout.points) == 0


@pytest.mark.parametrize("text", ["Entropy", "熵", "エントロピー", "الإنتروبيا", "ضخ", "एन्ट्रॉपी", "<b>&amp;"])
def test_words_of_every_script_have_outlines(text: str) -> None:
    shaped = words(text, "Inter")
    assert isinstance(shaped, mn.VMobject)
    assert len(shaped.points) and not shaped.submobjects
