"""`figures`: figures of a film's physics."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_film, add_languages, add_out, allowed_by, film_of, open_result, tags_of

HELP = """\
Draw the figures that the film's script names a module for, into out/figures/<language>/, with a page of them all.
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_film(command)
    add_languages(command)
    command.add_argument(
        "--theme",
        default="all",
        metavar="NAME",
        help="light, dark, the film's own, or all (default all: light and dark)",
    )
    add_out(command)


def run(options: argparse.Namespace) -> int:
    """Draw them."""
    from explainer.cli.report import print_files
    from explainer.page.figures import build_figures
    from explainer.tasks.session import Output

    film = film_of(options)
    paths = build_figures(film, tags_of(options, film), options.theme, options.out, allowed=allowed_by(options))
    print_files(tuple(Output(path) for path in paths))
    open_result(options, paths[-1])
    return 0
