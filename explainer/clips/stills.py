"""Single frames, as pixels or outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.clips import still_job, tasks
from explainer.clips.formats import STILL_KINDS
from explainer.clips.frame_range import checked_place, frame_at
from explainer.errors import ExplainerError
from explainer.film.outputs import folder_of
from explainer.film.request import DEFAULT_QUALITY, Request, size_px
from explainer.film.tasks import show_of
from explainer.tasks.atomic import publish, sibling
from explainer.tasks.session import BuildReport, Output, Session, run

STILL_WIDTHS_PX = {"16:9": 1920, "9:16": 1080, "1:1": 1080}


@dataclass(frozen=True)
class Still:
    """A frame that is wanted: the segment, the place in it (`swing.fall`, `swing.fall:lowest+0.5`), and how."""

    segment_id: str
    place: str
    kind: str = "png"
    width: int | None = None
    transparent: bool = False


def stills(
    requests: Sequence[Request], wanted: Still, out: Path, session: Session
) -> tuple[tuple[Output, ...], BuildReport]:
    """Make a still in each language.

    Args:
        requests: one a language, otherwise alike; their quality is not used.
        wanted: which frame, and how.
        out: the output folder.
        session: where the work is done.

    Raises:
        ExplainerError: on anything that cannot be; what is possible is said.
    """
    if wanted.kind not in STILL_KINDS:
        raise ExplainerError(f"no still as {wanted.kind!r}", "--format", f"use one of {', '.join(STILL_KINDS)}")
    aspect = requests[0].aspect
    size = size_px(STILL_WIDTHS_PX[aspect] if wanted.width is None else wanted.width, aspect)
    report = BuildReport()
    asked = tuple(replace(request, quality=DEFAULT_QUALITY, segments=(wanted.segment_id,)) for request in requests)
    drawn, targets = [], []
    films = tasks.localized_films(asked, out, session, report)
    id = wanted.segment_id
    shows = [show_of(localized, id) for localized in films]
    places = [checked_place(show, wanted.place) for show in shows]
    found = tasks.holds_for([(film, id, (place,)) for film, place in zip(films, places, strict=True)], session, report)
    for localized, show, place, holds in zip(films, shows, places, found, strict=True):
        frame = frame_at(show, place, holds=holds)
        spoken = tasks.spoken_segment(localized, id)
        words = (spoken.title, tasks.cue_at(localized, id, frame).shows)
        drawn.append(
            tasks.still_task(localized, id, size, frame, wanted.kind, words, session.context, wanted.transparent)
        )
        clear = "transparent" if wanted.transparent else ""
        shown = wanted.place.removeprefix(f"{id}.")
        name = localized.request.named(id, "at", shown, clear)
        targets.append(sibling(folder_of(out, localized.request.language_tag) / name, f".{wanted.kind}"))
    folders = run(session, tuple(drawn), tuple(drawn), report)
    publish({path: folders[item.key] / still_job.STILL for path, item in zip(targets, drawn, strict=True)})
    return tuple(Output(path) for path in targets), report
