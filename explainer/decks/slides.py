"""Stepped slides: one a cue, whose clip plays and holds its last frame, with the narration as notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from explainer.clips.frame_range import FrameRange
from explainer.clips.tasks import localized_films, still_task
from explainer.decks.deck import Deck, Kind, Slide, checked_kind
from explainer.decks.deck_job import DECK, DeckJob, make_deck
from explainer.film.outputs import folder_of
from explainer.film.request import Request
from explainer.film.tasks import render_task, shot_of
from explainer.film.timed import LocalizedFilm
from explainer.media.encode_settings import H264
from explainer.tasks.atomic import publish, sibling
from explainer.tasks.context import BuildContext
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Output, Session, run
from explainer.words.texts import of_domain

# A deck is kept and mailed: worth more time a frame than the film, which is remade often.
CLIP_ENCODER = H264("slow", 20)


@dataclass(frozen=True)
class Step:
    """One slide's place in its segment."""

    segment_id: str
    stretch: FrameRange
    slide: Slide


def slides(
    requests: Sequence[Request], kind_name: str, out: Path, session: Session
) -> tuple[tuple[Output, ...], BuildReport]:
    """Make a deck in each language, of the requests' segments, at their quality and shape.

    Args:
        requests: one a language, otherwise alike.
        kind_name: html, pptx or pdf.
        out: the output folder.
        session: where the work is done.

    Raises:
        ExplainerError: on anything that cannot be; what is possible is said.
    """
    kind = checked_kind(kind_name)
    report = BuildReport()
    films = localized_films(requests, out, session, report)
    tasks = [deck_tasks(localized, kind, session.context) for localized in films]
    finished = tuple(each[-1] for each in tasks)
    folders = run(session, sum(tasks, ()), finished, report)
    files = {
        sibling(_stem(out, localized.request), f".{kind.name}"): folders[item.key] / DECK
        for localized, item in zip(films, finished, strict=True)
    }
    publish(files)
    return tuple(Output(path) for path in files), report


def steps(localized: LocalizedFilm) -> tuple[Step, ...]:
    """Return a slide for each cue: from where the one before ends, or the segment begins, to the next cue."""
    found = []
    for spoken in localized.narration.segments:
        timing = localized.timeline.relative(spoken.id)
        bounds = [0, *(cue.start_frame for cue in timing.cues[1:]), timing.stop_frame]
        for cue, start, stop in zip(spoken.cues, bounds[:-1], bounds[1:], strict=True):
            duration_s = (stop - start) / localized.timeline.fps
            slide = Slide(cue.id, spoken.title, cue.text, cue.shows, duration_s)
            found.append(Step(spoken.id, FrameRange(start, stop), slide))
    return tuple(found)


def deck_tasks(localized: LocalizedFilm, kind: Kind, context: BuildContext) -> tuple[Task, ...]:
    """Return what is to be done for a deck; the deck comes last."""
    inputs: dict[str, Task] = {}
    stepped = steps(localized)
    for step in stepped:
        inputs[f"still {step.slide.cue_id}"] = _still(localized, step, kind, context)
        if kind.plays:
            inputs[f"clip {step.slide.cue_id}"] = _clip(localized, step, context)
    request, spoken = localized.request, localized.narration.language
    texts = request.film.texts(spoken.tag, allowed=request.allowed)
    deck = Deck(
        localized.narration.title,
        spoken.tag,
        spoken.direction,
        spoken.font,
        request.theme_name,
        request.theme,
        of_domain(texts, "deck"),
        request.quality.width,
        request.quality.height,
        tuple(step.slide for step in stepped),
    )
    made = context.task(f"write {kind.name}", make_deck, DeckJob(kind.name, deck), inputs, modules=(kind.writer,))
    return (*inputs.values(), made)


def _still(localized: LocalizedFilm, step: Step, kind: Kind, context: BuildContext) -> Task:
    quality = localized.request.quality
    return still_task(
        localized,
        step.segment_id,
        (quality.width, quality.height),
        step.stretch.stop_frame - 1,
        kind.still,
        (step.slide.title, step.slide.shows),
        context,
    )


def _clip(localized: LocalizedFilm, step: Step, context: BuildContext) -> Task:
    start, stop = step.stretch.start_frame, step.stretch.stop_frame
    shot = shot_of(localized, step.segment_id, start_frame=start, stop_frame=stop)
    return render_task(localized, step.segment_id, shot, CLIP_ENCODER, context)


def _stem(out: Path, request: Request) -> Path:
    return folder_of(out, request.language_tag) / request.named(*request.segments, "slides")
