"""`slides`: a stepped deck."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_common, add_look, add_purpose, add_quality, add_segments, build

HELP = """\
Make slides, one a cue or mark: each clip plays when its slide is entered, up to where the picture stands; the narration
is in the notes. html: one file for any browser, offline (arrows or space to step, n notes, p play or pause, s the
presenter's window, f full screen); pptx: for PowerPoint and others, with title and words as text to edit; pdf: a page a
slide as outlines, the narration below.

  PROGRAM slides
  PROGRAM slides --step marks
  PROGRAM slides --to pdf --per-page 4
  PROGRAM slides --to pptx --segment swing --theme light --lang de
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    from explainer.decks.deck import KINDS, STEPS

    add_common(command)
    kinds = ", ".join(KINDS)
    command.add_argument("--to", dest="kind", default="html", metavar="NAME", help=f"{kinds} (default %(default)s)")
    command.add_argument(
        "--step",
        dest="by",
        default=STEPS[0],
        metavar="NAME",
        help=f"a slide each: {', '.join(STEPS)} (default %(default)s)",
    )
    add_quality(command, "m")
    add_segments(command)
    command.add_argument(
        "--per-page", type=int, default=1, metavar="N", help="slides a page of a PDF: 1, 2 or 4 (default %(default)s)"
    )
    command.add_argument("--loop", dest="loops", action="store_true", help="clips begin again when they end")
    add_look(command, theme="", why="; light for a PDF, which is printed")
    add_purpose(command)


def run(options: argparse.Namespace) -> int:
    """Make it."""
    from explainer.decks.slides import Wanted, slides

    options.theme = options.theme or ("light" if options.kind == "pdf" else "dark")
    wanted = Wanted(options.kind, options.by, options.per_page, options.loops)
    return build(options, lambda requests, session: slides(requests, wanted, options.out, session))
