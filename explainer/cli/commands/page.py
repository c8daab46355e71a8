"""`page`: a web page with the films."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_film, add_languages, add_out, film_of, open_result, tags_of

HELP = """\
Make a folder that works from a disk or any web server: the films that are there, with captions in every language, and
what the film brings to drive, whose numbers come from tables of its physics. Build the films first.

  PROGRAM page                  all films in the output folder, into out/page/
  PROGRAM page --film NAME      another film of the folder, into out/page-NAME/
  PROGRAM page --lang de,en     texts and captions of these languages, the first as default
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_film(command)
    add_languages(command, "all")
    add_out(command)


def run(options: argparse.Namespace) -> int:
    """Make it."""
    from explainer.cli.report import print_files
    from explainer.page.build import build_page, page_folder
    from explainer.tasks.session import Output
    from explainer.words.facts import known

    film = film_of(options)
    folders = [options.out / tag for tag in film.languages]
    page = options.out / page_folder(film)
    missing = options.allow_missing
    paths = build_page(film, known(film.facts), folders, tags_of(options, film), page, allow_missing=missing)
    print_files(tuple(Output(path) for path in paths))
    open_result(options, paths[0])
    return 0
