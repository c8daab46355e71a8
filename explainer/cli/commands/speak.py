"""`speak`: the film's own takes."""

from __future__ import annotations

import argparse
import time

from explainer.cli.common import add_film, add_jobs, add_languages, requests_of, session_of

HELP = """\
Say the film's cues and keep them beside the script, narration/takes/<film>/<lang>/: a build then has that voice without
what it needs. Only cues whose words or marks changed are said; a language that the voice does not speak is left.

  PROGRAM speak --lang all              every language that kokoro speaks; needs what `make voice` installs
  PROGRAM speak --lang de --voice espeak
  PROGRAM speak --all                   every cue anew, whatever is there
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_film(command)
    add_languages(command)
    add_jobs(command)
    command.add_argument("--voice", default="kokoro", metavar="NAME", help="who speaks (default kokoro)")
    command.add_argument("--all", action="store_true", dest="everything", help="say every cue anew")
    command.set_defaults(takes=None, piper_voice=None, scheduler=None, cache=None)


def run(options: argparse.Namespace) -> int:
    """Have them said."""
    from explainer.cli.report import account_line, print_kept
    from explainer.film.keeping import keep

    began_s = time.monotonic()
    requests = requests_of(options)
    with session_of(options, requests[0].film) as session:
        kept, report = keep(requests, options.voice, session, everything=options.everything)
    print_kept(kept)
    print(account_line(report, time.monotonic() - began_s))
    return 0
