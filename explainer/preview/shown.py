"""What is known of a film's drafts at a time: each thing that is told gives the next state of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["Shown", "after", "parts"]

WHOLE_FILM = ""
DIED = "the process that draws died; change something, or start the preview again"


@dataclass(frozen=True)
class Shown:
    """What the page shows, or will.

    Args:
        plan: the film's segments and cues, with their times.
        captions: by language.
        still: the picture drawn last of a moment.
        keys: of each segment, the film that it should have.
        films: of each segment, the film that was drawn last.
        errors: a line for each segment that cannot be drawn; under an empty name for the whole film.
        fresh: whose errors are of the pass that is going on.
        drawing: whether one is.
    """

    plan: Mapping[str, Any] = field(default_factory=dict)
    captions: Mapping[str, Any] = field(default_factory=dict)
    still: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    films: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    drawing: bool = False

    @property
    def drawn(self) -> frozenset[str]:
        """The keys of all pictures and films that the page may ask for."""
        return frozenset((*self.films.values(), *([self.still["key"]] if self.still else ())))


def after(shown: Shown, kind: str, what: Mapping[str, Any]) -> Shown:
    """What is shown when something more has been told; see `explainer.preview.drafts.draw` for what may be."""
    if kind == "begin":
        return replace(shown, drawing=True, fresh=frozenset())
    if kind == "plan":
        return replace(shown, plan=what, errors=_without(shown.errors, WHOLE_FILM))
    if kind == "captions":
        return replace(shown, captions={**shown.captions, what["tag"]: what})
    if kind == "still":
        return replace(shown, still=what, errors=_without(shown.errors, what["segment"]))
    if kind == "keys":
        return replace(shown, keys=what)
    if kind == "film":
        films = {**shown.films, what["segment"]: what["key"]}
        return replace(shown, films=films, errors=_without(shown.errors, what["segment"]))
    if kind == "error":
        errors = {**shown.errors, what["segment"]: what["line"]}
        return replace(shown, errors=errors, fresh=shown.fresh | {what["segment"]})
    if kind == "end":
        errors = {segment: line for segment, line in shown.errors.items() if segment in shown.fresh}
        return replace(shown, errors=errors, drawing=False)
    if kind == "died" and shown.drawing:
        return replace(shown, errors={**shown.errors, WHOLE_FILM: DIED}, drawing=False)
    return shown


def parts(shown: Shown, before: Shown | None = None) -> Iterator[tuple[str, object]]:
    """What the page is told, by name: all of it, or what has changed since."""
    old = before or Shown()
    told: dict[str, tuple[object, object]] = {
        "plan": (shown.plan, old.plan),
        "keys": (shown.keys, old.keys),
        "films": (shown.films, old.films),
        "still": (shown.still, old.still),
        "errors": (list(dict.fromkeys(shown.errors.values())), list(dict.fromkeys(old.errors.values()))),
        "drawing": (shown.drawing, old.drawing),
    }
    for name, (now, then) in told.items():
        if now != then or before is None:
            yield name, now
    for tag, captions in shown.captions.items():
        if captions != old.captions.get(tag):
            yield "captions", captions


def _without(errors: Mapping[str, str], segment: str) -> dict[str, str]:
    return {name: line for name, line in errors.items() if name != segment}
