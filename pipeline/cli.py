"""The command line: parse, call, print. Nothing heavy is imported before it is known to be needed."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from exports import commands as exports
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.build import Account, Executor, Made, Site
    from pipeline.request import Request

    Result = tuple[tuple[Made, ...], Account]

ROOT = Path(__file__).resolve().parent.parent
OUR_PACKAGES = ("physics", "narration", "scenes", "figures", "page")
INTERRUPTED_STATUS = 130
FAILED_STATUS = 70

VIDEO_HELP = """\
Make the film: out/<lang>/negative-temperature.<lang>.mp4, beside it captions (.srt, .vtt), chapters (.chapters.vtt),
a transcript page (.html), a poster (.png) and a manifest (.json). What has not changed since the last run is reused.

  render.py video                     the film at 1080p60
  render.py video -ql --segment dome  a quick look at one segment (480p15)
  render.py video --takes my_voice/   your own voice: one audio file a cue, named for the cue (dome.top.wav)
"""
CAPTIONS_HELP = """\
Write captions, chapters and transcripts beside a film, timed to its voice, and put the captions into it as tracks;
its picture and sound are not touched. Without a film, the files alone are written, timed to the English voice.

  render.py captions --lang es,ja               into out/en/negative-temperature.en.mp4
  render.py captions --lang all --film my.mp4   into another film that this program made (its .json beside it)
"""
MASTER_HELP = """\
Make out/negative-temperature.mkv and .mp4: the English picture with the captions of all languages, and every dubbed
voice that fits to it. A table says which voices do, and for the others what is in the way.

  render.py master
  render.py master --lang de,fr -qm
"""
STORYBOARD_HELP = """\
Draw one picture with the frame at each cue and mark, its caption where a player puts it, its time and id below.

  render.py storyboard
  render.py storyboard --segment dome
"""
TRANSLATE_HELP = """\
What translators need; their files are narration/locale/<language>.po.

  render.py translate update         edits of the English script into all files; changed lines become fuzzy
  render.py translate status         per language: done, fuzzy, missing, and what does not fit, with how much to cut
  render.py translate new pt         start a language (first a row for it in narration/languages.py)
"""
PAGE_HELP = """\
Make a folder that works from a disk or any web server: the films that are there, with captions in every language, and
panels to drive whose numbers come from tables of the physics. Build the films first.

  render.py page                  all films in the output folder, into out/page/
  render.py page --lang de,en     texts and captions of these languages, the first as default
"""
CHECK_HELP = """\
Check what the film says and shows; every check by default, or those named. Exit status 1 when one fails.

  --physics   formulas against laws, limits and published values
  --layout    at each cue and mark, and between: texts inside the safe area, apart, readable, clear of the captions
  --states    what the scenes show against an independent evaluation of the physics, and markers found in the pixels
  --captions  reading speed, line lengths, gaps, timing against the speech
  --film      the finished film: frames, sound length, loudness, speech heard where its cues say
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status. Errors end in one line on standard error."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        _say("stopped; what was finished is kept, run again to go on")
        return INTERRUPTED_STATUS
    except PipelineError as error:
        _say(f"error: {error}")
        return error.status
    except ValueError as error:
        if not _is_ours(error):
            raise
        _say(f"error: {' '.join(str(error).split())}")
        return PipelineError.status
    except Exception as error:  # a user gets a line, a developer asks for more
        if options.traceback:
            raise
        _say(f"error: {_place(error)}: {type(error).__name__}: {error}; run again with --traceback for the whole story")
        return FAILED_STATUS


def _is_ours(error: ValueError) -> bool:
    # Physics, words and scenes raise errors of their own that already are one clear line.
    return type(error).__module__.partition(".")[0] in OUR_PACKAGES


def _place(error: BaseException) -> str:
    place = "pipeline"
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(ROOT) and ".venv" not in file.parts:
            place = f"{file.relative_to(ROOT)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="render.py",
        description="Negative temperature in a minute: the film, its captions, GIFs, storyboard and checks.",
        epilog="'render.py COMMAND --help' tells what a command makes, with examples.",
    )
    parser.set_defaults(traceback=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], summary: str, text: str, languages: str = "en"
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, help=summary, description=text, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        command.set_defaults(run=run)
        _add_common(command, languages)
        return command

    video = add("video", _video, "the narrated, captioned film", VIDEO_HELP)
    _add_quality(video, "h")
    _add_segments(video)
    exports.add_look(video)
    video.add_argument(
        "--whole-frames",
        dest="whole",
        action="store_true",
        help="draw every frame anew by Manim's camera alone, not only what changed: slower, the same pictures",
    )
    captions = add("captions", _captions, "captions and transcript; into the film by stream copy", CAPTIONS_HELP)
    _add_quality(captions, "h")
    captions.add_argument(
        "--film", type=Path, metavar="FILE", help="the film to caption (default: the English one in the output folder)"
    )
    captions.add_argument(
        "--burn", action="store_true", help="also make films with the captions drawn in: ….<lang>.burned.mp4"
    )
    master = add("master", _master, "one film with all captions and all voices that fit", MASTER_HELP, "all")
    _add_quality(master, "h")
    exports.add_gif(add("gif", _gif, "looping GIFs and other clips for slides", exports.GIF_HELP))
    exports.add_still(add("still", _still, "one frame, as pixels or as outlines", exports.STILL_HELP))
    slides = add("slides", _slides, "stepped slides: html, pptx or pdf", exports.SLIDES_HELP)
    exports.add_slides(slides)
    _add_quality(slides, "m")
    _add_segments(slides)
    board = add("storyboard", _storyboard, "one picture of all cues and marks", STORYBOARD_HELP)
    _add_segments(board)
    translate = add("translate", _translate, "translators' files: update, status, new", TRANSLATE_HELP, "all")
    translate.add_argument("action", choices=("update", "status", "new"), help="what to do")
    translate.add_argument("tag", nargs="?", default="", metavar="LANGUAGE", help="with new: the language to start")
    check = add("check", _check, "physics, layout, states, captions, finished film", CHECK_HELP)
    _add_quality(check, "h")
    for name in ("physics", "layout", "states", "captions", "film"):
        check.add_argument(f"--{name}", action="store_true", help=f"only this (or with others): {name}")
    exports.add_look(check)
    page = commands.add_parser(
        "page",
        help="a web page with the films and panels to drive",
        description=PAGE_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    page.set_defaults(run=_page)
    _add_languages(page, "all")
    _add_out(page)
    figures = commands.add_parser("figures", help="figures of the physics", description="Draw figures of the physics.")
    figures.set_defaults(run=_figures)
    _add_out(figures)
    return parser


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="output folder (default out)")
    command.add_argument("-p", dest="preview", action="store_true", help="open the result when it is done")
    command.add_argument("--traceback", action="store_true", help="where an unexpected error came from")


def _add_languages(command: argparse.ArgumentParser, languages: str) -> None:
    command.add_argument(
        "--lang",
        default=languages,
        metavar="TAG",
        help="language, as en or zh-Hans; several as de,ja; or all (default %(default)s)",
    )
    command.add_argument(
        "--allow-missing", action="store_true", help="show lines without a finished translation in English, and say so"
    )


def _add_common(command: argparse.ArgumentParser, languages: str) -> None:
    _add_languages(command, languages)
    _add_out(command)
    command.add_argument("--jobs", type=_count, metavar="N", help="processes that work at once (default: one a core)")
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help="work on a dask.distributed cluster: tcp://host:8786, or tls://host:8786"
    )
    command.add_argument("--cache", type=Path, metavar="DIR", help="where finished parts are kept (default .cache)")
    voice = command.add_argument_group("voice")
    voice.add_argument("--voice", default="", metavar="NAME", help="flite, espeak, draft (default: the language's)")
    voice.add_argument("--takes", type=Path, metavar="DIR", help="recordings, one audio file a cue")
    voice.add_argument("--piper-voice", type=Path, metavar="FILE", help="a piper voice (.onnx), or its folder")


def _add_quality(command: argparse.ArgumentParser, default: str) -> None:
    command.add_argument(
        "-q",
        dest="quality",
        choices=("l", "m", "h", "k"),
        default=default,
        help="-ql 854x480 at 15, -qm 1280x720 at 30, -qh 1920x1080 at 60, -qk 3840x2160 at 60 frames/s (default h)",
    )


def _add_segments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--segment", action="append", default=[], dest="segments", metavar="ID", help="only this one; may be repeated"
    )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1024:
        raise ValueError
    return number


def _requests(options: argparse.Namespace) -> tuple[Request, ...]:
    """One request for each language asked for."""
    from pipeline.request import QUALITIES, Request, Voicing
    from pipeline.tongues import asked_tags

    return tuple(
        Request(
            language_tag=tag,
            quality=QUALITIES[getattr(options, "quality", "h")],
            segments=tuple(dict.fromkeys(getattr(options, "segments", ()))),
            voicing=Voicing(options.voice, options.takes, options.piper_voice),
            whole=getattr(options, "whole", False),
            allow_missing=options.allow_missing,
        )
        for tag in asked_tags(options.lang)
    )


def _crew(options: argparse.Namespace, jobs: int) -> AbstractContextManager[Executor]:
    if options.scheduler:
        from pipeline.cluster import cluster_executor

        return cluster_executor(options.scheduler, jobs, _say)
    from pipeline.local import local_executor

    return local_executor(jobs)


@contextmanager
def _site(options: argparse.Namespace) -> Iterator[Site]:
    from pipeline.build import Site
    from pipeline.local import cores
    from pipeline.plan import ground
    from pipeline.progress import bars
    from pipeline.store import Store, prune

    store = Store((options.cache or ROOT / ".cache").absolute(), lambda line: _say(f"warning: {line}"))
    crew = _crew(options, options.jobs or cores())
    with crew as executor, bars(quiet=not sys.stderr.isatty()) as progress:
        yield Site(ground(ROOT), store, executor, progress)
    prune(store)


def _make(options: argparse.Namespace, make: Callable[[tuple[Request, ...], Site], Result]) -> int:
    from pipeline.report import print_result

    began_s = time.monotonic()
    requests = _requests(options)
    with _site(options) as site:
        files, account = make(requests, site)
    print_result(files, account, time.monotonic() - began_s)
    _preview(options, files[0].path)
    return 0


def _video(options: argparse.Namespace) -> int:
    from pipeline.build import films

    def make(requests: tuple[Request, ...], site: Site) -> Result:
        return films(exports.looked(requests, options, options.quality), options.out, site)

    return _make(options, make)


def _captions(options: argparse.Namespace) -> int:
    from pipeline.build import Account
    from pipeline.captions import caption_film, caption_voice, english_film
    from pipeline.finished import read_film
    from pipeline.report import print_result

    began_s = time.monotonic()
    requests = _requests(options)
    film = options.film or english_film(requests[0], options.out)
    if options.film is None and not film.is_file() and not options.burn:
        return _make(options, lambda requests, site: caption_voice(requests, options.out, site))
    finished = read_film(film)
    files = caption_film(requests, finished)
    account = Account()
    if options.burn:
        from pipeline.burn import burn_films

        with _site(options) as site:
            burned, account = burn_films(requests, finished, site)
        files += burned
    print_result(files, account, time.monotonic() - began_s)
    _preview(options, film)
    return 0


def _master(options: argparse.Namespace) -> int:
    from pipeline.master import make_master
    from pipeline.report import print_dubs, print_result

    began_s = time.monotonic()
    with _site(options) as site:
        files, dubs, account = make_master(_requests(options), options.out, site)
    print_dubs(dubs)
    print_result(files, account, time.monotonic() - began_s)
    _preview(options, files[0].path)
    return 0


def _gif(options: argparse.Namespace) -> int:
    def make(requests: tuple[Request, ...], site: Site) -> Result:
        files, account, notes = exports.make_gif(options, requests, site)
        for note in notes:
            _say(note)
        return files, account

    return _make(options, make)


def _still(options: argparse.Namespace) -> int:
    return _make(options, lambda requests, site: exports.make_still(options, requests, site))


def _slides(options: argparse.Namespace) -> int:
    return _make(options, lambda requests, site: exports.make_slides(options, requests, site))


def _storyboard(options: argparse.Namespace) -> int:
    from pipeline.sheets import contact_sheets

    return _make(options, lambda requests, site: contact_sheets(requests, options.out, site))


def _translate(options: argparse.Namespace) -> int:
    from pipeline import translate
    from pipeline.report import print_progress, print_updated

    if bool(options.tag) != (options.action == "new"):
        raise PipelineError("a language is named with new, and only there", "translate", "use --lang for the others")
    requests = _requests(options)
    with _site(options) as site:
        if options.action == "new":
            print_updated((translate.begin(options.tag, requests[0], site),))
        elif options.action == "update":
            print_updated(translate.update(requests, site))
        else:
            print_progress(translate.progress(requests, site))
    return 0


def _check(options: argparse.Namespace) -> int:
    from pipeline.checks import KINDS, run_checks
    from pipeline.report import print_checks

    kinds = tuple(kind for kind in KINDS if getattr(options, kind)) or KINDS
    requests = exports.looked(_requests(options), options, options.quality)
    with _site(options) as site:
        checked = run_checks(requests, kinds, options.out, site)
    return print_checks(kinds, checked)


def _page(options: argparse.Namespace) -> int:
    from narration.languages import LANGUAGES
    from page.build import build_page
    from pipeline.build import Made
    from pipeline.report import print_files
    from pipeline.tongues import asked_tags

    folders = [options.out / tag for tag in LANGUAGES]
    paths = build_page(folders, asked_tags(options.lang), options.out / "page", allow_missing=options.allow_missing)
    print_files(tuple(Made(path) for path in paths))
    _preview(options, paths[0])
    return 0


def _figures(options: argparse.Namespace) -> int:
    from importlib import import_module

    from pipeline.build import Made
    from pipeline.report import print_files

    paths = import_module("figures").draw_all(options.out / "figures")
    print_files(tuple(Made(Path(path)) for path in paths))
    return 0


def _preview(options: argparse.Namespace, path: Path) -> None:
    import shutil
    import subprocess

    if not options.preview:
        return
    opener = shutil.which("xdg-open") or shutil.which("open")
    if opener is None:
        _say(f"warning: nothing here opens files; open {path} yourself")
        return
    subprocess.Popen([opener, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
