"""Panels: what a film brings for a reader of its page to drive. A film without any has a page of films and transcript.

The package that a script names as its panels holds:

- ``data(known)``, plain data for its scripts, and ``properties(theme)``, custom properties for its style, by name;
- ``panels.html.j2`` and ``notes.html.j2``, set into the page, which find words as ``text`` and ``label``, the data as
  ``panels``, and controls to be made of in ``controls.html.j2``; and ``panels.css.j2``, their style;
- ``static/panels.js``, which exports ``createPanels(data, words, colours, film)``;
- ``text.toml``, its words.

An element of class ``panel`` with an id and a heading of the second level gets a button that gives it the whole screen,
and a link that keeps the values of its sliders and text boxes; a hidden input in it that holds a value tells them all,
and the link keeps that one. On an event ``enter`` a panel is brought into view, or takes over the whole screen.

A page holds the panels of all its films, so no two may give one id to their elements. An element with ``data-segment``,
names of segments, is where headings of the transcript lead; ``film:segment`` names one of another film without a panel
for it. A button with ``data-watch`` plays a segment, of another film too, and hides on a page without that film.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError
from explainer.html.pages import rendered
from explainer.stage.look import Theme
from explainer.tasks.loading import imported
from explainer.words.facts import Known
from explainer.words.film import Film

__all__ = ["Panels", "panels_of"]


@dataclass(frozen=True)
class Panels:
    """A film's panels: their data, custom properties of their style by theme, and the folder of their files, if any."""

    data: Mapping[str, Any] = field(default_factory=dict)
    properties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    folder: Path | None = None

    def part(self, template: str, **values: Any) -> str:
        """One of its templates filled in; empty if it has none of that name."""
        if self.folder is None or not (self.folder / template).is_file():
            return ""
        return rendered(template, self.folder, **values)


def panels_of(film: Film, themes: Mapping[str, Theme], known: Known) -> Panels:
    """The panels that a film's script names.

    Raises:
        ExplainerError: their package cannot be loaded, or fails.
    """
    name = film.script.settings.panels
    if not name:
        return Panels()
    package = imported(name)
    try:
        data = package.data(known)
        json.dumps(data, allow_nan=False)
        properties = {theme_name: package.properties(theme) for theme_name, theme in themes.items()}
    except ExplainerError:
        raise
    except Exception as error:  # whatever a film's panels may raise
        problem = f"the panels fail ({type(error).__name__}: {error})"
        raise ExplainerError(problem, name, "mend data(known), which gives plain data, or properties(theme)") from None
    return Panels(data, properties, film.root.joinpath(*name.split(".")))
