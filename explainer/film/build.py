"""Build films: everything that is not made yet is made, and finished films are put into the output folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from explainer.film import sidecars
from explainer.film.outputs import check_folders, folder_of, outputs
from explainer.film.request import Request
from explainer.film.tasks import film_tasks
from explainer.film.timed import timed
from explainer.jobs.assemble import FILM
from explainer.jobs.draw import POSTER
from explainer.stage import draft
from explainer.tasks.atomic import Content, publish, sibling
from explainer.tasks.context import BuildContext
from explainer.tasks.fingerprint import Sources, library_versions
from explainer.tasks.session import BuildReport, Output, Session, run
from explainer.words import languages
from explainer.words.film import Film

# Their whole effect is among the inputs of tasks: scenes are given their show, and with it all of their language.
NOT_FOLLOWED = frozenset({draft.__name__, languages.__name__})


def build_context(film: Film, remembered: dict[str, str] | None = None) -> BuildContext:
    """What decides the results of a film's tasks; `remembered` are hashes of code, see `Sources`."""
    known = {} if remembered is None else remembered
    return BuildContext(Sources(film.root, film.packages, NOT_FOLLOWED, known), library_versions())


def films(requests: Sequence[Request], out: Path, session: Session) -> tuple[tuple[Output, ...], BuildReport]:
    """Build a film a request with all that goes beside it; returns the files and the report of the build.

    All languages are one graph, and nothing is put into the output folder before all of it is made.
    """
    check_folders(out, tuple(request.language_tag for request in requests))
    report = BuildReport()
    timed_films = timed(requests, session, report)
    tasks = tuple(film_tasks(each, session.context) for each in timed_films)
    wanted = tuple(task for each in tasks for task in (each.film, each.poster))
    folders = run(session, tuple(task for each in tasks for task in each.upstream), wanted, report)
    files: dict[Path, Content] = {}
    finished: list[Output] = []
    for each, todo in zip(timed_films, tasks, strict=True):
        localized = each.localized
        stem = folder_of(out, localized.request.language_tag) / localized.request.stem
        own: dict[Path, Content] = {
            sibling(stem, ".mp4"): folders[todo.film.key] / FILM,
            sibling(stem, ".png"): folders[todo.poster.key] / POSTER,
            **sidecars.files(localized, stem, session.context),
        }
        finished += outputs(own, localized.timeline)
        files |= own
    publish(files)
    return tuple(finished), report
