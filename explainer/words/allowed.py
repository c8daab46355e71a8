"""Which unfinished translations may be shown."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FINISHED", "Allowed"]


@dataclass(frozen=True)
class Allowed:
    """What may stand where a line has no finished translation of its present wording.

    Attributes:
        missing: the line as it was written.
        fuzzy: its translation as it is, if that has the line's placeholders and marks; it comes before the line as
            it was written.
    """

    missing: bool = False
    fuzzy: bool = False


FINISHED = Allowed()
"""Nothing: every line is translated, and reviewed."""
