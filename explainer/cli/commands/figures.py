"""`figures`: figures of a film's physics."""

from __future__ import annotations

import argparse
from pathlib import Path

from explainer.cli.common import add_film, add_out, film_of
from explainer.errors import ExplainerError

HELP = """\
Draw the figures that the film's script names a module for, into out/figures/.
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    add_film(command)
    add_out(command)


def run(options: argparse.Namespace) -> int:
    """Draw them."""
    from explainer.cli.report import print_files
    from explainer.tasks.loading import imported
    from explainer.tasks.session import Output

    film = film_of(options)
    module = film.script.settings.figures
    if not module:
        raise ExplainerError("the film has no figures", film.path.name, 'write figures = "<module>" under [film]')
    paths = imported(module).draw_all(options.out / "figures")
    print_files(tuple(Output(Path(path)) for path in paths))
    return 0
