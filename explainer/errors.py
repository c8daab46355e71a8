"""The engine's one exception: a single line that says where, what is wrong, and how to mend it."""

from __future__ import annotations

__all__ = ["CheckFailedError", "ExplainerError", "located", "quoted"]

LONGEST_QUOTE = 60


class ExplainerError(Exception):
    """Bad input or surroundings. Prints as ``place: problem; remedy`` and ends a command with `status`.

    Args:
        problem: what is wrong.
        place: the file, with a line number where one is known (``de.po:12``), or the id, option or part at fault.
        remedy: what to do about it.
    """

    status = 2

    def __init__(self, problem: str, place: str = "", remedy: str = "") -> None:
        # All three go to Exception.args: the error then survives the way back from a worker process.
        super().__init__(problem, place, remedy)
        self.problem = problem
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        line = f"{self.place}: {self.problem}" if self.place else self.problem
        line = " ".join((f"{line}; {self.remedy}" if self.remedy else line).split())
        return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


class CheckFailedError(ExplainerError):
    """What was made, or would be made, is not good enough."""

    status = 1


def located(file: str, id: str) -> str:
    """Name an entry of a file: ``de.po:12: swing.fall``; either may be empty."""
    return ": ".join(part for part in (file, id) if part)


def quoted(text: object) -> str:
    """Foreign text for an error message: quoted, control characters escaped, cut to a readable length."""
    shown = str(text)
    if len(shown) > LONGEST_QUOTE:
        shown = shown[:LONGEST_QUOTE] + "…"
    return repr(shown)
