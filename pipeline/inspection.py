"""What the scenes themselves say of their frames, gathered for the checks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline import plan as planning
from pipeline import work
from pipeline.build import Account, Site, run
from pipeline.graph import Task
from pipeline.moments import Moment, between, moments
from pipeline.plan import Version
from pipeline.request import Quality, Request
from pipeline.textbox import TextBox

SHORT_SIDE_PX, FPS = 720, 60


@dataclass(frozen=True)
class Seen:
    """A moment of a segment: its texts, its numbers by name, its places in pixels, its picture."""

    segment_id: str
    moment: Moment
    texts: tuple[TextBox, ...]
    values: Mapping[str, Any]
    places_px: Mapping[str, tuple[float, float]]
    picture: Path


def inspected(request: Request) -> Request:
    """The same version in its own shape at the size that scenes are inspected at."""
    shape = request.quality
    unit = SHORT_SIDE_PX / min(shape.width, shape.height)
    width, height = (2 * round(side * unit / 2) for side in (shape.width, shape.height))
    return replace(request, quality=Quality(width, height, FPS))


def inspect(versions: Sequence[Version], site: Site, account: Account, pictured: bool) -> tuple[tuple[Seen, ...], ...]:
    """Every cue, mark and moment between of each version; with their pictures if wanted."""
    named = [_moments(version) for version in versions]
    tasks = [
        {segment_id: _task(version, segment_id, found, site, pictured) for segment_id, found in each.items()}
        for version, each in zip(versions, named, strict=True)
    ]
    wanted = tuple(task for each in tasks for task in each.values())
    folders = run(site, wanted, wanted, account)
    return tuple(
        tuple(
            seen
            for segment_id, found in each.items()
            for seen in _read(segment_id, found, folders[own[segment_id].key])
        )
        for each, own in zip(named, tasks, strict=True)
    )


def _moments(version: Version) -> dict[str, list[Moment]]:
    found = {}
    for segment in version.timeline.segments:
        cues_and_marks = moments(segment)
        named = sorted((*cues_and_marks, *between(cues_and_marks)), key=lambda moment: moment.frame)
        found[segment.id] = [Moment(each.name, each.frame - segment.start_frame) for each in named]
    return found


def _task(version: Version, segment_id: str, found: Sequence[Moment], site: Site, pictured: bool) -> Task:
    frames = tuple(sorted({moment.frame for moment in found}))
    return planning.inspect_task(version, segment_id, frames, frames if pictured else (), site.ground)


def _read(segment_id: str, named: list[Moment], folder: Path) -> tuple[Seen, ...]:
    texts = json.loads((folder / work.TEXTS).read_text(encoding="utf-8"))
    reports = {report["frame"]: report for report in json.loads((folder / work.REPORTS).read_text(encoding="utf-8"))}
    return tuple(
        Seen(
            segment_id,
            moment,
            tuple(TextBox(**box) for box in texts[str(moment.frame)]),
            reports[moment.frame]["values"],
            reports[moment.frame]["places_px"],
            folder / work.still_name(moment.frame),
        )
        for moment in named
    )
