"""The engine's one exception: a single line that says where, what is wrong, and how to mend it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CheckFailedError", "ExplainerError", "located", "place_in", "quoted"]

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


def place_in(error: BaseException, root: Path, passed_over: tuple[str, ...] = (".venv",)) -> str:
    """File and line in a folder that an error came through last; empty if it came through none.

    Args:
        error: as it was caught.
        root: the folder.
        passed_over: names of folders in it whose files do not count.
    """
    place, trace = "", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(root) and not set(passed_over).intersection(file.relative_to(root).parts):
            place = f"{file.relative_to(root)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
