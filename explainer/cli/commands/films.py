"""`films`: what films there are."""

from __future__ import annotations

import argparse

from explainer.cli.common import add_out

HELP = """\
List the films of this folder: their segments, their languages, and what of them is in the output folder.
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_out(command)


def run(options: argparse.Namespace) -> int:
    """List them."""
    from explainer.cli.report import print_table
    from explainer.film.manifest import films_in
    from explainer.words.film import film_ids, open_film

    root = options.where.root
    films = [open_film(root, id) for id in film_ids(root)] or [open_film(root)]
    rows = []
    for film in films:
        built = [each for tag in film.tags for each in films_in(options.out / tag) if each.film_id == film.id]
        lengths = [f"{each.language_tag} {each.height}p{each.fps} {each.planned.duration_s:.1f} s" for each in built]
        segments = " ".join(segment.id for segment in film.script.segments)
        rows.append((film.id, film.script.title, segments, " ".join(film.tags), ", ".join(lengths) or "not yet"))
    print_table(("film", "title", "segments", "languages", "built"), rows)
    return 0
