"""`translate`: what translators need."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_common, requests_of, session_of
from explainer.errors import ExplainerError

HELP = """\
What translators need; their files are narration/locale/<film>/<language>.po, and those of the figures.

  PROGRAM translate update         edits of the script into all files; changed lines become fuzzy
  PROGRAM translate status         per language: done, fuzzy, missing, and what does not fit, with how much to cut
  PROGRAM translate new pt         start a language; one that the engine does not know needs narration/languages/pt.toml
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_common(command, "all")
    command.add_argument("action", choices=("update", "status", "new"), help="what to do")
    command.add_argument("tag", nargs="?", default="", metavar="LANGUAGE", help="with new: the language to start")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    from explainer.cli.report import print_progress, print_updated
    from explainer.film import translate

    if bool(options.tag) != (options.action == "new"):
        raise ExplainerError("a language is named with new, and only there", "translate", "use --lang for the others")
    requests = requests_of(options)
    with session_of(options, requests[0].film) as session:
        if options.action == "new":
            print_updated((translate.begin(options.tag, requests[0], session),))
        elif options.action == "update":
            print_updated(translate.update(requests, session))
        else:
            print_progress(translate.progress(requests, session))
    return 0
