"""`storyboard`: one picture of a film, for reviewing it."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_common, add_segments, build

HELP = """\
Draw one picture with the frame at which each cue and mark stands, its caption where a player puts it, and below it its
time and address.

  PROGRAM storyboard
  PROGRAM storyboard --segment swing
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_common(command)
    add_segments(command)


def run(options: argparse.Namespace) -> int:
    """Draw it."""
    from explainer.decks.storyboard import contact_sheets

    return build(options, lambda requests, session: contact_sheets(requests, options.out, session))
