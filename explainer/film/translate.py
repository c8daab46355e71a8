"""What translators ask for: files brought up to the script, how far each language is, a new language begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.film.request import Request
from explainer.film.speaking import check_forms, speech_tasks
from explainer.film.timed import known_of, timed, words
from explainer.jobs.speak import spoken_time
from explainer.tasks.atomic import check_writable, publish
from explainer.tasks.session import BuildReport, Session, run
from explainer.timing.planning import budget_of
from explainer.timing.status import Status, status
from explainer.timing.timeline import Timeline
from explainer.words import catalog, updating
from explainer.words.allowed import Allowed
from explainer.words.film import Film


@dataclass(frozen=True)
class Updated:
    """A language's file, and whether it had to be changed."""

    path: Path
    changed: bool


@dataclass(frozen=True)
class Progress:
    """How far a language is, examined with the script's own voice and with its own, or why that has no timeline."""

    status: Status
    own: Status | None
    why: str


def update(requests: Sequence[Request], session: Session) -> tuple[Updated, ...]:
    """Bring the files of the requests' languages, those of the figures too, up to the script and their texts.

    No file is touched if one of them is broken.
    """
    film = requests[0].film
    speech_s = _speech_s(_as_written(requests[0], session))
    texts: dict[Path, tuple[str, str]] = {}
    for request in requests:
        tag = request.language_tag
        if film.is_written_in(tag):
            continue
        path = catalog.path_of(film.language(tag), film.locale)
        check_forms(film, tag)
        old = path.read_text(encoding="utf-8")
        texts[path] = (old, _updated(old, film, tag, path.name, speech_s))
        if film.figure_texts:
            path = catalog.path_of(film.language(tag), film.figure_locale)
            old = path.read_text(encoding="utf-8") if path.exists() else ""
            texts[path] = (old, _figures_updated(old, film, tag, path.name))
    publish({path: new for path, (old, new) in texts.items() if new != old})
    return tuple(Updated(path, new != old) for path, (old, new) in texts.items())


def begin(tag: str, request: Request, session: Session) -> Updated:
    """Start a language's file, with every line to translate.

    Raises:
        ExplainerError: if nothing is known of the language yet, it needs no file, or has one.
    """
    film = request.film
    path = catalog.path_of(film.language(tag), film.locale)
    if film.is_written_in(tag):
        raise ExplainerError("this language is not translated", tag, "choose another")
    if path.exists():
        raise ExplainerError("it is there already", path.name, "run translate update")
    check_writable(film.locale)
    speech_s = _speech_s(_as_written(request, session))
    publish({path: _updated("", film, tag, path.name, speech_s)})
    return Updated(path, True)


def _updated(old: str, film: Film, tag: str, file: str, speech_s: Mapping[str, float]) -> str:
    sources = catalog.sources(film.script, film.own_texts(tag), speech_s)
    return updating.updated(old, sources, film.language(tag), film.glossary, file=file, project=film.name)


def _figures_updated(old: str, film: Film, tag: str, file: str) -> str:
    project = film.script.settings.figures
    return updating.updated(old, _of_figures(film), film.language(tag), film.glossary, file=file, project=project)


def _of_figures(film: Film) -> list[catalog.Source]:
    return [catalog.Source(text.id, text.text, text.shows) for text in film.figure_texts]


def _figures_so_far(film: Film, tag: str) -> catalog.Catalog:
    """Their translations; none before the first update."""
    path = catalog.path_of(film.language(tag), film.figure_locale)
    return catalog.load(film.language(tag), path.parent) if path.exists() else catalog.Catalog(path.name)


def progress(requests: Sequence[Request], session: Session) -> tuple[Progress, ...]:
    """Examine the translations of the requests' languages, those of the figures too, finished or not."""
    film = requests[0].film
    all_of_it = Allowed(missing=True, fuzzy=True)
    wanted = [replace(each, allowed=all_of_it) for each in requests if not film.is_written_in(each.language_tag)]
    as_written = _as_written(requests[0], session)
    return tuple(_progress(request, as_written, session) for request in wanted)


def _progress(request: Request, as_written: Timeline, session: Session) -> Progress:
    film, tag = request.film, request.language_tag
    translations = film.catalog(tag)
    assert translations is not None  # only languages that are translated are asked for
    sources = catalog.sources(film.script, film.own_texts(tag))
    figures = ((_of_figures(film), _figures_so_far(film, tag)),) if film.figure_texts else ()
    narration = words(request, known_of(film, session))
    speech, _ = speech_tasks(request, narration, session.context)
    folders = run(session, tuple(speech.values()), tuple(speech.values()), BuildReport())
    speech_s = {cue_id: spoken_time(folders[item.key]).speech_s for cue_id, item in speech.items()}
    budget = budget_of(film.script.settings)

    def examined(timeline: Timeline) -> Status:
        return status(sources, narration, translations, timeline, speech_s, budget, figures)

    # A voice of this language cannot tell how long lines take that still stand in another.
    own, why = (None, "") if narration.missing else _own_timeline(request, session)
    return Progress(examined(as_written), examined(own) if own else None, why)


def _own_timeline(request: Request, session: Session) -> tuple[Timeline | None, str]:
    try:
        (timed_film,) = timed((request,), session, BuildReport())
    except ExplainerError as error:
        return None, str(error)
    return timed_film.localized.planned, ""


def _as_written(request: Request, session: Session) -> Timeline:
    """The timeline of the script's own language."""
    own = replace(request, language_tag=request.film.source.tag)
    (timed_film,) = timed((own,), session, BuildReport())
    return timed_film.localized.planned


def _speech_s(timeline: Timeline) -> dict[str, float]:
    return {cue.id: (cue.stop_frame - cue.start_frame) / timeline.fps for cue in timeline.cues}
