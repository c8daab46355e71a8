"""Options of clips, stills and slides become what is made."""

from __future__ import annotations

import argparse
from dataclasses import replace

import pytest
from export_bench import MINUTE

from explainer.cli.commands.gif import excerpts
from explainer.cli.common import Place, requests_of
from explainer.cli.main import parser
from explainer.clips.moving import Excerpt
from explainer.errors import ExplainerError
from explainer.stage.palette import THEMES, contrast, hex_rgb


def parsed(line: str) -> argparse.Namespace:
    return parser(line.split(), Place(MINUTE.root, "render.py")).parse_args(line.split())


def test_all_means_every_segment_and_one_named_twice_is_made_once() -> None:
    def wanted(line: str) -> list[str]:
        return [excerpt.segment_id for excerpt in excerpts(parsed(line), MINUTE)]

    assert wanted("gif all") == ["hook", "inversion", "dome", "ordering", "laser"]
    assert wanted("gif laser dome laser") == ["laser", "dome"]


def test_every_option_reaches_the_excerpt() -> None:
    plain = Excerpt("dome", None, None, "gif", None, 20, None, False, False, "jump", None)
    assert excerpts(parsed("gif dome"), MINUTE) == (plain,)
    for options, changes in {
        "--from dome.top --to dome.beyond": {"start": "dome.top", "stop": "dome.beyond"},
        "--format webm --width 64 --fps 25": {"format": "webm", "width": 64, "fps": 25},
        "--colours 8 --dither --max-bytes 2KB": {"colours": 8, "dither": True, "max_bytes": 2000},
        "--colors 8 --quality low": {"colours": 8, "quality": "low"},
        "--at dome.top+0.5 --seconds 3": {"start": "dome.top+0.5", "seconds": 3.0},
        "--seamless --transparent": {"loop": "dissolve", "transparent": True},
        "--loop back": {"loop": "back"},
    }.items():
        assert excerpts(parsed(f"gif dome {options}"), MINUTE) == (replace(plain, **changes),)  # type: ignore[arg-type]


def test_stills_and_slides_take_theme_and_shape() -> None:
    (still,) = requests_of(parsed("still dome --at dome.top --theme light --aspect 9:16"))
    assert (still.theme_name, still.aspect) == ("light", "9:16")
    (slide,) = requests_of(parsed("still dome --at dome.top --for slide --matte #F4F1EA"))
    assert (slide.purpose, slide.theme.background, still.purpose) == ("slide", "#f4f1ea", "film")
    (deck,) = requests_of(parsed("slides --to pptx --aspect 1:1 -ql"))
    assert (deck.aspect, deck.quality.width, deck.quality.height) == ("1:1", 480, 480)


def test_a_purpose_and_a_ground_have_names_of_their_own() -> None:
    line = "gif dome --for slide --matte light"
    (request,) = requests_of(parsed(line))
    assert request.theme == THEMES["light"]
    assert request.named("dome") == "negative-temperature-dome-for-slide-light-on-light.en"


@pytest.mark.parametrize(
    ("line", "theme"),
    [
        ("gif dome --matte #f4f1ea", "light"),
        ("still dome --at dome.top --matte #f4f1ea", "light"),
        ("gif dome --matte #202840", "dark"),
        ("gif dome --matte #ffffff --theme light", "light"),
        ("gif dome", "dark"),
    ],
)
def test_words_are_read_on_the_matte(line: str, theme: str) -> None:
    (request,) = requests_of(parsed(line))
    assert request.theme_name == theme
    assert contrast(hex_rgb(request.theme.ink), hex_rgb(request.theme.background)) > 7


@pytest.mark.parametrize(("theme", "matte", "other"), [("dark", "#f4f1ea", "light"), ("light", "#0a0f1e", "dark")])
def test_a_theme_that_cannot_be_read_on_the_matte_is_refused(theme: str, matte: str, other: str) -> None:
    with pytest.raises(ExplainerError, match=f"write --theme {other}, or leave --theme out"):
        requests_of(parsed(f"gif dome --theme {theme} --matte {matte}"))


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--for wall", "--for: no picture for 'wall'; use one of film, slide"),
        ("--matte #fff", "--matte: no colour '#fff'; write #f4f1ea, or use one of dark, light"),
    ],
)
def test_what_is_no_purpose_and_no_ground_is_refused(option: str, said: str) -> None:
    with pytest.raises(ExplainerError) as caught:
        requests_of(parsed(f"gif dome {option}"))
    assert said in str(caught.value)


def test_the_quality_of_a_clip_is_not_that_of_a_film() -> None:
    (request,) = requests_of(parsed("gif dome --quality low"))
    assert request.quality.height == 1080
