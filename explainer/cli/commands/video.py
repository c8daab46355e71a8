"""`video`: the film."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_common, add_look, add_quality, add_segments, build

HELP = """\
Make the film: out/<lang>/<film>.<lang>.mp4, beside it captions (.srt, .vtt), chapters (.chapters.vtt), a transcript
page (.html), a poster (.png) and a manifest (.json). What has not changed since the last run is reused.

  PROGRAM video                      the film at 1080p60
  PROGRAM video -ql --segment swing  a quick look at one segment (480p15)
  PROGRAM video --takes my_voice/    your own voice: one audio file a cue, named for the cue (swing.fall.wav)
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_common(command)
    add_quality(command, "h")
    add_segments(command)
    add_look(command)
    command.add_argument(
        "--whole-frames",
        dest="whole",
        action="store_true",
        help="draw every frame anew by Manim's camera alone, not only what changed: slower, the same pictures",
    )


def run(options: argparse.Namespace) -> int:
    """Make it."""
    from explainer.film.build import films

    return build(options, lambda requests, session: films(requests, options.out, session))
