"""A scene by itself: the show that it is given under Manim's own command, in the words of the script.

manim -pql scenes/swing.py Swing
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.stage.look import theme_of
from explainer.stage.show import Show
from explainer.timing.planning import SpokenTime, budget_of, plan
from explainer.words.facts import known
from explainer.words.film import Film, film_ids, open_film
from explainer.words.pace import duration_s, until_s

__all__ = ["draft_show", "show_of_segment"]

NOT_SPOKEN: Mapping[str, SpokenTime] = {}


def draft_show(scene: type, fps: int) -> Show:
    """The show of the first segment, in the films of the folder around a scene's file, that the scene draws.

    Raises:
        ExplainerError: no script there names the scene.
    """
    file = Path(getattr(sys.modules[scene.__module__], "__file__", None) or ".").resolve()
    for root in file.parents:
        for id in film_ids(root):
            film = open_film(root, id)
            for segment in film.script.segments:
                module, _, name = segment.scene.partition(":")
                if name == scene.__name__ and root.joinpath(*module.split(".")).with_suffix(".py") == file:
                    return show_of_segment(film, segment.id, fps)
    place = f"{file.name}:{scene.__name__}"
    raise ExplainerError("no script names this scene", place, 'write scene = "<module>:<Class>" in a segment of one')


def show_of_segment(
    film: Film, segment_id: str, fps: int, tag: str = "", spoken: Mapping[str, SpokenTime] = NOT_SPOKEN
) -> Show:
    """A segment of a film in a language, as it was written if none is named; at the pace of the draft voice.

    Args:
        film: the film.
        segment_id: the segment.
        fps: frames a second.
        tag: the language.
        spoken: how long cues last that have been spoken, by their ids; the draft voice says the others.
    """
    stated = known(film.facts)
    narration = film.narration(tag or film.source.tag, stated.facts)
    durations = {
        cue.id: spoken.get(cue.id)
        or SpokenTime(
            duration_s(cue.speech.text, narration.language),
            {name: until_s(cue.speech.text, at, narration.language) for name, at in cue.speech.marks},
        )
        for cue in narration.cues
    }
    timeline = plan(narration, durations, budget_of(film.script.settings)).resampled(fps)
    return Show(
        timeline.relative(segment_id),
        fps,
        narration.labels,
        narration.language,
        film.source.font,
        stated.quantities,
        theme_of("dark", film.script.settings.themes),
        script=film.path.name,
    )
