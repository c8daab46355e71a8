"""What commands share: options, the film that is meant, where work is done, what is said at the end."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.errors import ExplainerError

if TYPE_CHECKING:
    from explainer.film.request import Request
    from explainer.tasks.fingerprint import Sources
    from explainer.tasks.session import BuildReport, Executor, Output, Session
    from explainer.words.allowed import Allowed
    from explainer.words.film import Film

    Result = tuple[tuple[Output, ...], BuildReport]

MOST_JOBS = 1024
SOURCE = ""
"""Stands for the language that a film's script is written in."""


@dataclass(frozen=True)
class Place:
    """Where a command runs: the film's folder, and what the program is called there."""

    root: Path
    program: str


def say(line: str) -> None:
    """Tell a person something beside what is made."""
    print(line, file=sys.stderr)


def add_film(command: argparse.ArgumentParser) -> None:
    """Take `--film`."""
    command.add_argument("--film", default="", metavar="NAME", help="which film, where a folder has more than one")


def add_out(command: argparse.ArgumentParser) -> None:
    """Take where files go, and whether to open them."""
    command.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="output folder (default out)")
    command.add_argument("-p", dest="preview", action="store_true", help="open the result when it is done")


def add_languages(command: argparse.ArgumentParser, default: str = SOURCE) -> None:
    """Take the languages to work in."""
    shown = default or "the script's own"
    command.add_argument(
        "--lang",
        default=default,
        metavar="TAG",
        help=f"language, as en or zh-Hans; several as de,ja; or all (default {shown})",
    )
    command.add_argument(
        "--allow-missing",
        action="store_true",
        help="show lines without a finished translation as they were written, and say so",
    )
    command.add_argument(
        "--allow-fuzzy",
        action="store_true",
        help="show translations that await review as they are, and say so",
    )


def allowed_by(options: argparse.Namespace) -> Allowed:
    """What the options allow of unfinished translations."""
    from explainer.words.allowed import Allowed

    return Allowed(options.allow_missing, options.allow_fuzzy)


def add_jobs(command: argparse.ArgumentParser) -> None:
    """Take how many processes work."""
    command.add_argument("--jobs", type=_count, metavar="N", help="processes that work at once (default: one a core)")


def add_work(command: argparse.ArgumentParser) -> None:
    """Take how work is done, and whose voice speaks."""
    add_jobs(command)
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help="work on a dask.distributed cluster: tcp://host:8786, or tls://host:8786"
    )
    command.add_argument("--cache", type=Path, metavar="DIR", help="where finished parts are kept (default .cache)")
    voice = command.add_argument_group("voice")
    voice.add_argument(
        "--voice",
        default="",
        metavar="NAME",
        help="kokoro, flite, … (default: the film's takes)",
    )
    voice.add_argument("--takes", type=Path, metavar="DIR", help="recordings, one audio file a cue")
    voice.add_argument("--piper-voice", type=Path, metavar="FILE", help="a piper voice (.onnx), or its folder")


def add_common(command: argparse.ArgumentParser, languages: str = SOURCE) -> None:
    """Take what every command takes that builds something."""
    add_film(command)
    add_languages(command, languages)
    add_out(command)
    add_work(command)


def add_quality(command: argparse.ArgumentParser, default: str) -> None:
    """Take the size of the picture."""
    command.add_argument(
        "-q",
        dest="quality",
        choices=("l", "m", "h", "k"),
        default=default,
        help=f"-ql 854x480 at 15, -qm 1280x720 at 30, -qh 1920x1080 at 60, -qk 3840x2160 at 60 (default {default})",
    )


def add_segments(command: argparse.ArgumentParser) -> None:
    """Take segments by name."""
    command.add_argument(
        "--segment", action="append", default=[], dest="segments", metavar="ID", help="only this one; may be repeated"
    )


def add_look(command: argparse.ArgumentParser, theme: str = "dark", why: str = "") -> None:
    """Take `--theme` and `--aspect`; `why` says more of the usual theme."""
    from explainer.stage.look import ASPECTS, THEMES

    command.add_argument(
        "--theme", default=theme, metavar="NAME", help=f"{' or '.join(THEMES)}, or the film's own (default dark{why})"
    )
    command.add_argument("--aspect", default="16:9", metavar="W:H", help=f"{', '.join(ASPECTS)} (default %(default)s)")


def add_purpose(command: argparse.ArgumentParser) -> None:
    """Take `--for`."""
    from explainer.stage.look import PURPOSES

    command.add_argument(
        "--for",
        dest="purpose",
        default="film",
        metavar="NAME",
        help=f"{' or '.join(PURPOSES)}: for a slide, words and numbers are larger and no room is left for captions"
        " (default %(default)s)",
    )


def add_matte(command: argparse.ArgumentParser) -> None:
    """Take `--matte`."""
    command.add_argument(
        "--matte",
        default="",
        metavar="COLOUR",
        help="the ground in this colour (#f4f1ea, or a theme's name), as the slide has it: with --transparent, soft"
        " edges and light are drawn over it, and no fringe is left (default: the theme's own); words are of the theme"
        " that is read on it",
    )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_JOBS:
        raise ValueError
    return number


def film_of(options: argparse.Namespace) -> Film:
    """The film that is meant.

    Raises:
        ExplainerError: there is none, or it is not said which.
    """
    from explainer.words.film import open_film

    return open_film(options.where.root, options.film)


def tags_of(options: argparse.Namespace, film: Film) -> tuple[str, ...]:
    """The languages that are asked for."""
    from explainer.film.outputs import asked_tags

    return asked_tags(options.lang, film) if options.lang else (film.source.tag,)


def requests_of(options: argparse.Namespace) -> tuple[Request, ...]:
    """One request for each language asked for."""
    from explainer.film.request import Request, Voicing, quality_of

    film = film_of(options)
    aspect, theme = getattr(options, "aspect", "16:9"), _theme_of(options, film)
    return tuple(
        Request(
            film,
            tag,
            quality_of(getattr(options, "quality", "h"), aspect),
            tuple(dict.fromkeys(getattr(options, "segments", ()))),
            Voicing(options.voice, options.takes, options.piper_voice),
            theme,
            aspect,
            whole=getattr(options, "whole", False),
            allowed=allowed_by(options),
            purpose=getattr(options, "purpose", "film"),
            matte=getattr(options, "matte", ""),
        )
        for tag in tags_of(options, film)
    )


def _theme_of(options: argparse.Namespace, film: Film) -> str:
    """The theme that is asked for; if none is, the one whose words are read best on the matte.

    Raises:
        ExplainerError: the words of the theme asked for cannot be read on the matte.
    """
    asked, matte = getattr(options, "theme", ""), getattr(options, "matte", "")
    if not matte:
        return asked or "dark"
    from explainer.stage.look import matte_of, theme_of
    from explainer.stage.palette import LEAST_CONTRAST, contrast, hex_rgb, theme_on

    themes = film.script.settings.themes
    ground = matte_of(matte, themes)
    if asked and contrast(hex_rgb(theme_of(asked, themes).ink), hex_rgb(ground)) < LEAST_CONTRAST:
        problem = f"words of the theme {asked} cannot be read on {ground}"
        raise ExplainerError(problem, "--matte", f"write --theme {theme_on(ground)}, or leave --theme out")
    return asked or theme_on(ground)


@contextmanager
def session_of(options: argparse.Namespace, film: Film) -> Iterator[Session]:
    """Where a command's work is done, for the length of a `with` block."""
    from explainer.film.build import build_context
    from explainer.tasks.local import cores
    from explainer.tasks.progress import bars
    from explainer.tasks.remembered import recalled, remember
    from explainer.tasks.session import Session
    from explainer.tasks.store import Store, last_change_ns, prune

    store = Store((options.cache or film.root / ".cache").absolute(), lambda line: say(f"warning: {line}"))
    known, before_ns = recalled(store), last_change_ns(store)
    context = build_context(film, dict(known))
    executor = _executor(options, film, context.sources, options.jobs or cores())
    with executor as working, bars(quiet=not sys.stderr.isatty()) as progress:
        yield Session(context, store, working, progress)
    prune(store, unchanged_since_ns=before_ns)
    if context.sources.remembered != known:
        remember(store, context.sources.remembered)


def _executor(options: argparse.Namespace, film: Film, sources: Sources, jobs: int) -> AbstractContextManager[Executor]:
    if options.scheduler:
        from explainer.film.environment import describer
        from explainer.tasks.cluster import cluster_executor

        return cluster_executor(options.scheduler, jobs, describer(film, sources), say)
    from explainer.tasks.local import local_executor

    return local_executor(jobs)


def build(options: argparse.Namespace, make: Callable[[tuple[Request, ...], Session], Result]) -> int:
    """Make what a command makes, tell of it, open it if wished; returns the exit status."""
    from explainer.cli.report import print_result

    began_s = time.monotonic()
    requests = requests_of(options)
    with session_of(options, requests[0].film) as session:
        files, report = make(requests, session)
    print_result(files, report, time.monotonic() - began_s)
    open_result(options, files[0].path)
    return 0


def open_result(options: argparse.Namespace, path: Path) -> None:
    """Show a file to the person, if that was asked for."""
    import shutil
    import subprocess

    if not options.preview:
        return
    opener = shutil.which("xdg-open") or shutil.which("open")
    if opener is None:
        say(f"warning: nothing here opens files; open {path} yourself")
        return
    subprocess.Popen([opener, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
