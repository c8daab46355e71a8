"""The one exception of this package: a single line that says where, what, and how to mend it."""

from __future__ import annotations

__all__ = ["NarrationError", "quoted"]

LONGEST_QUOTE = 60


class NarrationError(ValueError):
    """Bad input to the narration.

    Args:
        file: the file at fault, with a line number where one is known (``de.po:12``); may be empty.
        id: the segment, cue, label, fact or voice at fault; may be empty.
        problem: what is wrong.
        remedy: what to do about it.
    """

    def __init__(self, file: str, id: str, problem: str, remedy: str) -> None:
        super().__init__(file, id, problem, remedy)
        self.file = file
        self.id = id
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.id) if part)
        line = f"{where}: {self.problem}; {self.remedy}" if where else f"{self.problem}; {self.remedy}"
        return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


def quoted(text: object) -> str:
    """Foreign text for an error message: quoted, control characters escaped, cut to a readable length."""
    shown = str(text)
    if len(shown) > LONGEST_QUOTE:
        shown = shown[:LONGEST_QUOTE] + "…"
    return repr(shown)
