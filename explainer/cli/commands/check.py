"""`check`: what a film says and shows, held against its rules and its physics."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_common, add_look, add_purpose, add_quality, requests_of, session_of

KINDS = ("physics", "layout", "states", "captions", "film", "motion")
HELP = """\
Check what the film says and shows; every check by default, or those named. Exit status 1 when one fails.

  --physics   formulas against laws, limits and published values
  --layout    at each cue and mark, and between: texts inside the safe area, apart, readable, clear of the captions
              and of what captions that are drawn in would cover
  --states    what the scenes show against an independent evaluation of the physics, and markers found in the pixels
  --captions  reading speed, line lengths, gaps, timing against the speech
  --finished  the finished film: frames, sound length, loudness, speech heard where its cues say
  --motion    the finished film: how long it rests, how much of the frame is drawn, how alike its seams are; held to
              the limits that the script has in [film.motion], if any
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_common(command)
    add_quality(command, "h")
    add_look(command)
    add_purpose(command)
    for kind in KINDS:
        option = "--finished" if kind == "film" else f"--{kind}"
        command.add_argument(option, dest=f"check_{kind}", action="store_true", help="only this (or with others)")


def run(options: argparse.Namespace) -> int:
    """Check it."""
    from explainer.checks.run import run_checks
    from explainer.cli.report import print_checks

    kinds = tuple(kind for kind in KINDS if getattr(options, f"check_{kind}")) or KINDS
    requests = requests_of(options)
    with session_of(options, requests[0].film) as session:
        checked = run_checks(requests, kinds, options.out, session)
    return print_checks(kinds, checked)
