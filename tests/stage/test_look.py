"""Themes: the engine's, and a film's own colours in place of them."""

import pytest

from explainer.errors import ExplainerError
from explainer.stage.look import THEMES, theme_of
from explainer.stage.palette import coldness_rgb

PATH = [[0.5, 0.1, 262], [0.9, 0.1, 100]]


def test_a_film_changes_the_colours_it_names_and_keeps_the_others() -> None:
    own = theme_of("light", {"light": {"ink": "#220000", "path": PATH}})
    assert (own.ink, own.muted, own.background) == ("#220000", THEMES["light"].muted, THEMES["light"].background)
    assert coldness_rgb(0.0, own).tolist() != coldness_rgb(0.0, THEMES["light"]).tolist()
    assert theme_of("dark", {"light": {"ink": "#220000"}}) == THEMES["dark"]


def test_a_film_may_have_a_theme_of_a_new_name() -> None:
    assert theme_of("sepia", {"sepia": {"background": "#f4ecd8"}}).background == "#f4ecd8"


@pytest.mark.parametrize(
    ("name", "own", "said"),
    [
        ("sepia", {"light": {}}, "--theme: no theme 'sepia'; use one of dark, light"),
        ("dark", {"dark": "black"}, "theme dark: not a table of colours; write them under [film.themes.dark]"),
        ("dark", {"dark": {"accent": "#ff0000"}}, "theme dark: unknown colour 'accent'; use background, ink, "),
        ("dark", {"dark": {"ink": "white"}}, "theme dark: ink = 'white' is no colour; write it as \"#0a0f1e\""),
        ("dark", {"dark": {"path": [[0.5, 0.1, 262]]}}, "theme dark: a path through colours needs two stops or more"),
        ("dark", {"dark": {"path": [[0.5, 0.1], [0.9, 0.1]]}}, "theme dark: a path through colours needs two stops"),
        ("dark", {"dark": {"path": "blue to red"}}, "theme dark: a path through colours needs two stops or more"),
        ("dark", {"dark": {"path": PATH[::-1]}}, "theme dark: hotter is not always brighter on the path; let its "),
    ],
)
def test_colours_that_cannot_be_are_one_clear_line(name: str, own: dict[str, object], said: str) -> None:
    with pytest.raises(ExplainerError) as caught:
        theme_of(name, own)  # type: ignore[arg-type]
    assert str(caught.value).startswith(said) and "\n" not in str(caught.value)
