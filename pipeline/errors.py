"""Errors that a user can act on: one line that says what, where and what to do."""

from __future__ import annotations


class PipelineError(Exception):
    """Bad input or surroundings. Prints as ``where: what; remedy`` and ends the command with `status`."""

    status = 2

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        # All three go to Exception.args: the error then survives the way back from a worker process.
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line}; {self.remedy}" if self.remedy else line
        return " ".join(line.split())


class CheckFailedError(PipelineError):
    """What was made, or would be made, is not good enough."""

    status = 1
