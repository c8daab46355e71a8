import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.stage.look import THEMES, Theme
from explainer.stage.palette import coldness_map, coldness_rgb, contrast, hex_rgb, relative_luminance

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
# Viénot, Brettel & Mollon (1999): what protanopes and deuteranopes see of linear RGB.
PROTAN = np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]])
DEUTAN = np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]])


def linear(srgb: np.ndarray) -> np.ndarray:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def oklab(srgb: np.ndarray) -> np.ndarray:
    """Ottosson's forward transform, written out anew."""
    r, g, b = linear(srgb).T
    long = np.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = np.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = np.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return np.stack(
        [
            0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
            1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
            0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
        ],
        axis=1,
    )


@themes
def test_hotter_is_always_brighter(theme: Theme) -> None:
    assert np.all(np.diff(relative_luminance(coldness_map(theme))) > 0)


@themes
def test_equal_steps_look_equal_within_each_half(theme: Theme) -> None:
    steps = np.linalg.norm(np.diff(oklab(coldness_map(theme)), axis=0), axis=1)
    for half in np.array_split(steps, 2):
        assert half.std() / half.mean() < 0.25


@themes
@pytest.mark.parametrize("eye", [PROTAN, DEUTAN], ids=["protan", "deutan"])
def test_hotter_is_brighter_to_colour_blind_eyes(theme: Theme, eye: np.ndarray) -> None:
    seen = np.clip(linear(coldness_map(theme)) @ eye.T, 0, 1) @ [0.2126, 0.7152, 0.0722]
    assert np.all(np.diff(seen[::16]) > 0)


@themes
def test_graphics_and_texts_stand_out(theme: Theme) -> None:
    ground = hex_rgb(theme.background)
    assert contrast(coldness_map(theme), ground).min() >= 3
    assert contrast(hex_rgb(theme.faint), ground) >= 3
    assert contrast(hex_rgb(theme.ink), ground) >= 7
    assert contrast(hex_rgb(theme.muted), ground) >= 4.5


def test_text_in_any_coldness_can_be_read_on_the_dark_ground() -> None:
    assert contrast(coldness_map(THEMES["dark"]), hex_rgb(THEMES["dark"].background)).min() >= 4.5


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_arrays_give_what_their_elements_give(places: list[float]) -> None:
    together = coldness_rgb(places)
    assert together.shape == (len(places), 3)
    for place, colour in zip(places, together, strict=True):
        assert colour.tolist() == coldness_rgb(place).tolist()


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan"), [0.5, 2.0]])
def test_a_place_outside_the_map_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"outside 0\.\.1"):
        coldness_rgb(wrong)  # type: ignore[arg-type]


colours = st.tuples(*[st.floats(0, 1)] * 3)


@given(colours, colours)
def test_contrast_is_symmetric_and_within_its_bounds(first: tuple[float, ...], second: tuple[float, ...]) -> None:
    assert contrast(first, second) == contrast(second, first)
    assert 1 <= contrast(first, second) <= 21.0001


def test_contrast_agrees_with_published_values() -> None:
    assert contrast((1, 1, 1), (0, 0, 0)) == pytest.approx(21)
    assert contrast((0x76 / 255,) * 3, (1, 1, 1)) == pytest.approx(4.54, abs=0.01)
