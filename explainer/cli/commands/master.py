"""`master`: one picture with the captions of all languages and the voices that fit."""

from __future__ import annotations

import argparse
import time

from explainer.cli.common import add_common, add_quality, open_result, requests_of, session_of

HELP = """\
Make out/<film>.mkv and .mp4: the picture of the film as it was written, with the captions of all languages and every
dubbed voice that fits to it. A table says which voices do, and for the others what is in the way.

  PROGRAM master
  PROGRAM master --lang de,fr -qm
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_common(command, "all")
    add_quality(command, "h")


def run(options: argparse.Namespace) -> int:
    """Make it."""
    from explainer.cli.report import print_dubs, print_result
    from explainer.film.master import make_master

    began_s = time.monotonic()
    requests = requests_of(options)
    with session_of(options, requests[0].film) as session:
        files, dubs, report = make_master(requests, options.out, session)
    print_dubs(dubs)
    print_result(files, report, time.monotonic() - began_s)
    open_result(options, files[0].path)
    return 0
