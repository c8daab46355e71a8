"""The one place that holds a preview's state: orders go out from it, what is told comes in, pages listen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection

from explainer.preview.drawing import Told
from explainer.preview.order import Moment, Order
from explainer.preview.shown import Shown, after, parts

__all__ = ["Desk", "message"]

# An editor writes a file in steps.
SETTLED_S = 0.03


def message(name: str, what: object) -> str:
    """A server-sent event."""
    return f"event: {name}\ndata: {json.dumps(what, ensure_ascii=False)}\n\n"


class Desk:
    """Orders drafts of a film and tells its pages of them; `watch` takes the folders to look for changes in."""

    def __init__(self, order: Order, drawing: Connection, watch: Callable[[list[str]], None]) -> None:
        self.order = order
        self.shown = Shown()
        self._drawing, self._watch = drawing, watch
        self._listeners: set[asyncio.Queue[str]] = set()
        self._settling: asyncio.TimerHandle | None = None

    def change(self) -> None:
        """Draw again, once the files have settled."""
        if self._settling:
            self._settling.cancel()
        self._settling = asyncio.get_running_loop().call_later(SETTLED_S, self.draw)

    def draw(self) -> None:
        """Order the drafts anew."""
        self.order = replace(self.order, number=self.order.number + 1)
        self._show("begin", {})
        try:
            self._drawing.send(self.order)
        except OSError:
            self._show("died", {})

    def look(self, moment: Moment, captions_tag: str) -> None:
        """Note what is looked at; it comes first now, if it is not drawn."""
        before, self.order = self.order, replace(self.order, moment=moment, captions_tag=captions_tag)
        segment = self._segment_of(moment)
        moved = segment != self._segment_of(before.moment)
        undrawn = moved and self.shown.films.get(segment) != self.shown.keys.get(segment)
        if self.shown.drawing and (undrawn or captions_tag != before.captions_tag):
            self.draw()

    def hear(self) -> None:
        """Take what the process that draws has told."""
        while self._drawing.poll():
            try:
                told: Told = self._drawing.recv()
            except (EOFError, OSError):
                asyncio.get_running_loop().remove_reader(self._drawing.fileno())
                self._show("died", {})
                return
            number, kind, what = told
            if number != self.order.number:
                continue
            if kind == "watched":
                self._watch(what["folders"])
            else:
                self._show(kind, what)

    def listen(self) -> asyncio.Queue[str]:
        """A queue of events that begins with all that is known."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        for name, what in parts(self.shown):
            queue.put_nowait(message(name, what))
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[str]) -> None:
        """Listen no longer."""
        self._listeners.discard(queue)

    def _show(self, kind: str, what: dict[str, object]) -> None:
        before, self.shown = self.shown, after(self.shown, kind, what)
        for name, each in parts(self.shown, before):
            for queue in self._listeners:
                queue.put_nowait(message(name, each))

    def _segment_of(self, moment: Moment) -> str:
        segments = self.shown.plan.get("segments", [])
        return next((each["id"] for each in segments for cue in each["cues"] if cue["id"] == moment.cue), "")
