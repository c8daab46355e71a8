"""`gif`: moving pictures of a segment, in any format."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from explainer.cli.common import add_common, add_look, add_matte, add_purpose, build, say
from explainer.errors import ExplainerError

if TYPE_CHECKING:
    from explainer.cli.common import Result
    from explainer.clips.moving import Excerpt
    from explainer.film.request import Request
    from explainer.tasks.session import Session
    from explainer.words.film import Film

ALL = "all"
HELP = """\
Make a looping GIF of a segment, or of a stretch of it, from the drawn frames; beside it a poster (.poster.png). Places
are cues, marks, ends of cues and where the picture stands, as the storyboard shows it: swing.fall, swing.fall:lowest,
swing.fall:end, swing.fall:hold, and seconds after them: swing.fall+0.5. Other formats: webp, apng, avif, mp4, webm and
mov.

  PROGRAM gif swing
  PROGRAM gif swing --from swing.fall --to swing.rest --max-bytes 500KB
  PROGRAM gif swing --at swing.fall+0.5 --seconds 3 --format mov --quality high
  PROGRAM gif swing --format webm --transparent --theme light --width 640
  PROGRAM gif all --loop dissolve --aspect 1:1
  PROGRAM gif swing --for slide --transparent --matte '#f4f1ea'
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    from explainer.clips.formats import FORMATS, LOOPS, QUALITIES, RATES

    add_common(command)
    command.add_argument("segment_ids", nargs="+", metavar="SEGMENT", help=f"which; or {ALL}")
    command.add_argument(
        "--from", "--at", dest="start", metavar="PLACE", help="first frame (default: the segment's first)"
    )
    command.add_argument("--to", dest="stop", metavar="PLACE", help="last frame (default: the segment's last)")
    command.add_argument("--seconds", type=float, metavar="S", help="how long, instead of --to")
    command.add_argument("--format", default="gif", metavar="NAME", help=f"{', '.join(FORMATS)} (default %(default)s)")
    command.add_argument("--width", type=int, metavar="PX", help="the height follows (default: what suits a slide)")
    rates = ", ".join(map(str, sorted(RATES)))
    command.add_argument("--fps", type=int, default=20, help=f"frames a second: {rates} (default %(default)s)")
    command.add_argument(
        "--quality",
        dest="wanted_quality",
        default=QUALITIES[1],
        metavar="NAME",
        help=f"{', '.join(QUALITIES)} (default %(default)s)",
    )
    command.add_argument(
        "--colours", "--colors", type=int, metavar="N", help=f"of a GIF (default {FORMATS['gif'].usual})"
    )
    command.add_argument("--dither", action="store_true", help="a GIF's in-between colours as dots (larger)")
    command.add_argument("--max-bytes", metavar="SIZE", help="4MB, 800KB: smaller rate, size and colours until it fits")
    command.add_argument(
        "--loop",
        default=LOOPS[0],
        metavar="NAME",
        help=f"{', '.join(LOOPS)}: begin again at once; hold the end and dissolve into the beginning; or play all of it"
        " backwards, with a rest at each end. Time runs backwards then, and shows what does not happen, as heat that"
        " returns by itself (default %(default)s)",
    )
    command.add_argument(
        "--seamless", dest="loop", action="store_const", const=LOOPS[1], help=f"the same as --loop {LOOPS[1]}"
    )
    command.add_argument("--transparent", action="store_true", help="no ground; a GIF's edges are then not soft")
    add_look(command, "", "; with --matte, what is read on it")
    add_matte(command)
    add_purpose(command)


def run(options: argparse.Namespace) -> int:
    """Make them."""
    from explainer.clips.moving import moving_pictures

    def make(requests: tuple[Request, ...], session: Session) -> Result:
        wanted = excerpts(options, requests[0].film)
        files, report, notes = moving_pictures(requests, wanted, options.out, session, say)
        for note in notes:
            say(note)
        return files, report

    return build(options, make)


def excerpts(options: argparse.Namespace, film: Film) -> tuple[Excerpt, ...]:
    """What is to be shown.

    Raises:
        ExplainerError: on a budget that is no size, a word that is no segment but what an option takes, or places in
            more than one segment.
    """
    from explainer.clips.budget import bytes_of
    from explainer.clips.moving import Excerpt

    segment_ids, known = tuple(dict.fromkeys(options.segment_ids)), tuple(each.id for each in film.script.segments)
    if segment_ids == (ALL,):
        segment_ids = known
    for word in segment_ids:
        if word not in known and (remedy := options.meant([word])):
            raise ExplainerError(f"{word!r} is no segment", "", remedy)
    if len(segment_ids) > 1 and (options.start or options.stop or options.seconds):
        raise ExplainerError("a stretch lies in one segment", "--from/--to", "name one segment, or leave them out")
    budget = None if options.max_bytes is None else bytes_of(options.max_bytes)
    return tuple(
        Excerpt(
            segment_id,
            options.start,
            options.stop,
            options.format,
            options.width,
            options.fps,
            options.colours,
            options.dither,
            options.transparent,
            options.loop,
            budget,
            options.seconds,
            options.wanted_quality,
        )
        for segment_id in segment_ids
    )
