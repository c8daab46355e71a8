"""What reads a command line and, where it cannot, names the option that was meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from explainer.errors import ExplainerError

_CLOSE = 0.6  # of difflib's likeness, 0..1


class CommandParser(argparse.ArgumentParser):
    """As `argparse.ArgumentParser`; a word or an option that it does not know is told of in one line.

    Raises:
        ExplainerError: on such a word, with the option that takes it, or the one that is spelt like it.
    """

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Read the options; nothing that is unknown is left over."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            options = [action for action in self._actions if action.option_strings]
            problem = f"{self.prog.partition(' ')[2] or self.prog} takes no {unknown[0]!r}"
            raise ExplainerError(problem, "", meant(options, unknown) or f"'{self.prog} --help' tells what it takes")
        return known, unknown


def meant(options: Sequence[argparse.Action], unknown: Sequence[str]) -> str:
    """What was meant by words that no option took, as a remedy; empty if nothing comes near.

    An option is known by its name, or by what it may be followed by, as its help lists it.
    """
    word, *rest = unknown
    name, _, value = word.partition("=")
    values = [value or (rest[0] if rest else "")] if word.startswith("-") else [word]
    for wanted in filter(None, values):
        for option in options:
            if wanted in _values(option):
                return f"write {option.option_strings[-1]} {wanted}"
    names = [each for option in options for each in option.option_strings if each.startswith("--")]
    if near := nearest(name, names) if word.startswith("-") else "":
        return f"write {near}"
    by_id = next((option.option_strings[-1] for option in options if option.metavar == "ID"), "")
    return f"write {by_id} {word}" if by_id and not word.startswith("-") else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is spelt most like this one; empty if none is."""
    return next(iter(get_close_matches(word, list(known), 1, _CLOSE)), "")


def _values(option: argparse.Action) -> set[str]:
    """What an option may be followed by: its choices, or what its help lists."""
    if option.nargs == 0:
        return set()
    return {str(each) for each in option.choices or ()} or set(re.findall(r"[\w:-]+", option.help or ""))
