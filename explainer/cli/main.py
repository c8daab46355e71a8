"""The command line: parse, call, print.

A command is one module in `commands` and one row of `COMMANDS`; only the one that is asked for is loaded, and nothing
heavy before it is known to be needed.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FrameType

from explainer.cli.common import Place, say
from explainer.cli.meant import CommandParser, meant, nearest
from explainer.errors import ExplainerError, place_in

COMMANDS = {
    "video": "the narrated, captioned film",
    "captions": "captions and transcript; into the film by stream copy",
    "master": "one film with all captions and all voices that fit",
    "gif": "looping GIFs and other clips for slides",
    "still": "one frame, as pixels or as outlines",
    "slides": "stepped slides: html, pptx or pdf",
    "speak": "the film's own takes, by a natural voice",
    "page": "a web page with the films and what can be driven",
    "storyboard": "one picture of all cues and marks",
    "translate": "translators' files: update, status, new",
    "check": "physics, layout, states, captions, finished film",
    "figures": "figures of the physics",
    "films": "the films of this folder",
    "new": "a small film to begin with, in a folder of its own",
    "watch": "the film while it is edited, in a browser",
    "worker": "work for a cluster on this machine",
}
INTERRUPTED_STATUS = 130
FAILED_STATUS = 70


def main(arguments: Sequence[str], root: Path, program: str = "explainer") -> int:
    """Run one command in a film's folder; returns the exit status. Errors end in one line on standard error."""
    root = root.resolve()
    # A film's own packages are found in its folder, by this process and by those that it starts.
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    signal.signal(signal.SIGTERM, _interrupt)
    traceback = "--traceback" in arguments
    try:
        options = parser(arguments, Place(root, program)).parse_args(arguments)
        return int(options.run(options))
    except KeyboardInterrupt:
        say("stopped; what was finished is kept, run again to go on")
        return INTERRUPTED_STATUS
    except ExplainerError as error:
        if traceback:
            raise
        say(f"error: {error}")
        return error.status
    except Exception as error:  # a user gets a line, a developer asks for more
        if traceback:
            raise
        told = " ".join(f"{type(error).__name__}: {error}".split())
        say(f"error: {place_in(error, root) or 'explainer'}: {told}; run again with --traceback for the whole story")
        return FAILED_STATUS


def parser(arguments: Sequence[str], place: Place) -> argparse.ArgumentParser:
    """What reads the command line: all commands by name, and the options of the one that is asked for."""
    made = CommandParser(
        prog=place.program,
        description="Explainer films from a script, scenes and a verified physics package.",
        epilog=f"'{place.program} COMMAND --help' tells what a command makes, with examples.",
    )
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    asked = next((word for word in arguments if word in COMMANDS), None)
    if asked is None and (near := nearest(next(iter(arguments), ""), COMMANDS)):
        raise ExplainerError(f"no command {arguments[0]!r}", "", f"write {place.program} {near}")
    for name, summary in COMMANDS.items():
        module = import_module(f"explainer.cli.commands.{name}") if name == asked else None
        command = commands.add_parser(
            name,
            help=summary,
            description=module.HELP.replace("PROGRAM", place.program) if module else summary,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if module:
            command.set_defaults(run=module.run, where=place)
            command.add_argument("--traceback", action="store_true", help="where an unexpected error came from")
            module.add(command)
            command.set_defaults(meant=partial(meant, command._actions))
    return made


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def entry() -> None:
    """The console command `explainer`, run in a film's folder."""
    sys.exit(main(sys.argv[1:], Path.cwd()))
