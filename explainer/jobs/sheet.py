"""Draw a contact sheet of stills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.jobs.draw import still_name
from explainer.tasks.graph import Tick

if TYPE_CHECKING:
    from explainer.media.contact_sheet import Panel, Row, Type

TOOLS = ("pillow",)
SHEET = "storyboard.png"


@dataclass(frozen=True)
class SheetJob:
    """The rows of panels, one input a segment by its id; how their words are set; the shape of a frame."""

    rows: tuple[Row, ...]
    letters: Type
    title: str
    aspect: float


def draw_sheet(job: SheetJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw the contact sheet."""
    from explainer.media.contact_sheet import sheet

    def stored(panel: Panel) -> Path:
        return inputs[panel.segment_id] / still_name(panel.frame)

    sheet(job.rows, job.letters, job.title, job.aspect, stored).save(folder / SHEET)
