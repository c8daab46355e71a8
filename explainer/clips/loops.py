"""How a clip that is played again and again comes from its end to its beginning."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from explainer.clips.clip import ClipWriter, Rgba
from explainer.clips.formats import BACK, DISSOLVE, JUMP

HOLD_S, DISSOLVE_S = 1.2, 0.4  # the end stands; it dissolves
_FAST = 1  # flat pictures become small at once


@dataclass(frozen=True)
class _Kept:
    packed: bytes
    repeat: int


class Loop:
    """Leads a clip back to its beginning, once all of its frames have been seen and written.

    A dissolve between two pictures at rest shows no physics that is not there. The way back does: in it heat returns by
    itself. It is for those who ask for it.
    """

    def __init__(self, name: str, fps: int) -> None:
        self._name, self._fps = name, fps
        self._kept: list[_Kept] = []

    def see(self, rgba: Rgba, repeat: int) -> None:
        """Be shown a picture of the clip, and for how many frames it stands."""
        if self._name == BACK:
            self._kept.append(_Kept(zlib.compress(rgba.tobytes(), _FAST), repeat))

    def close(self, writer: ClipWriter) -> None:
        """Write what leads from the last picture to the first; nothing where they are alike."""
        first, last = writer.first, writer.last
        if self._name == JUMP or first is None or last is None or np.array_equal(first, last):
            return
        rest = round(HOLD_S * self._fps)
        writer.write(last, rest)
        if self._name == DISSOLVE:
            self._dissolve(writer, first, last)
            return
        for kept in self._kept[-2:0:-1]:
            writer.write(np.frombuffer(zlib.decompress(kept.packed), np.uint8).reshape(first.shape), kept.repeat)
        writer.write(first, rest)

    def _dissolve(self, writer: ClipWriter, first: Rgba, last: Rgba) -> None:
        steps = max(2, round(DISSOLVE_S * self._fps))
        start, end = last.astype(np.uint16), first.astype(np.uint16)
        for step in range(1, steps):
            writer.write(((start * (steps - step) + end * step + steps // 2) // steps).astype(np.uint8))
