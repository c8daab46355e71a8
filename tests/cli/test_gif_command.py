"""Options of clips, stills and slides become what is made."""

from __future__ import annotations

import argparse
from dataclasses import replace

from export_bench import MINUTE

from explainer.cli.commands.gif import excerpts
from explainer.cli.common import Place, requests_of
from explainer.cli.main import parser
from explainer.clips.moving import Excerpt


def parsed(line: str) -> argparse.Namespace:
    return parser(line.split(), Place(MINUTE.root, "render.py")).parse_args(line.split())


def test_all_means_every_segment_and_one_named_twice_is_made_once() -> None:
    def wanted(line: str) -> list[str]:
        return [excerpt.segment_id for excerpt in excerpts(parsed(line), MINUTE)]

    assert wanted("gif all") == ["hook", "inversion", "dome", "ordering", "laser"]
    assert wanted("gif laser dome laser") == ["laser", "dome"]


def test_every_option_reaches_the_excerpt() -> None:
    plain = Excerpt("dome", None, None, "gif", None, 20, None, False, False, False, None)
    assert excerpts(parsed("gif dome"), MINUTE) == (plain,)
    for options, changes in {
        "--from dome.top --to dome.beyond": {"start": "dome.top", "stop": "dome.beyond"},
        "--format webm --width 64 --fps 25": {"format": "webm", "width": 64, "fps": 25},
        "--colours 8 --dither --max-bytes 2KB": {"colours": 8, "dither": True, "max_bytes": 2000},
        "--colors 8 --quality low": {"colours": 8, "quality": "low"},
        "--at dome.top+0.5 --seconds 3": {"start": "dome.top+0.5", "seconds": 3.0},
        "--seamless --transparent": {"seamless": True, "transparent": True},
    }.items():
        assert excerpts(parsed(f"gif dome {options}"), MINUTE) == (replace(plain, **changes),)  # type: ignore[arg-type]


def test_stills_and_slides_take_theme_and_shape() -> None:
    (still,) = requests_of(parsed("still dome --at dome.top --theme light --aspect 9:16"))
    assert (still.theme_name, still.aspect) == ("light", "9:16")
    (deck,) = requests_of(parsed("slides --to pptx --aspect 1:1 -ql"))
    assert (deck.aspect, deck.quality.width, deck.quality.height) == ("1:1", 480, 480)


def test_the_quality_of_a_clip_is_not_that_of_a_film() -> None:
    (request,) = requests_of(parsed("gif dome --quality low"))
    assert request.quality.height == 1080
