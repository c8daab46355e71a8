"""`page`: a web page with the films."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_film, add_languages, add_out, allowed_by, film_of, open_result, tags_of

HELP = """\
Make a folder that works from a disk or any web server: all films of this folder that are built, one to be chosen, with
captions in every language, and what they bring to drive, whose numbers come from tables of their physics.
Build the films first.

  PROGRAM page                  all films in the output folder, into out/page/
  PROGRAM page --film NAME      one film of the folder alone, into out/page-NAME/
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
    from explainer.page.build import build_page
    from explainer.page.shown import Built
    from explainer.tasks.session import Output
    from explainer.words.facts import known
    from explainer.words.film import film_ids, open_film

    film = film_of(options)
    root = options.where.root
    others = [] if options.film else [open_film(root, id) for id in film_ids(root) if id != film.id]
    films = [Built(each, known(each.facts), [options.out / tag for tag in each.languages]) for each in (film, *others)]
    page = options.out / (f"page-{film.id}" if options.film else "page")
    paths = build_page(films, tags_of(options, film), page, allowed=allowed_by(options))
    print_files(tuple(Output(path) for path in paths))
    open_result(options, paths[0])
    return 0
