"""Stepped slides: one a cue or mark, whose clip plays up to where its picture stands, with the narration as notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from explainer.clips.frame_range import FrameRange
from explainer.clips.tasks import localized_films, still_task
from explainer.decks.deck import KINDS, PER_PAGE, STEPS, Deck, Kind, Slide, checked_kind, checked_step
from explainer.decks.deck_job import DECK, DeckJob, make_deck
from explainer.errors import ExplainerError
from explainer.film.holds import Holds, standing
from explainer.film.outputs import folder_of
from explainer.film.request import Request
from explainer.film.tasks import picture_task, render_task, shot_of
from explainer.film.timed import LocalizedFilm
from explainer.media.encode_settings import FAST
from explainer.tasks.atomic import publish, sibling
from explainer.tasks.context import BuildContext
from explainer.tasks.graph import Task
from explainer.tasks.session import BuildReport, Output, Session, run
from explainer.timing.spans import stood_apart
from explainer.words.localize import SpokenCue
from explainer.words.texts import of_domain

# The film's, a little finer, as a deck's clips are looked at standing; x264's slow presets take five times as long.
CLIP_ENCODER = replace(FAST, crf=26)


@dataclass(frozen=True)
class Stretch:
    """Frames of a segment, counted from its first."""

    segment_id: str
    frames: FrameRange


@dataclass(frozen=True)
class Wanted:
    """Which deck: html, pptx or pdf; a slide a cue or a mark (`deck.STEPS`); how many slides a page of a PDF has.

    `loops`: clips begin again when they end.
    """

    kind: str
    by: str = STEPS[0]
    per_page: int = 1
    loops: bool = False


@dataclass(frozen=True)
class Step:
    """A slide and what its clip shows: up to where its picture stands, from where the one before stood.

    That may begin in the segment before, whose end then leads to this one.
    """

    stretches: tuple[Stretch, ...]
    slide: Slide


def slides(
    requests: Sequence[Request], wanted: Wanted, out: Path, session: Session
) -> tuple[tuple[Output, ...], BuildReport]:
    """Make a deck in each language, of the requests' segments, at their quality and shape.

    Args:
        requests: one a language, otherwise alike.
        wanted: which deck.
        out: the output folder.
        session: where the work is done.

    Raises:
        ExplainerError: on anything that cannot be; what is possible is said.
    """
    kind = checked(wanted)
    report = BuildReport()
    films = localized_films(requests, out, session, report)
    stood = standing(films, session, report)
    tasks = [deck_tasks(each, steps(each, holds, wanted.by), wanted, session.context) for each, holds in stood]
    finished = tuple(each[-1] for each in tasks)
    folders = run(session, sum(tasks, ()), finished, report)
    files = {
        sibling(_stem(out, localized.request, wanted), f".{kind.name}"): folders[item.key] / DECK
        for localized, item in zip(films, finished, strict=True)
    }
    publish(files)
    return tuple(Output(path) for path in files), report


def checked(wanted: Wanted) -> Kind:
    """Return the kind of a deck when all that is asked for goes together.

    Raises:
        ExplainerError: when it does not.
    """
    kind = checked_kind(wanted.kind)
    checked_step(wanted.by)
    if wanted.per_page not in PER_PAGE:
        able = ", ".join(map(str, PER_PAGE))
        raise ExplainerError(f"no {wanted.per_page} slides a page", "--per-page", f"use one of {able}")
    if wanted.per_page > 1 and kind.plays:
        raise ExplainerError(f"{kind.name} has no pages", "--per-page", "leave it out, or use --to pdf")
    if wanted.loops and not kind.plays:
        able = " or ".join(each.name for each in KINDS.values() if each.plays)
        raise ExplainerError(f"nothing plays in a {kind.name}", "--loop", f"leave it out, or use --to {able}")
    return kind


def steps(localized: LocalizedFilm, holds: Mapping[str, Holds], by: str = "cues") -> tuple[Step, ...]:
    """Return a slide for each cue, or for each mark and what is before a cue's first.

    Args:
        localized: the film.
        holds: where its segments stand, by their ids.
        by: cues or marks.
    """
    found: list[Step] = []
    follow = set(pairwise(segment.id for segment in localized.request.film.script.segments))
    rest: Stretch | None = None  # of the segment before, after it stood
    for spoken in localized.narration.segments:
        timing = localized.timeline.relative(spoken.id)
        if rest is not None and (rest.segment_id, spoken.id) not in follow:
            rest = None
        begun = 0
        for cue, time in zip(spoken.cues, timing.cues, strict=True):
            places = stood_apart(time, holds[spoken.id]) if by == "marks" else (cue.id,)
            for place in places:
                stop = max(holds[spoken.id][place] + 1, begun + 1)
                own = Stretch(spoken.id, FrameRange(begun, stop))
                stretches = (own,) if rest is None else (rest, own)
                duration_s = sum(each.frames.frames for each in stretches) / localized.timeline.fps
                notes = cue.text if place == cue.id else _said(cue, place, first=place == places[0])
                found.append(Step(stretches, Slide(place, spoken.title, notes, cue.shows, duration_s)))
                begun, rest = stop, None
        if begun < timing.stop_frame:
            rest = Stretch(spoken.id, FrameRange(begun, timing.stop_frame))
    return tuple(found)


def _said(cue: SpokenCue, place: str, first: bool) -> str:
    """The words of a cue from a mark, or from its start, up to the next mark; all if the mark is their end."""
    offsets = dict(cue.caption.marks)
    mark = offsets.get(place.removeprefix(f"{cue.id}:"), 0)
    ends = min((at for at in offsets.values() if at > mark), default=len(cue.text))
    begins = 0 if first else mark
    return cue.text[begins:ends].strip() or cue.text


def deck_tasks(
    localized: LocalizedFilm, stepped: Sequence[Step], wanted: Wanted, context: BuildContext
) -> tuple[Task, ...]:
    """Return what is to be done for a deck; the deck comes last."""
    kind = checked_kind(wanted.kind)
    inputs: dict[str, Task] = {}
    parts: list[Task] = []
    for step in stepped:
        inputs[f"still {step.slide.id}"] = _still(localized, step, kind, context)
        if kind.plays:
            drawn = [_clip(localized, stretch, context) for stretch in step.stretches]
            parts += drawn
            inputs[f"clip {step.slide.id}"] = picture_task(localized, drawn, context) if drawn[1:] else drawn[0]
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
        wanted.per_page,
        wanted.loops,
        request.film.source.tag,
    )
    made = context.task(f"write {kind.name}", make_deck, DeckJob(kind.name, deck), inputs, modules=(kind.writer,))
    return (*parts, *inputs.values(), made)


def _still(localized: LocalizedFilm, step: Step, kind: Kind, context: BuildContext) -> Task:
    quality, last = localized.request.quality, step.stretches[-1]
    return still_task(
        localized,
        last.segment_id,
        (quality.width, quality.height),
        last.frames.stop_frame - 1,
        kind.still,
        (step.slide.title, step.slide.shows),
        context,
    )


def _clip(localized: LocalizedFilm, stretch: Stretch, context: BuildContext) -> Task:
    start, stop = stretch.frames.start_frame, stretch.frames.stop_frame
    shot = shot_of(localized, stretch.segment_id, start_frame=start, stop_frame=stop)
    return render_task(localized, stretch.segment_id, shot, CLIP_ENCODER, context)


def _stem(out: Path, request: Request, wanted: Wanted) -> Path:
    by = wanted.by if wanted.by != STEPS[0] else ""
    named = ("slides", by, f"{wanted.per_page}-a-page" if wanted.per_page > 1 else "", "loop" if wanted.loops else "")
    return folder_of(out, request.language_tag) / request.named(*request.segments, *named)
