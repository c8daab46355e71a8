"""`still`: one frame."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_common, add_look, add_matte, add_purpose, build

HELP = """\
Draw one frame of a segment: as pixels of any size (png), or as outlines that stay sharp at every size (svg, pdf).

  PROGRAM still swing --at swing.fall:lowest
  PROGRAM still swing --at swing.fall:hold
  PROGRAM still swing --at swing.rest+1 --format pdf --theme light --lang de
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    from explainer.clips.formats import STILL_KINDS

    add_common(command)
    command.add_argument("segment_id", metavar="SEGMENT", help="which segment")
    command.add_argument(
        "--at",
        dest="place",
        required=True,
        metavar="PLACE",
        help="a cue, a mark, where it stands (X:hold), seconds after",
    )
    kinds = ", ".join(STILL_KINDS)
    command.add_argument("--format", default="png", metavar="NAME", help=f"{kinds} (default %(default)s)")
    command.add_argument("--width", type=int, metavar="PX", help="the height follows (default: 1080p in the shape)")
    command.add_argument("--transparent", action="store_true", help="no ground")
    add_look(command, "", "; with --matte, what is read on it")
    add_matte(command)
    add_purpose(command)


def run(options: argparse.Namespace) -> int:
    """Draw it."""
    from explainer.clips.stills import Still, stills

    wanted = Still(options.segment_id, options.place, options.format, options.width, options.transparent)
    return build(options, lambda requests, session: stills(requests, wanted, options.out, session))
