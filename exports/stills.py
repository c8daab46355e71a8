"""Single frames, as pixels or outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exports import plan, work
from exports.formats import STILL_KINDS
from exports.sizes import checked_aspect, size_px
from exports.stretch import frame_at
from exports.theme import checked_theme
from pipeline import plan as planning
from pipeline.build import Account, Made, Site, run
from pipeline.errors import PipelineError
from pipeline.publish import beside, publish
from pipeline.request import MASTER, Request
from pipeline.tongues import folder_of

STILL_WIDTHS_PX = {"16:9": 1920, "9:16": 1080, "1:1": 1080}


@dataclass(frozen=True)
class Still:
    """A frame that is wanted: the segment, the place in it (`dome.top`, `dome.top:flat+0.5`), and how."""

    segment_id: str
    place: str
    kind: str = "png"
    width: int | None = None
    transparent: bool = False


def stills(requests: Sequence[Request], wanted: Still, out: Path, site: Site) -> tuple[tuple[Made, ...], Account]:
    """Make a still in each language.

    Args:
        requests: one a language, otherwise alike; their quality is not used.
        wanted: which frame, and how.
        out: the output folder.
        site: where the work is done.

    Raises:
        PipelineError: on anything that cannot be; what is possible is said.
    """
    if wanted.kind not in STILL_KINDS:
        raise PipelineError(f"no still as {wanted.kind!r}", "--format", f"use one of {', '.join(STILL_KINDS)}")
    checked_theme(requests[0].theme)
    aspect = checked_aspect(requests[0].aspect)
    size = size_px(STILL_WIDTHS_PX[aspect] if wanted.width is None else wanted.width, aspect)
    account = Account()
    asked = tuple(replace(request, quality=MASTER, segments=(wanted.segment_id,)) for request in requests)
    tasks, targets = [], []
    for version in plan.versions(asked, out, site, account):
        frame = frame_at(planning.show_of(version, wanted.segment_id), wanted.place)
        spoken = plan.spoken_segment(version, wanted.segment_id)
        words = (spoken.title, plan.cue_at(version, wanted.segment_id, frame).shows)
        tasks.append(
            plan.still_task(
                version, wanted.segment_id, size, frame, wanted.kind, words, site.ground, wanted.transparent
            )
        )
        clear = "transparent" if wanted.transparent else ""
        place = wanted.place.removeprefix(f"{wanted.segment_id}.")
        name = plan.stem(version.request, wanted.segment_id, "at", place, clear)
        targets.append(beside(folder_of(out, version.request.language_tag) / name, f".{wanted.kind}"))
    folders = run(site, tuple(tasks), tuple(tasks), account)
    publish({path: folders[item.key] / work.STILL for path, item in zip(targets, tasks, strict=True)})
    return tuple(Made(path) for path in targets), account
