"""The exports' part of the command line: what each command takes, and from that to what is made.

Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from exports.deck import KINDS as DECK_KINDS
from exports.formats import FORMATS, RATES, STILL_KINDS
from exports.sizes import CLIP_WIDTHS_PX, SIZES_PX, checked_aspect, quality_of
from exports.theme import checked_theme
from pipeline.errors import PipelineError
from scenes.look import THEMES

if TYPE_CHECKING:
    from exports.moving import Excerpt
    from pipeline.build import Account, Made, Site
    from pipeline.request import Request

ALL = "all"


GIF_HELP = """\
Make a looping GIF of a segment, or of a stretch of it, from the drawn frames; beside it a poster (.poster.png). Places
are cues, marks and ends of cues, as `render.py storyboard` shows them: dome.top, dome.top:flat, dome.top:end, and
seconds after them: dome.top+0.5. Other formats: webp, apng, avif, mp4, webm, mov.

  render.py gif dome
  render.py gif dome --from dome.slope --to dome.beyond --max-bytes 500KB
  render.py gif laser --format webm --transparent --theme light --width 640
  render.py gif all --seamless --aspect 1:1
"""
STILL_HELP = """\
Draw one frame of a segment: as pixels of any size (png), or as outlines that stay sharp at every size (svg, pdf).

  render.py still dome --at dome.top:flat
  render.py still laser --at laser.end+1 --format pdf --theme light --lang de
"""
SLIDES_HELP = """\
Make slides, one a cue: each clip plays when its slide is entered and holds its last frame; the narration is in the
notes. html: one file for any browser, offline (arrows or space to step, n notes, p play or pause, f full screen);
pptx: for PowerPoint and others; pdf: a page a cue as outlines, the narration below.

  render.py slides
  render.py slides --to pptx --segment dome --theme light --lang de
"""


def add_look(command: argparse.ArgumentParser) -> None:
    """Take `--theme` and `--aspect`."""
    command.add_argument("--theme", default="dark", metavar="NAME", help=f"{' or '.join(THEMES)} (default %(default)s)")
    command.add_argument("--aspect", default="16:9", metavar="W:H", help=f"{', '.join(SIZES_PX)} (default %(default)s)")


def add_gif(command: argparse.ArgumentParser) -> None:
    """Take what `gif` needs beside the language and the output folder."""
    command.add_argument("segment_ids", nargs="+", metavar="SEGMENT", help=f"which, for instance dome; or {ALL}")
    command.add_argument("--from", dest="start", metavar="PLACE", help="first frame (default: the segment's first)")
    command.add_argument("--to", dest="stop", metavar="PLACE", help="last frame (default: the segment's last)")
    command.add_argument("--format", default="gif", metavar="NAME", help=f"{', '.join(FORMATS)} (default %(default)s)")
    widths = ", ".join(f"{width} in {aspect}" for aspect, width in CLIP_WIDTHS_PX.items())
    command.add_argument("--width", type=int, metavar="PX", help=f"the height follows (default {widths})")
    rates = ", ".join(map(str, sorted(RATES)))
    command.add_argument("--fps", type=int, default=20, help=f"frames a second: {rates} (default %(default)s)")
    command.add_argument("--colours", type=int, metavar="N", help=f"of a GIF (default {FORMATS['gif'].usual})")
    command.add_argument("--dither", action="store_true", help="a GIF's in-between colours as dots (larger)")
    command.add_argument("--max-bytes", metavar="SIZE", help="4MB, 800KB: smaller rate, size and colours until it fits")
    command.add_argument("--seamless", action="store_true", help="hold the end, then dissolve into the beginning")
    command.add_argument("--transparent", action="store_true", help="no ground; a GIF's edges are then not soft")
    add_look(command)


def add_still(command: argparse.ArgumentParser) -> None:
    """Take what `still` needs beside the language and the output folder."""
    command.add_argument("segment_id", metavar="SEGMENT", help="which segment, for instance dome")
    places = "dome.top, dome.top:flat, dome.top+0.5"
    command.add_argument("--at", dest="place", required=True, metavar="PLACE", help=places)
    kinds = ", ".join(STILL_KINDS)
    command.add_argument("--format", default="png", metavar="NAME", help=f"{kinds} (default %(default)s)")
    command.add_argument("--width", type=int, metavar="PX", help="the height follows (default: 1080p in the shape)")
    command.add_argument("--transparent", action="store_true", help="no ground")
    add_look(command)


def add_slides(command: argparse.ArgumentParser) -> None:
    """Take what `slides` needs beside the language, quality, segments and the output folder."""
    kinds = ", ".join(DECK_KINDS)
    command.add_argument("--to", dest="kind", default="html", metavar="NAME", help=f"{kinds} (default %(default)s)")
    add_look(command)


def looked(
    requests: Sequence[Request], options: argparse.Namespace, quality_letter: str | None = None
) -> tuple[Request, ...]:
    """Return the requests in the theme and shape asked for, at a quality's size in that shape if one is given.

    Raises:
        PipelineError: on an unknown theme, shape or quality.
    """
    theme, aspect = checked_theme(options.theme), checked_aspect(options.aspect)
    shaped = tuple(replace(request, theme=theme, aspect=aspect) for request in requests)
    if quality_letter is None:
        return shaped
    quality = quality_of(quality_letter, aspect)
    return tuple(replace(request, quality=quality) for request in shaped)


def make_gif(
    options: argparse.Namespace, requests: Sequence[Request], site: Site
) -> tuple[tuple[Made, ...], Account, tuple[str, ...]]:
    """Make what `gif` asks for; the lines returned say what a budget came to."""
    from exports.moving import moving_pictures

    return moving_pictures(looked(requests, options), excerpts(options, requests[0]), options.out, site)


def make_still(
    options: argparse.Namespace, requests: Sequence[Request], site: Site
) -> tuple[tuple[Made, ...], Account]:
    """Make what `still` asks for."""
    from exports.stills import Still, stills

    wanted = Still(options.segment_id, options.place, options.format, options.width, options.transparent)
    return stills(looked(requests, options), wanted, options.out, site)


def make_slides(
    options: argparse.Namespace, requests: Sequence[Request], site: Site
) -> tuple[tuple[Made, ...], Account]:
    """Make what `slides` asks for."""
    from exports.slides import slides

    return slides(looked(requests, options, options.quality), options.kind, options.out, site)


def excerpts(options: argparse.Namespace, request: Request) -> tuple[Excerpt, ...]:
    """Return what `gif` is to show.

    Raises:
        PipelineError: on a budget that is no size, or places in more than one segment.
    """
    from exports.budget import bytes_of
    from exports.moving import Excerpt
    from narration.script import load_script
    from pipeline.plan import script_path

    segment_ids = tuple(dict.fromkeys(options.segment_ids))
    if segment_ids == (ALL,):
        segment_ids = tuple(segment.id for segment in load_script(script_path(request)).segments)
    if len(segment_ids) > 1 and (options.start or options.stop):
        raise PipelineError("a stretch lies in one segment", "--from/--to", "name one segment, or leave them out")
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
            options.seamless,
            budget,
        )
        for segment_id in segment_ids
    )
