"""`watch`: the film while it is edited."""

from __future__ import annotations

import argparse
from pathlib import Path

from explainer.cli.common import add_film, add_jobs, add_look, film_of, say

HELP = """\
Show the film in a browser while its script, scenes, facts and translations are edited: what a saved change concerns is
drawn again, at 480p15, the picture that is looked at first. Nothing but this machine can see the page.

  PROGRAM watch
  PROGRAM watch --film tour --lang de -p   in German, and open the browser
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_film(command)
    command.add_argument("--lang", default="", metavar="TAG", help="of voice and picture (default the script's own)")
    command.add_argument("--port", type=int, default=8642, metavar="N", help="the page's (default %(default)s; 0: any)")
    command.add_argument("-p", dest="preview", action="store_true", help="open the page in a browser")
    command.add_argument("--voice", default="", metavar="NAME", help="kokoro, flite, … (default: the film's takes)")
    command.add_argument("--cache", type=Path, metavar="DIR", help="where finished parts are kept (default .cache)")
    add_jobs(command)
    add_look(command)


def run(options: argparse.Namespace) -> int:
    """Serve it until it is interrupted."""
    from explainer.film.request import shape
    from explainer.preview.server import Order, serve
    from explainer.stage.look import theme_of
    from explainer.tasks.local import cores

    film = film_of(options)
    language = film.language(options.lang or film.source.tag)
    shape(options.aspect)
    theme_of(options.theme, film.script.settings.themes)
    order = Order(
        options.where.root,
        film.id,
        language.tag,
        language.tag,
        (options.cache or film.root / ".cache").absolute(),
        options.theme,
        options.aspect,
        options.voice,
        options.jobs or cores(),
    )

    def ready(address: str) -> None:
        say(f"{film.id}: {address} (Ctrl-C ends it)")
        if options.preview:
            import webbrowser

            webbrowser.open(address)

    serve(order, options.port, ready)
    return 0
