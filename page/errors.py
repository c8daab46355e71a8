"""The one exception of this package: a single line that says where, what, and how to mend it."""

from __future__ import annotations


class PageError(ValueError):
    """Bad input to the page. Prints as ``where: what; remedy``."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(where, what, remedy)
        self.where = where
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(f"{self.where}: {self.what}; {self.remedy}".split())
