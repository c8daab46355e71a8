"""Who says a film's cues, and the tasks that have them said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.errors import ExplainerError, located, quoted
from explainer.film.request import Request
from explainer.jobs import speak as speak_jobs
from explainer.tasks.context import BuildContext
from explainer.tasks.graph import Task
from explainer.voices import kept
from explainer.voices.table import VOICES, choose
from explainer.voices.utterance import Utterance
from explainer.words.film import Film
from explainer.words.localize import Narration
from explainer.words.script import SPOKEN

KEPT = "kept"


@dataclass(frozen=True)
class Asked:
    """The voice to try first, the folder of its files, and what to tell the user."""

    voice: str
    folder: Path | None = None
    said_by: str = ""
    """Of kept takes: the voice that said them, whose spoken forms they have."""
    warning: str = ""
    lacking: tuple[str, ...] = ()
    """Cues that the language's own voice says in its place."""


def speech_tasks(
    request: Request, narration: Narration, context: BuildContext, paces: Mapping[str, float] | None = None
) -> tuple[dict[str, Task], tuple[str, ...]]:
    """One task a cue, by the cue's id, and what the user should know about the voices.

    Args:
        request: the film, and who speaks.
        narration: its words.
        context: what decides results.
        paces: how much faster than usual a cue is said, by its id.

    Raises:
        ExplainerError: the voice is unknown, missing or broken, or a take is not what its table tells of.
    """
    asked = asked_voice(request, narration)
    tasks, warnings = {}, [asked.warning]
    for cue in narration.cues:
        pace = (paces or {}).get(cue.id, 1.0)
        told = Asked(narration.language.voice) if cue.id in asked.lacking else asked
        job = speak_jobs.SpeakJob(cue.id, cue.speech, narration.language, told.voice, told.folder, pace)
        choice = choose(told.voice, job.utterance)
        voice, own_folder = VOICES[choice.voice], told.folder if choice.voice == told.voice else None
        speech = cue.said_by(form_of(told.said_by or voice.name))
        job = replace(job, speech=speech, voice=voice.name, folder=own_folder)
        tasks[cue.id] = context.task(
            f"speak {cue.id}",
            speak_jobs.speak,
            job,
            modules=(voice.module,),
            also=choice.signature,
            on_client=voice.at_home,
        )
        warnings.append(choice.warning)
    return tasks, tuple(dict.fromkeys(filter(None, warnings)))


def asked_voice(request: Request, narration: Narration) -> Asked:
    """Who is to speak: recordings before piper before a voice by name before the film's own takes.

    Takes that do not say every cue as it is now are not used at all, as two voices in one film would be heard; unless
    they are to be patched.

    Raises:
        ExplainerError: the table of the film's own takes is broken or of another film.
    """
    voicing, language = request.voicing, narration.language
    if voicing.takes is not None:
        return Asked("takes", voicing.takes)
    if voicing.piper_file is not None:
        return Asked("piper", voicing.piper_file.parent if voicing.piper_file.is_file() else voicing.piper_file)
    folder = request.film.takes(language.tag)
    if voicing.voice:
        table = kept.read(folder) if voicing.voice == KEPT else None
        return Asked(voicing.voice, folder if table else None, table.said_by if table else "")
    table = kept.read(folder)
    if table is None:
        return Asked(language.voice)
    stale = kept.stale(table, utterances(narration, table.said_by))
    if not stale:
        return Asked(KEPT, folder, table.said_by)
    spoken = "speaks in their place" if voicing.patched else "speaks the whole film"
    warning = (
        f"{language.tag}: no take says {', '.join(stale)} as written now, so {language.voice} {spoken};"
        f" renew the takes: speak --lang {language.tag}"
    )
    if voicing.patched:
        return Asked(KEPT, folder, table.said_by, warning, tuple(stale))
    return Asked(language.voice, warning=warning)


def utterances(narration: Narration, voice: str) -> dict[str, Utterance]:
    """What a voice is asked to say, by cue, in its own spoken forms."""
    form = form_of(voice)
    return {
        cue.id: speak_jobs.SpeakJob(cue.id, cue.said_by(form), narration.language, "", None).utterance
        for cue in narration.cues
    }


def form_of(voice: str) -> str:
    """The voice whose spoken forms a voice takes; one that is not known here has its own."""
    return VOICES[voice].form if voice in VOICES else voice


def check_forms(film: Film, tag: str) -> None:
    """Refuse spoken forms for voices that there are not, in the script and in the translations of a language.

    Raises:
        ExplainerError: with the form's place and the voices' names.
    """
    catalog = film.catalog(tag)
    cues = film.script.cues
    forms = [(film.path.name, f"{cue.id}|{SPOKEN}:{voice}", voice) for cue in cues for voice in cue.spoken_by]
    forms += [(catalog.at(id), id, voice) for id, voice in catalog.voices.items()] if catalog else []
    names = dict.fromkeys(voice.form for voice in VOICES.values())
    for file, id, voice in forms:
        if voice not in names:
            raise ExplainerError(f"no voice {quoted(voice)}", located(file, id), f"name one of {', '.join(names)}")
