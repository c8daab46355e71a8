"""`captions`: captions, chapters and transcripts, and the tracks of a finished film."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.cli.common import add_common, add_quality, build, open_result, requests_of, say, session_of

if TYPE_CHECKING:
    from explainer.cli.common import Result
    from explainer.film.request import Request
    from explainer.film.timed import LocalizedFilm
    from explainer.tasks.session import Session

HELP = """\
Write captions, chapters and transcripts beside a film, timed to its voice, and put the captions into it as tracks; its
picture and sound are not touched. Without a film, the files alone are written, timed to the voice of the script.

  PROGRAM captions --lang es,ja                    into the film in the output folder
  PROGRAM captions --lang all --into my.mp4        into another film that this program made (its .json beside it)
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_common(command)
    add_quality(command, "h")
    command.add_argument(
        "--into", type=Path, metavar="FILE", help="the film to caption (default: the one in the output folder)"
    )
    command.add_argument(
        "--burn", action="store_true", help="also make films with the captions drawn in: ….<lang>.burned.mp4"
    )


def run(options: argparse.Namespace) -> int:
    """Write them."""
    from explainer.cli.report import print_result
    from explainer.film.captioning import burn_films, caption_film, localized_for, spoken_as_written
    from explainer.film.manifest import read_film
    from explainer.tasks.session import BuildReport

    began_s = time.monotonic()
    requests = requests_of(options)
    path = options.into or spoken_as_written(requests[0], options.out)
    if options.into is None and not path.is_file() and not options.burn:
        return build(options, lambda requests, session: _files_alone(requests, options.out, session))
    finished = read_film(path)
    localized = [localized_for(request, finished) for request in requests]
    _judge(localized, drawn_in=options.burn)
    files = caption_film(localized, finished)
    report = BuildReport()
    if options.burn:
        with session_of(options, requests[0].film) as session:
            burned, report = burn_films(localized, finished, session)
        files += burned
    print_result(files, report, time.monotonic() - began_s)
    open_result(options, path)
    return 0


def _files_alone(requests: Sequence[Request], out: Path, session: Session) -> Result:
    from explainer.film.captioning import caption_voice, told_to_voice

    spoken, told, report = told_to_voice(requests, session)
    _judge(told, drawn_in=False)
    return caption_voice(spoken, told, out), report


def _judge(films: Sequence[LocalizedFilm], drawn_in: bool) -> None:
    """Warn of captions outside the rules, and of what stands untranslated.

    Raises:
        ExplainerError: they are to be drawn in, and no font has a character of theirs.
    """
    from explainer.checks.captions import check_captions, places
    from explainer.checks.glyphs import IN_CAPTIONS, check_glyphs
    from explainer.errors import ExplainerError
    from explainer.film.timed import unfinished

    for film in films:
        boxes = check_glyphs(film, places(film), IN_CAPTIONS)
        if drawn_in and boxes:
            raise ExplainerError(boxes[0].what, boxes[0].where, "replace the character, or leave out --burn")
        for line in unfinished(film.narration):
            say(f"warning: {line}")
        for found in (*boxes, *check_captions(film)):
            say(f"warning: {found.where}: {found.what}")
