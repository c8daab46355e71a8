"""Hostile words, and a small film that says whatever a test wants it to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from explainer.film.request import Quality, Request
from explainer.film.timed import LocalizedFilm
from explainer.timing.planning import SpokenTime, plan
from explainer.words.facts import Known
from explainer.words.film import Film
from explainer.words.languages import languages_of
from explainer.words.localize import Narration, localize
from explainer.words.markup import MarkedText
from explainer.words.pace import duration_s, times_within
from explainer.words.quantities import Fact
from explainer.words.script import Script, parse_script

ROOT = Path(__file__).parents[2]
LANGUAGES = languages_of()
ENGLISH, GERMAN = LANGUAGES["en"], LANGUAGES["de"]

# Each means something to Pango, Typst, SSML, ASS, HTML, ffmpeg, a shell, a template or Python's own formatting.
HOSTILE = (
    "<b>bold</b>",
    '<span size="999999">big</span>',
    "</span>",
    "&amp; &lt; &#65;",
    "<!-- comment",
    "<![CDATA[x]]>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    '#read("/etc/passwd")',
    "$ 1/0 $ #panic()",
    "<break time='9s'/>",
    "<speak>word</speak>",
    r"{\an8\fs200}",
    r"one\Ntwo\hthree",
    "{{ 7 * 7 }}",
    "{% include 'x' %}",
    "%(name)s %n %d",
    "{0.__class__.__mro__}",
    "{particles.__init__.__globals__}",
    "';[in]drawtext=text=x:enable=1,crop=1:1",
    "[CHAPTER]",
    "title=other",
    "; comment # comment",
    "$(touch here) `touch here` | touch here",
    "--> 00:00:00.000",
    "NOTE hidden",
    "../../outside",
    "]]> <a:t>bold</a:t> _x0041_ _x000D_",
    "&#x202e; &lrm; &zwj;",
)

# What no line of a script may hold: control characters, halves of characters, and what turns the direction round.
# Each with how it is shown by formats that are given it all the same.
ODD = {
    "null\0 byte": "null\ufffd byte",
    "bell\a and escape\x1b[31m": "bell\ufffd and escape\ufffd[31m",
    "two\nlines\r\nand\ttabs\x0b": "two lines  and tabs ",
    "next\x85line\u2028separator": "next line separator",
    "half\ud800": "half\ufffd",
    "no character\ufffe\U0010ffff": "no character\ufffd\ufffd",
    "private\ue000": "private\ufffd",
    "\u202eevil\u202c, \u2066isolated\u2069": "\ufffdevil\ufffd, \ufffdisolated\ufffd",
    "\ufeffmark": "\ufffdmark",
}

SCRIPT = """
title = "A film"
[[segment]]
id = "swing"
scene = "scenes.swing:Swing"
title = "Swinging"
[[segment.cue]]
id = "swing.fall"
text = "{particles} of them fall, at the <lowest/>lowest point in {field}."
spoken = "{particles} of them are falling, at the <lowest/>lowest point in {field}."
shows = "A weight falls."
[[segment.cue]]
id = "swing.rest"
text = "Then it rests."
[[segment]]
id = "end"
scene = "scenes.end:End"
title = "The end"
[[segment.cue]]
id = "end.words"
text = "That was all."
[[label]]
id = "swing.weight"
text = "weight in {field}"
"""

FACTS = {
    "particles": Fact("particles", 100.0, "", 0, "physics.particles()"),
    "field": Fact("field", 1.5, "T", 1, "physics.field_T()"),
}


def small_script() -> Script:
    """Two segments with three cues, a label, a mark, two facts."""
    return parse_script(SCRIPT)


def small_film(root: Path = ROOT) -> Film:
    """That script as a film of a folder."""
    return Film(root, "small", small_script(), LANGUAGES)


def timed_film(narration: Narration | None = None, root: Path = ROOT) -> LocalizedFilm:
    """The small film, or other words for it, on the timeline of a voice that needs no sound."""
    film = small_film(root)
    words = narration or localize(film.script, ENGLISH, FACTS)
    durations = {}
    for cue in words.cues:
        text, seconds = cue.speech.text, duration_s(cue.speech.text, words.language)
        marks_s = times_within(text, [at for _, at in cue.speech.marks], words.language, seconds)
        splits_s = times_within(text, cue.speech.splits, words.language, seconds)
        names = [name for name, _ in cue.speech.marks]
        durations[cue.id] = SpokenTime(seconds, dict(zip(names, marks_s, strict=True)), splits_s)
    planned = plan(words, durations, None)
    request = Request(film, words.language.tag, Quality(96, 54, 15))
    return LocalizedFilm(request, words, planned, planned.resampled(15), Known(FACTS))


def film_saying(texts: Sequence[str], title: str) -> LocalizedFilm:
    """A film with a segment for each text, whose title, caption and picture are nothing but it.

    Texts that the grammar of a line refuses get this far all the same: what comes after must hold by itself.
    """
    whole = localize(small_script(), ENGLISH, FACTS)
    segment, cue = whole.segments[-1], whole.cues[-1]
    segments = tuple(
        replace(
            segment,
            id=f"s{number}",
            title=text,
            cues=(replace(cue, id=f"s{number}.cue", caption=MarkedText(text), shows=text),),
        )
        for number, text in enumerate(texts)
    )
    return timed_film(replace(whole, title=title, segments=segments, labels={}))
