"""Stepped slides: one a cue, whose clip plays and holds its last frame, with the narration as notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exports import plan, work
from exports.deck import TEMPLATES, Deck, Kind, Slide, checked_kind
from exports.stretch import Stretch
from exports.theme import checked_theme
from pipeline import plan as planning
from pipeline.build import Account, Made, Site, run
from pipeline.canonical import file_digest
from pipeline.encode_settings import H264
from pipeline.graph import Task, task
from pipeline.plan import Ground, Version
from pipeline.publish import beside, publish
from pipeline.request import Request
from pipeline.tongues import folder_of

# A deck is kept and mailed: worth more time a frame than the film, which is remade often.
CLIP_ENCODER = H264("slow", 20)


@dataclass(frozen=True)
class Step:
    """One slide's place in its segment."""

    segment_id: str
    stretch: Stretch
    slide: Slide


def slides(requests: Sequence[Request], kind_name: str, out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """Make a deck in each language, of the requests' segments, at their quality and shape.

    Args:
        requests: one a language, otherwise alike.
        kind_name: html, pptx or pdf.
        out: the output folder.
        site: where the work is done.

    Raises:
        PipelineError: on anything that cannot be; what is possible is said.
    """
    kind = checked_kind(kind_name)
    checked_theme(requests[0].theme)
    account = Account()
    versions = plan.versions(requests, out, site, account)
    tasks = [deck_tasks(version, kind, site.ground) for version in versions]
    finished = tuple(each[-1] for each in tasks)
    folders = run(site, sum(tasks, ()), finished, account)
    files = {
        beside(_stem(out, version.request), f".{kind.name}"): folders[item.key] / work.DECK
        for version, item in zip(versions, finished, strict=True)
    }
    publish(files)
    return tuple(Made(path) for path in files), account


def steps(version: Version) -> tuple[Step, ...]:
    """Return a slide for each cue: from where the one before ends, or the segment begins, to the next cue."""
    found = []
    for spoken in version.narration.segments:
        timing = version.timeline.relative(spoken.id)
        bounds = [0, *(cue.start_frame for cue in timing.cues[1:]), timing.stop_frame]
        for cue, start, stop in zip(spoken.cues, bounds[:-1], bounds[1:], strict=True):
            duration_s = (stop - start) / version.timeline.fps
            slide = Slide(cue.id, spoken.title, cue.text, cue.shows, duration_s)
            found.append(Step(spoken.id, Stretch(start, stop), slide))
    return tuple(found)


def deck_tasks(version: Version, kind: Kind, base: Ground) -> tuple[Task, ...]:
    """Return what is to be done for a deck; the deck comes last."""
    inputs: dict[str, Task] = {}
    stepped = steps(version)
    for step in stepped:
        inputs[f"still {step.slide.cue_id}"] = _still(version, step, kind, base)
        if kind.plays:
            inputs[f"clip {step.slide.cue_id}"] = _clip(version, step, base)
    request, spoken = version.request, version.narration.language
    deck = Deck(
        version.narration.title,
        spoken.tag,
        spoken.direction,
        spoken.font,
        request.theme,
        request.quality.width,
        request.quality.height,
        tuple(step.slide for step in stepped),
    )
    code = base.code("exports.work:make_deck", kind.write, tools=kind.tools)
    template = {kind.template: file_digest(TEMPLATES / kind.template)} if kind.template else {}
    made = task(f"write {kind.name}", work.make_deck, work.DeckJob(kind.name, deck), {**code, **template}, inputs)
    return (*inputs.values(), made)


def _still(version: Version, step: Step, kind: Kind, base: Ground) -> Task:
    quality = version.request.quality
    return plan.still_task(
        version,
        step.segment_id,
        (quality.width, quality.height),
        step.stretch.stop_frame - 1,
        kind.still,
        (step.slide.title, step.slide.shows),
        base,
    )


def _clip(version: Version, step: Step, base: Ground) -> Task:
    start, stop = step.stretch.start_frame, step.stretch.stop_frame
    shot = planning.shot_of(version, step.segment_id, start_frame=start, stop_frame=stop)
    code = planning.picture_code(version, step.segment_id, base, "render")
    return planning.render_task(version.request.renderer, shot, CLIP_ENCODER, code, f"draw {step.slide.cue_id}")


def _stem(out: Path, request: Request) -> Path:
    name = plan.stem(request, *request.segments, "slides")
    return folder_of(out, request.language_tag) / name
