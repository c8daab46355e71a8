"""What translators ask for: files brought up to the script, how far each language is, a new language begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from narration import catalog
from narration.errors import NarrationError
from narration.languages import PSEUDO_TAG, SOURCE_TAG, language
from narration.script import load_script
from narration.status import Status, status
from narration.timeline import Timeline
from pipeline import plan as planning
from pipeline.build import Account, Site, known_facts, run, spoken_time, timed
from pipeline.errors import PipelineError
from pipeline.publish import check_writable
from pipeline.request import Request


@dataclass(frozen=True)
class Updated:
    """A language's file, and whether it had to be changed."""

    path: Path
    changed: bool


@dataclass(frozen=True)
class Progress:
    """How far a language is, examined with the English voice and with its own, or why that has no timeline."""

    status: Status
    own: Status | None
    why: str


def update(requests: Sequence[Request], site: Site) -> tuple[Updated, ...]:
    """Bring the files of the requests' languages up to the script; no file is touched if one of them is broken."""
    account = Account()
    languages = tuple(language(request.language_tag) for request in requests if request.language_tag != SOURCE_TAG)
    folder = planning.locale_folder(requests[0])
    script = load_script(planning.script_path(requests[0]))
    english = _english(requests[0], site, account)
    speech_s = _speech_s(english)
    texts = {}
    for each in languages:
        path = catalog.path_of(each, folder)
        catalog.load(each, folder)
        old = path.read_text(encoding="utf-8")
        texts[path] = (old, catalog.updated(old, script, each, file=path.name, speech_s=speech_s))
    for path, (old, new) in texts.items():
        if new != old:
            catalog.save(path, new)
    return tuple(Updated(path, new != old) for path, (old, new) in texts.items())


def begin(tag: str, request: Request, site: Site) -> Updated:
    """Start a language's file, with every line to translate.

    Raises:
        PipelineError, NarrationError: if the language has no row in the table yet, needs no file, or has one.
    """
    started = language(tag)
    folder = planning.locale_folder(request)
    path = catalog.path_of(started, folder)
    if tag in (SOURCE_TAG, PSEUDO_TAG):
        raise PipelineError("this language is not translated", tag, "choose another")
    if path.exists():
        raise PipelineError("it is there already", path.name, "run translate update")
    check_writable(folder)
    account = Account()
    speech_s = _speech_s(_english(request, site, account))
    script = load_script(planning.script_path(request))
    catalog.save(path, catalog.updated("", script, started, file=path.name, speech_s=speech_s))
    return Updated(path, True)


def progress(requests: Sequence[Request], site: Site) -> tuple[Progress, ...]:
    """Examine the translations of the requests' languages, finished or not."""
    account = Account()
    wanted = tuple(replace(request, allow_missing=True) for request in requests if request.language_tag != SOURCE_TAG)
    english = _english(requests[0], site, account)
    return tuple(_progress(request, english, site, account) for request in wanted)


def _progress(request: Request, english: Timeline, site: Site, account: Account) -> Progress:
    asked = language(request.language_tag)
    script = load_script(planning.script_path(request))
    words = catalog.load(asked, planning.locale_folder(request))
    narration = planning.words(request, known_facts(site))
    speech, _ = planning.speech_tasks(narration, request.voicing, site.ground)
    folders = run(site, tuple(speech.values()), tuple(speech.values()), account)
    speech_s = {cue_id: spoken_time(folders[item.key])[0] for cue_id, item in speech.items()}
    with_english = status(script, asked, words, english, speech_s)
    own, why = _own_timeline(request, site, account)
    return Progress(with_english, status(script, asked, words, own, speech_s) if own else None, why)


def _own_timeline(request: Request, site: Site, account: Account) -> tuple[Timeline | None, str]:
    try:
        (voiced,) = timed((request,), site, account)
    except NarrationError as error:
        return None, str(error)
    return voiced.version.master, ""


def _english(request: Request, site: Site, account: Account) -> Timeline:
    (voiced,) = timed((replace(request, language_tag=SOURCE_TAG),), site, account)
    return voiced.version.master


def _speech_s(timeline: Timeline) -> dict[str, float]:
    return {cue.id: (cue.stop_frame - cue.start_frame) / timeline.fps for cue in timeline.cues}
