"""Draw captions into a film's picture, for players and walls that show no tracks."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.media.encode_settings import H264
from explainer.tasks.graph import Tick

TOOLS = ("imageio-ffmpeg", "fonttools")
BURNED = "film.mp4"


@dataclass(frozen=True)
class BurnJob:
    """A film to draw captions into.

    Args:
        film: the file.
        content: what is in it, by hash.
        ass: the captions as ASS text.
        fonts: the files that they are set in, that of most of their words first.
        leading_em: height of their lines, in ems of the fonts.
        encoder: of the picture.
    """

    film: Path
    content: str
    ass: str
    fonts: tuple[Path, ...]
    leading_em: float
    encoder: H264


def burn(job: BurnJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Code the picture anew with captions in it; the sound is copied, the caption tracks are left out."""
    from explainer.media.ffmpeg import run_ffmpeg_counted
    from explainer.media.leading import line_of, with_line
    from explainer.media.mux import CONTAINERS
    from explainer.tasks.atomic import disk_errors

    form, encoder = CONTAINERS[".mp4"], job.encoder
    # Names inside the folder need no escapes in ffmpeg's filter language.
    with tempfile.TemporaryDirectory(prefix="burn-") as name, disk_errors(Path(name)):
        room = Path(name)
        (room / "captions.ass").write_text(job.ass, encoding="utf-8")
        (room / "fonts").mkdir()
        line = line_of(job.fonts[0], job.leading_em)
        for number, font in enumerate(job.fonts):
            (room / "fonts" / f"{number}{font.suffix}").write_bytes(with_line(font, line))
        run_ffmpeg_counted(
            [
                *("-i", str(job.film), "-map", "0:v:0", "-map", "0:a", "-map_metadata", "0", "-map_chapters", "0"),
                *("-vf", "ass=captions.ass:fontsdir=fonts", "-fps_mode", "passthrough", "-c:a", "copy"),
                *("-c:v", "libx264", "-preset", encoder.preset, "-crf", str(encoder.crf), "-pix_fmt", "yuv420p"),
                *(("-x264-params", encoder.x264) if encoder.x264 else ()),
                *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"),
                *("-bitexact", *form.options, "-f", form.name, str((folder / BURNED).resolve())),
            ],
            job.film.name,
            room,
            tick,
        )
