"""The page's colours: the film's, and plain enough to see."""

import pytest

from explainer.page.colours import coldness_hex, custom_properties
from explainer.stage.look import THEMES
from explainer.stage.palette import contrast, hex_rgb

GRAPHICS, TEXT = 3.0, 4.5


@pytest.mark.parametrize("name", THEMES)
def test_text_graphics_and_every_coldness_stand_out_from_page_and_panel(name):
    theme = THEMES[name]
    colours = custom_properties(theme, dark=name == "dark")
    for ground in ("--page", "--surface"):
        for property, least in (("--ink", TEXT), ("--muted", TEXT), ("--edge", GRAPHICS)):
            assert contrast(hex_rgb(colours[property]), hex_rgb(colours[ground])) >= least, (ground, property)
    for ground in ("--surface", "--background"):
        for colour in coldness_hex(theme):
            assert contrast(hex_rgb(colour), hex_rgb(colours[ground])) >= GRAPHICS, (ground, colour)
