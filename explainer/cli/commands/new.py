"""`new`: a film to begin with."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = """\
Write a small film that builds at once, into a new folder: a script with two segments, their scenes, the physics that
moves them, a translation, evaluators and tests. Change it piece by piece into your own.

  PROGRAM new my-film
  cd my-film
  explainer video -ql
"""


def add(command: argparse.ArgumentParser) -> None:
    """Take its options."""
    command.add_argument("folder", type=Path, metavar="FOLDER", help="where; the film is called like the folder")


def run(options: argparse.Namespace) -> int:
    """Write it."""
    from explainer.cli.report import print_files
    from explainer.starter.create import create
    from explainer.tasks.session import Output

    print_files(tuple(Output(path) for path in create(options.folder)))
    print(f"next: cd {options.folder} && explainer video -ql")
    return 0
