"""What the scenes themselves say of their frames, gathered for the checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import plan as planning
from pipeline import work
from pipeline.build import Account, Site, run
from pipeline.moments import Moment, between, moments
from pipeline.plan import Version
from pipeline.request import Quality

QUALITY = Quality(1280, 720, 60)


@dataclass(frozen=True)
class Text:
    """A text on screen: its box in pixels from the top left, its colour and the one behind it (sRGB, 0..1)."""

    id: str
    left: float
    top: float
    right: float
    bottom: float
    ink: tuple[float, float, float]
    ground: tuple[float, float, float]


@dataclass(frozen=True)
class Seen:
    """A moment of a segment: its texts, its numbers by name, its places in pixels, its picture."""

    segment_id: str
    moment: Moment
    texts: tuple[Text, ...]
    values: Mapping[str, Any]
    places_px: Mapping[str, tuple[float, float]]
    picture: Path


def inspect(version: Version, site: Site, account: Account) -> tuple[Seen, ...]:
    """Every cue, mark and moment between of the version."""
    found = {}
    for segment in version.timeline.segments:
        cues_and_marks = moments(segment)
        named = sorted((*cues_and_marks, *between(cues_and_marks)), key=lambda moment: moment.frame)
        found[segment.id] = [Moment(each.name, each.frame - segment.start_frame) for each in named]
    tasks = {
        segment_id: planning.inspect_task(
            version,
            segment_id,
            frames := tuple(sorted({moment.frame for moment in named})),
            frames,
            site.ground,
        )
        for segment_id, named in found.items()
    }
    folders = run(site, tuple(tasks.values()), tuple(tasks.values()), account)
    return tuple(
        seen for segment_id, named in found.items() for seen in _read(segment_id, named, folders[tasks[segment_id].key])
    )


def _read(segment_id: str, named: list[Moment], folder: Path) -> tuple[Seen, ...]:
    texts = json.loads((folder / work.TEXTS).read_text(encoding="utf-8"))
    reports = {report["frame"]: report for report in json.loads((folder / work.REPORTS).read_text(encoding="utf-8"))}
    return tuple(
        Seen(
            segment_id,
            moment,
            tuple(Text(**box) for box in texts[str(moment.frame)]),
            reports[moment.frame]["values"],
            reports[moment.frame]["places_px"],
            folder / work.still_name(moment.frame),
        )
        for moment in named
    )
