"""Hostile words and small pieces that several tests share."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "pipeline"))
make_project = import_module("film_project").make_project
PACKAGES = ("physics", "narration", "scenes", "pipeline", "figures", "exports", "page")

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
