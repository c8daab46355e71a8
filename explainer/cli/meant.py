"""What reads a command line and, where it cannot, names the option that was meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from explainer.errors import ExplainerError

_CLOSE = 0.7  # of difflib's likeness, 0..1: a letter or two are wrong
_LISTED = ("NAME", "TAG", "W:H")  # metavars of options whose help lists what may follow


class CommandParser(argparse.ArgumentParser):
    """As `argparse.ArgumentParser`, without abbreviations; what it cannot read is told of in one line.

    Raises:
        ExplainerError: on a word or an option that it does not know, with the option that takes it, or the one that is
            spelt like it; on a value that an option does not take, and on what is missing.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Read the options; nothing that is unknown is left over."""
        demanded = [action for action in self._actions if action.required and action.option_strings]
        for action in demanded:  # a word that is not known says more than that another is missing
            action.required = False
        try:
            known, unknown = super().parse_known_args(args, namespace)
        finally:
            for action in demanded:
                action.required = True
        if unknown:
            problem = f"{self._name} takes no {unknown[0]!r}"
            raise ExplainerError(problem, "", meant(self._actions, unknown) or self._help)
        missing = [action.option_strings[-1] for action in demanded if getattr(known, action.dest) is None]
        if missing:
            self.error(f"{', '.join(missing)} is missing")
        return known, unknown

    def error(self, message: str) -> NoReturn:
        """Tell in one line what is wrong."""
        raise ExplainerError(f"{self._name}: {message}", "", self._help)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        known = [str(each) for each in action.choices]
        option = action.option_strings[-1] if action.option_strings else ""
        near = nearest(str(value), known)
        remedy = f"write {f'{option} {near}'.strip()}" if near else f"use one of {', '.join(known)}"
        raise ExplainerError(f"{f'{self._name} {option}'.strip()} takes no {value!r}", "", remedy)

    @property
    def _name(self) -> str:
        return self.prog.partition(" ")[2] or self.prog

    @property
    def _help(self) -> str:
        return f"'{self.prog} --help' lists all that it takes"


def meant(actions: Sequence[argparse.Action], unknown: Sequence[str]) -> str:
    """What was meant by words that no option took, as a remedy; empty if nothing comes near.

    An option is known by its name, or by what it may be followed by, as its help lists it.
    """
    options = [action for action in actions if action.option_strings]
    word, *rest = unknown
    name, _, value = word.partition("=")
    bare = name.lstrip("-")
    for wanted in filter(None, (bare, value or (rest[0] if rest and word.startswith("-") else ""))):
        for option in options:
            if wanted in _values(option):
                return f"write {option.option_strings[-1]} {wanted}"
    names = [each[2:] for option in options for each in option.option_strings if each.startswith("--")]
    if near := nearest(bare, names):
        return f"write --{near}"
    by_id = next((option.option_strings[-1] for option in options if option.metavar == "ID"), "")
    return f"write {by_id} {word}" if by_id and not word.startswith("-") else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is spelt most like this one; empty if none is."""
    return next(iter(get_close_matches(word, list(known), 1, _CLOSE)), "")


def _values(option: argparse.Action) -> set[str]:
    """What an option may be followed by: its choices, or what its help lists."""
    if option.choices or option.metavar not in _LISTED:
        return {str(each) for each in option.choices or ()}
    return set(re.findall(r"[\w:-]+", (option.help or "").partition("(")[0])) - {"or", "for", "a", "the"}
