"""The page's colours: the film's, and plain enough to see."""

import pytest

from explainer.page.colours import coldness_hex, custom_properties
from explainer.stage.palette import THEMES, contrast, hex_rgb

GRAPHICS, TEXT = 3.0, 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_graphics_stand_out_from_page_and_panel(theme):
    colours = custom_properties(theme)
    for ground in ("--page", "--surface"):
        for name, least in (("--ink", TEXT), ("--muted", TEXT), ("--edge", GRAPHICS)):
            assert contrast(hex_rgb(colours[name]), hex_rgb(colours[ground])) >= least, (ground, name)


@pytest.mark.parametrize("theme", THEMES)
def test_every_coldness_stands_out_as_large_text_on_a_panel(theme):
    colours = custom_properties(theme)
    for colour in coldness_hex(theme):
        assert contrast(hex_rgb(colour), hex_rgb(colours["--surface"])) >= GRAPHICS, colour
        assert contrast(hex_rgb(colour), hex_rgb(colours["--background"])) >= GRAPHICS, colour
