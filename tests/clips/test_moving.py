"""Clips play evenly, loop without a jump, keep to their budget, and are refused in one line when they cannot be."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from export_bench import Bench
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from stand_ins.drawings import DISC_RGB

from explainer.clips import gif
from explainer.clips.clip import clip_writer, load
from explainer.clips.formats import FORMATS, LOOPS, RATES, Settings
from explainer.clips.loops import HOLD_S, Loop
from explainer.clips.moving import Excerpt, moving_pictures
from explainer.errors import ExplainerError
from explainer.stage.look import THEMES
from explainer.stage.palette import hex_rgb
from explainer.tasks.session import Output

PLACES = {"start": "dome.top", "stop": "dome.beyond"}
SMALL = {"width": 160, "fps": 10, **PLACES}


def excerpted(bench: Bench, **asked: object) -> tuple[Output, tuple[str, ...]]:
    excerpt = Excerpt("dome", **{**SMALL, **asked})  # type: ignore[arg-type]
    made, _, notes = moving_pictures((bench.request(),), (excerpt,), bench.out, bench.session())
    assert made[1].path.name == f"{made[0].path.name}.poster.png"
    return made[0], notes


def make(bench: Bench, **asked: object) -> Path:
    return excerpted(bench, **asked)[0].path


def gif_frames(path: Path) -> list[tuple[np.ndarray, int]]:
    with Image.open(path) as gif:
        assert gif.info["loop"] == 0
        found = []
        for number in range(getattr(gif, "n_frames", 1)):
            gif.seek(number)
            found.append((np.asarray(gif.convert("RGBA"), int), gif.info["duration"]))
        return found


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgba").astype(int) for frame in container.decode(video=0)]


@pytest.mark.parametrize("fps", RATES)
def test_a_gif_lasts_as_long_as_its_stretch(bench: Bench, fps: int) -> None:
    made, _ = excerpted(bench, fps=fps)
    assert sum(duration for _, duration in gif_frames(made.path)) == pytest.approx(1000 * (made.duration_s or 0))


def test_a_gif_keeps_flat_colours_and_merges_alike_frames(bench: Bench) -> None:
    path = make(bench, start=None, stop=None)
    frames = gif_frames(path)
    ground = 255 * hex_rgb(THEMES["dark"].background)
    assert np.abs(frames[0][0][2, 2, :3] - ground).max() <= 1
    assert np.abs(frames[0][0][45, 32, :3] - DISC_RGB).max() <= 1
    assert frames[-1][1] >= 500  # the rest at the end is one frame


def test_dithering_mixes_the_palette_and_nothing_else(bench: Bench) -> None:
    path = make(bench, colours=8, dither=True)
    frame, _ = gif_frames(path)[0]
    shown = np.unique(frame.reshape(-1, 4)[:, :3], axis=0)
    assert 2 <= len(shown) <= 7
    assert np.abs(frame[2, 2, :3] - 255 * hex_rgb(THEMES["dark"].background)).max() <= 1


def test_every_format_is_read_by_a_decoder(bench: Bench) -> None:
    for name in FORMATS:
        path = make(bench, format=name)
        if name in ("gif", "webp", "avif"):
            with Image.open(path) as opened:
                frame = np.asarray(opened.convert("RGBA"), int)
        else:
            frame = decoded(path)[0]
        assert frame.shape == (90, 160, 4), name
        assert np.abs(frame[2, 2, :3] - 255 * hex_rgb(THEMES["dark"].background)).max() <= 6, name


@pytest.mark.parametrize("name", [row.name for row in FORMATS.values() if row.alpha == "full"])
def test_soft_edges_stay_soft_and_carry_no_ground(bench: Bench, name: str) -> None:
    path = make(bench, format=name, transparent=True)
    if name == "webp":
        with Image.open(path) as opened:
            rgba = np.asarray(opened.convert("RGBA"), int)
    elif name == "webm":  # ffmpeg's own VP9 decoder leaves the alpha channel out
        with av.open(str(path)) as container:
            decoder = av.CodecContext.create("libvpx-vp9", "r")
            packets = [packet for packet in container.demux(video=0) if packet.size]
            rgba = next(f for p in packets for f in decoder.decode(p)).to_ndarray(format="rgba").astype(int)
    else:
        rgba = decoded(path)[0]
    assert rgba[2, 2, 3] <= 2
    assert rgba[45, 90:, 3].min() <= 2
    disc = rgba[rgba[..., 3] >= 253]
    assert np.abs(np.median(disc[:, :3], axis=0) - DISC_RGB).max() <= 8
    soft = rgba[(rgba[..., 3] > 100) & (rgba[..., 3] < 200)]
    assert len(soft) and np.abs(np.median(soft[:, :3], axis=0) - DISC_RGB).max() <= 40


def test_a_transparent_gif_clears_what_has_moved_on(bench: Bench) -> None:
    path = make(bench, transparent=True, start=None, stop=None)
    frames = gif_frames(path)
    assert frames[0][0][45, 32, 3] == 255
    assert frames[-1][0][45, 32, 3] == 0


def test_a_seamless_loop_ends_near_where_it_begins(bench: Bench) -> None:
    plain = make(bench, format="apng")
    closed = make(bench, format="apng", loop="dissolve")

    def jump(path: Path) -> float:
        frames = decoded(path)
        return float(np.abs(frames[-1] - frames[0]).mean())

    assert jump(closed) < 0.5 * jump(plain)
    assert len(decoded(closed)) > len(decoded(plain)) + 10


def test_the_way_back_shows_the_same_pictures_in_reverse_and_rests_at_each_end(bench: Bench) -> None:
    there = decoded(make(bench, format="apng"))
    made, _ = excerpted(bench, format="apng", loop="back")
    assert made.path.name.startswith("negative-temperature-dome-from-top-to-beyond-there-and-back")
    both = decoded(made.path)
    rest = round(HOLD_S * SMALL["fps"])
    assert len(both) == 2 * len(there) - 2 + 2 * rest
    back = [both[len(there) - 1], *both[len(there) + rest : len(both) - rest], both[-1]]
    assert all(np.array_equal(one, other) for one, other in zip(back, reversed(there), strict=True))
    assert all(np.array_equal(frame, there[0]) for frame in both[-rest:])


def test_a_loop_without_a_jump_needs_nothing_more(tmp_path: Path) -> None:
    picture = np.full((4, 4, 4), 200, np.uint8)
    for name in LOOPS:
        with clip_writer(tmp_path, 4, 4, 10) as writer:
            loop = Loop(name, 10)
            for rgba in (picture, picture // 2, picture):
                writer.write(rgba)
                loop.see(rgba, 1)
            loop.close(writer)
        assert load(tmp_path).frames == 3


def test_with_a_matte_edges_are_drawn_over_the_slides_colour(bench: Bench) -> None:
    paths = {}
    for matte in ("", "#f4f1ea"):
        request = bench.request(matte=matte)
        excerpt = Excerpt("dome", **SMALL, transparent=True)
        made, _, _ = moving_pictures((request,), (excerpt,), bench.out, bench.session())
        paths[matte] = made[0].path
    assert len(set(paths.values())) == 2
    for matte, path in paths.items():
        ground = 255 * hex_rgb(matte or THEMES["dark"].background)
        frame, _ = gif_frames(path)[0]
        seen = frame[frame[..., 3] == 255][:, :3]
        # Every pixel that is left is the disc's, or lies between the disc's colour and the ground's.
        way = (seen - ground) @ (DISC_RGB - ground) / np.sum((DISC_RGB - ground) ** 2)
        assert np.abs(seen - ground - way[:, None] * (DISC_RGB - ground)).max() <= 24
        assert np.count_nonzero((way > 0.1) & (way < 0.9)) > 20


pictures_of_few = arrays(np.uint8, st.tuples(st.integers(1, 6), st.just(5), st.just(7)), elements=st.integers(0, 3))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(pictures_of_few, st.sampled_from(RATES))
@example(np.zeros((1, 5, 7), np.uint8), 10)
@example(np.zeros((2, 5, 7), np.uint8), 10)
def test_a_transparent_gif_shows_each_picture_whatever_vanishes(tmp_path: Path, shown: np.ndarray, fps: int) -> None:
    colours = np.array([[0, 0, 0, 0], [250, 20, 30, 255], [20, 240, 30, 255], [30, 20, 230, 255]], np.uint8)
    with clip_writer(tmp_path, 7, 5, fps, merge=False) as writer:
        for picture in shown:
            writer.write(colours[picture])
    gif.write(load(tmp_path), Settings("gif", 8, transparent=True), tmp_path / "a.gif")
    # One picture may be several frames, as the last that clears draws nothing.
    frames = [frame for frame, duration_ms in gif_frames(tmp_path / "a.gif") for _ in range(duration_ms // 10)]
    assert len(frames) * fps == 100 * len(shown)
    for frame, picture in zip(frames, np.repeat(shown, 100 // fps, axis=0), strict=True):
        assert np.array_equal(frame[..., 3], colours[picture][..., 3])
        opaque = picture > 0
        assert np.abs(frame[opaque][:, :3] - colours[picture][opaque][:, :3].astype(int)).max(initial=0) <= 2


def test_a_budget_is_met_and_the_choice_is_told(bench: Bench) -> None:
    budget = make(bench, width=320, fps=50).stat().st_size // 3
    made, notes = excerpted(bench, width=320, fps=50, max_bytes=budget)
    assert made.path.stat().st_size <= budget
    assert "frames/s" in notes[0] and f"of {budget:,} bytes" in notes[0]


def test_a_failure_leaves_the_earlier_file(bench: Bench) -> None:
    path = make(bench)
    before = path.read_bytes()
    with pytest.raises(ExplainerError, match=r"100 bytes cannot be met; the smallest, \d+x\d+ at 10 frames/s, takes"):
        make(bench, max_bytes=100)
    assert path.read_bytes() == before
    assert len(bench.files()) == 2


def test_shapes_and_themes_have_names_of_their_own(bench: Bench) -> None:
    requests = (bench.request(aspect="9:16", theme_name="light"),)
    made, _, _ = moving_pictures(requests, (Excerpt("dome", width=90, fps=10, **PLACES),), bench.out, bench.session())
    assert made[0].path.name == "negative-temperature-dome-from-top-to-beyond-light-9x16.en.gif"
    with Image.open(made[0].path) as gif:
        assert gif.size == (90, 160)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"format": "mp4", "transparent": True}, "mp4 holds no transparency; use webp, apng, webm, mov, or gif"),
        ({"quality": "fine"}, "--quality: no quality 'fine'; use one of high, medium, low"),
        ({"quality": "low", "colours": 8}, "--quality: colours are a GIF's quality; give either --colours or"),
        ({"seconds": 1.0}, "--seconds: the stretch has two ends; give either --to or --seconds"),
        ({"stop": None, "seconds": 99.0}, "--seconds: no stretch of 99 s; from there dome has"),
        ({"format": "bmp"}, "no format 'bmp'; use one of gif, webp, apng, avif, mp4, webm, mov"),
        ({"fps": 15}, "15 frames a second do not play evenly everywhere; use one of 10, 20, 25, 50"),
        ({"width": 3}, "use 16 to 8192 pixels a side"),
        ({"colours": 300}, "no GIF of 300 colours; use 4 to 256"),
        ({"format": "webm", "colours": 8}, "webm has no palette"),
        ({"format": "webm", "dither": True}, "webm has no palette"),
        ({"start": "dome.nosuch"}, "--from: unknown cue or mark 'dome.nosuch'; dome has dome.count, "),
        ({"stop": "hook.answer"}, "--to: unknown cue or mark 'hook.answer'; dome has dome.count, "),
        ({"start": "dome.beyond", "stop": "dome.top"}, r"dome.beyond \(.* s\) is not before dome.top"),
        ({"start": "dome.top+99"}, "--from: 'dome.top\\+99' is at .* s; dome lasts from 0 to"),
        ({"start": "+"}, "names no place"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(bench: Bench, asked: dict[str, object], said: str) -> None:
    with pytest.raises(ExplainerError, match=said) as caught:
        make(bench, **asked)
    assert "\n" not in str(caught.value)


def test_an_unknown_segment_is_named(bench: Bench) -> None:
    with pytest.raises(ExplainerError, match="nosuch: unknown segment; use one of hook, inversion, dome"):
        moving_pictures((bench.request(),), (Excerpt("nosuch"),), bench.out, bench.session())


def pixel_format(path: Path) -> str:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return f"{stream.codec_context.name} {stream.codec_context.profile} {stream.codec_context.pix_fmt}"


def test_a_mov_has_alpha_where_it_is_asked_for_only(bench: Bench) -> None:
    stretch = {"format": "mov", "stop": None, "seconds": 0.5}
    assert "yuv422p10le" in pixel_format(make(bench, **stretch))
    assert "yuva444p" in pixel_format(make(bench, transparent=True, **stretch))


def test_seconds_from_a_place(bench: Bench) -> None:
    made, _ = excerpted(bench, start="dome.top+0.5", stop=None, seconds=1.5)
    assert made.duration_s == 1.5
    assert made.path.name == "negative-temperature-dome-at-top+0.5-1.5s.en.gif"


def test_from_hold_to_hold(bench: Bench) -> None:
    made, _ = excerpted(bench, start="dome.count:two:hold", stop="dome.count:three:hold")
    assert made.path.name == "negative-temperature-dome-from-count.two.hold-to-count.three.hold.en.gif"
    assert 0 < (made.duration_s or 0) < 1


def test_quality_decides_the_level(bench: Bench) -> None:
    form = FORMATS["webp"]
    assert [form.level_of(name) for name in ("high", "medium", "low")] == [95, 75, 45]
    assert FORMATS["apng"].level_of("low") == 0
    assert make(bench, format="webp", quality="high").stat().st_size > make(bench, format="webp").stat().st_size


def test_each_try_to_keep_a_budget_is_told(bench: Bench) -> None:
    told: list[str] = []
    excerpt = Excerpt("dome", **{**SMALL, "max_bytes": 8_000})  # type: ignore[arg-type]
    moving_pictures((bench.request(),), (excerpt,), bench.out, bench.session(), told.append)
    assert told[0].startswith("dome gif: 160x90 at 10 frames/s, 64 colours: ")
    assert all(line.endswith(" bytes") for line in told)
