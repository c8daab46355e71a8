"""Makes a film's drafts, in a process of its own that is forked for it: what the moment looked at needs comes first."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.film.build import build_context
from explainer.film.request import Request, Voicing, quality_of
from explainer.film.tasks import FilmTasks, drawing_task, film_tasks, shot_of
from explainer.film.timed import TimedFilm, chosen, narrowed, timed, unfinished, words
from explainer.preview.forks import Forks
from explainer.preview.glance import GlanceJob, glance
from explainer.preview.order import Order, frame_at
from explainer.preview.telling import Send, captions_told, error_told, plan_told
from explainer.tasks.atomic import sweep
from explainer.tasks.imports import ENGINE
from explainer.tasks.progress import Silent
from explainer.tasks.session import BuildReport, Session, run
from explainer.tasks.store import BUILDING, Store, find, scratch
from explainer.words.allowed import Allowed
from explainer.words.film import NARRATION, open_film

__all__ = ["draw"]

UNFINISHED = Allowed(missing=True, fuzzy=True)


@dataclass(frozen=True)
class _Pass:
    """One order at work: the film on its timeline, and who is told."""

    order: Order
    whole: TimedFilm
    session: Session
    send: Send

    def part(self, segment_id: str) -> TimedFilm:
        """A film of one segment, at the times that it has in the whole film."""
        localized, ids = self.whole.localized, (segment_id,)
        planned = chosen(localized.planned, ids)
        part = replace(
            localized,
            request=replace(localized.request, segments=ids),
            narration=narrowed(localized.narration, ids),
            planned=planned,
            timeline=planned.resampled(localized.timeline.fps),
        )
        return TimedFilm(part, self.whole.speech)


def draw(order: Order, send: Send, remembered: dict[str, str]) -> None:
    """Make what is not made yet, and tell of each thing as soon as it is known or there.

    Args:
        order: the film, and what of it is looked at.
        send: is told of `watched` folders, the `plan`, `captions`, a `still`, `keys` and `film` of segments, `error`s,
            the `end`, and what the next pass need not do again: `loaded` modules, hashes of code, texts that were set.
        remembered: hashes of code, see `Sources`; more are added.
    """
    notes: list[str] = []
    set_texts: list[tuple[str, str]] = []
    store = Store(order.cache, notes.append)
    sweep(store.folder / BUILDING)
    try:
        with scratch(store) as folder:
            tempfile.tempdir = str(folder)
            # A file that is saved twice in a second would be taken for the one that was compiled before.
            sys.pycache_prefix, sys.dont_write_bytecode = str(folder), True
            set_texts += _draw(order, store, notes, send, remembered)
    except Exception as error:  # whatever a film's code may raise
        send("error", error_told(error, order.root))
    send("end", {})
    send("loaded", {"modules": _others(order.root), "remembered": remembered, "texts": set_texts})


def _draw(
    order: Order, store: Store, notes: list[str], send: Send, remembered: dict[str, str]
) -> list[tuple[str, str]]:
    """Do the work; returns the texts of the segment that is looked at, each with its font."""
    send("watched", {"folders": [NARRATION]})
    film = open_film(order.root, order.film)
    send("watched", {"folders": [NARRATION, *film.packages]})
    context = build_context(film, remembered)
    session = Session(context, store, Forks(order.jobs, order.root), Silent())
    request = Request(
        film,
        order.language_tag,
        quality_of("l", order.aspect),
        voicing=Voicing(order.voice, patched=True),
        theme_name=order.theme,
        aspect=order.aspect,
        allowed=UNFINISHED,
    )
    (whole,) = timed((request,), session, BuildReport())
    at_work = _Pass(order, whole, session, send)
    send("plan", plan_told(whole.localized, notes))
    _tell_captions(at_work, (order.captions_tag,))
    segment_id, frame = frame_at(whole.localized.timeline, order.moment)
    _still(at_work, segment_id, frame)
    packages = [name for name in context.sources.film_modules if (order.root / name).is_dir()]
    send("watched", {"folders": list(dict.fromkeys((NARRATION, *packages)))})
    _films(at_work, segment_id)
    _tell_captions(at_work, tuple(tag for tag in film.tags if tag != order.captions_tag))
    narration = at_work.part(segment_id).localized.narration
    return [(text, narration.language.font) for text in narration.labels.values()]


def _tell_captions(at_work: _Pass, tags: tuple[str, ...]) -> None:
    """Tell the captions of languages; one that is broken has a line of its own."""
    localized = at_work.whole.localized
    for tag in tags:
        try:
            narration = localized.narration
            if tag != narration.language.tag:
                narration = words(replace(localized.request, language_tag=tag), localized.known)
            told = captions_told(localized, narration)
        except ExplainerError as error:
            at_work.send("captions", {"tag": tag, "direction": "ltr", "lines": [], "notes": [str(error)]})
        else:
            at_work.send("captions", {**told, "notes": list(unfinished(narration))})


def _still(at_work: _Pass, segment_id: str, frame: int) -> None:
    """Draw the picture that is looked at, if the segment's film has to be drawn anew."""
    part, session = at_work.part(segment_id), at_work.session
    try:
        if find(session.store, film_tasks(part, session.context).film.key):
            return
        job = GlanceJob(part.localized.request.renderer, shot_of(part.localized, segment_id), frame)
        task = drawing_task("glance", glance, job, part.localized, segment_id, session.context)
        run(session, (task,), (task,), BuildReport())
    except Exception as error:  # whatever a scene may raise
        at_work.send("error", error_told(error, at_work.order.root, segment_id))
        return
    at_work.send("still", {"segment": segment_id, "key": task.key})


def _films(at_work: _Pass, first_id: str) -> None:
    """Have each segment's film, from the one that is looked at on."""
    store, tasks = at_work.session.store, dict(_tasks(at_work, first_id))
    at_work.send("keys", {segment_id: each.film.key for segment_id, each in tasks.items()})
    there = {segment_id: each.film.key for segment_id, each in tasks.items() if find(store, each.film.key)}
    for segment_id, key in there.items():
        at_work.send("film", {"segment": segment_id, "key": key})
    for segment_id, each in tasks.items():
        if segment_id in there:
            continue
        try:
            run(at_work.session, each.upstream, (each.film,), BuildReport())
        except Exception as error:  # whatever a scene may raise
            at_work.send("error", error_told(error, at_work.order.root, segment_id))
        else:
            at_work.send("film", {"segment": segment_id, "key": each.film.key})


def _tasks(at_work: _Pass, first_id: str) -> Iterator[tuple[str, FilmTasks]]:
    ids = [segment.id for segment in at_work.whole.localized.timeline.segments]
    start = ids.index(first_id)
    for segment_id in (*ids[start:], *ids[:start]):
        try:
            yield segment_id, film_tasks(at_work.part(segment_id), at_work.session.context)
        except ExplainerError as error:
            at_work.send("error", error_told(error, at_work.order.root, segment_id))


def _others(root: Path) -> list[str]:
    """The modules that are loaded and not the film's: they may stay so for all that is drawn later."""

    def is_films(name: str) -> bool:
        top = name.partition(".")[0]
        return top != ENGINE and ((root / top).is_dir() or (root / f"{top}.py").is_file())

    return [name for name in sys.modules if not is_films(name) and not name.startswith("__")]
