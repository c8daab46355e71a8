"""Other people's files, broken in every way: used or refused by the project's own error, and quickly.

``FUZZ_INPUTS=25000 pytest tests/words/test_fuzzed_loaders.py`` tries that many inputs for each of the loaders.
"""

import os
import struct
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from narration_samples import ENGLISH, FACTS, LANGUAGES, SCRIPT, TOML, drafted, narration_of, script_of

from explainer.errors import ExplainerError
from explainer.timing.captions import captions
from explainer.timing.formats import FORMATS
from explainer.timing.planning import plan
from explainer.timing.timeline import from_json, to_json
from explainer.voices import takes
from explainer.voices.utterance import Utterance
from explainer.words import catalog, markup, updating
from explainer.words.allowed import Allowed
from explainer.words.localize import localize
from explainer.words.script import parse_script

INPUTS = int(os.environ.get("FUZZ_INPUTS", "100"))
LONGEST_S = 5.0
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
fuzz = settings(max_examples=INPUTS, suppress_health_check=SLOW)

BRACES = ["{", "}", "{{", "{a.b}", "{0}", "{cold}", "{field!r}", "<", ">", "<m/>", "<flat/>", "</b>", "&lt;", "--> "]
CONTROLS = ["\\", "\\n", '"', "'", "\n", "\0", "\u202e", "\ufeff", "\ud7ff", "温", "\u093c", "%s", "../", "9" * 400]
KEYS = ["[[", "]]", "[[segment]]", "[film]", "=", "id = ", "title", "msgid ", "msgstr ", "msgctxt ", "#~ ", "#, fuzzy"]
PIECES = [*BRACES, *CONTROLS, *KEYS, "null", "1e999", "nan", "-1", ",", ":", "[", "]"]


@st.composite
def broken(draw, whole):
    """A text with up to four places cut, overwritten or filled with something hostile."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(whole)))
        filling = draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)))
        whole = whole[:at] + filling + whole[at + draw(st.integers(0, 12)) :]
    return whole


def used_or_refused(use):
    started = time.perf_counter()
    try:
        use()
    except ExplainerError as error:
        assert str(error).isprintable()
    assert time.perf_counter() - started < LONGEST_S


def updated(old):
    return updating.updated(old, catalog.sources(SCRIPT), LANGUAGES["de"], {}, file="de.po", project="a-film")


PO = updated("").replace('msgstr ""', 'msgstr "{field} <flat/>x"')
FLAT = narration_of("It is <m/>flat.")
TIMELINE = to_json(plan(FLAT, drafted(FLAT), None))


@fuzz
@given(broken(TOML))
def test_scripts(text):
    used_or_refused(lambda: localize(parse_script(text), ENGLISH, FACTS))


@fuzz
@given(broken(PO))
def test_catalogues(text):
    def use():
        found = catalog.parse(text, file="de.po")
        localize(SCRIPT, LANGUAGES["de"], FACTS, found, allowed=Allowed(missing=True))
        updated(text)

    used_or_refused(use)


@fuzz
@given(broken("At {cold} it is <flat/>flat, in {field}."), st.sampled_from(list(LANGUAGES.values())))
def test_lines_placeholders_and_captions(text, language):
    def use():
        markup.parse(text, file="f", id="i")
        narration = localize(script_of(text), ENGLISH, FACTS)
        shown = captions(plan(narration, drafted(narration), None), narration)
        for form in FORMATS.values():
            form.compose(shown, language)

    used_or_refused(use)


@fuzz
@given(broken(TIMELINE))
def test_timelines(text):
    used_or_refused(lambda: from_json(text))


WAV = b"RIFF" + struct.pack("<I", 436) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
WAV += b"data" + struct.pack("<I", 400) + bytes(range(200)) * 2


@fuzz
@given(
    st.lists(st.tuples(st.integers(0, 60), st.binary(min_size=1, max_size=8)), min_size=1, max_size=4),
    st.sampled_from(list(takes.CONTAINERS)),
)
def test_recorded_takes(tmp_path_factory, changes, end):
    folder = tmp_path_factory.getbasetemp() / "fuzzed-takes"
    folder.mkdir(exist_ok=True)
    raw = WAV
    for at, filling in changes:
        raw = raw[:at] + filling + raw[at + len(filling) :]
    path = folder / f"a.b{end}"
    path.write_bytes(raw)
    try:
        used_or_refused(lambda: takes.speak(Utterance("x", (), ENGLISH, cue_id="a.b", folder=folder)))
    finally:
        path.unlink()
