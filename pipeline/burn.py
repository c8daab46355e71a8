"""Captions drawn into the picture, for players and walls that show no tracks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from narration.formats import FORMATS
from pipeline import fingerprint, work
from pipeline import plan as planning
from pipeline.build import Account, Made, Site, run
from pipeline.captions import shown, version_for
from pipeline.encode_settings import H264
from pipeline.ffmpeg import run_ffmpeg_counted
from pipeline.finished import FILM_SUFFIX, FinishedFilm
from pipeline.graph import Task, task
from pipeline.mux import CONTAINERS
from pipeline.plan import Ground
from pipeline.probe import content_digest
from pipeline.publish import beside, check_writable, publish
from pipeline.request import Request
from pipeline.store import disk_errors


def burn_films(requests: Sequence[Request], film: FinishedFilm, site: Site) -> tuple[tuple[Made, ...], Account]:
    """A version of a film a language with its captions drawn in; returns the files and the account of the build."""
    check_writable(film.path.parent)
    content = content_digest(film.path)
    tasks = {film.stem_in(request.language_tag): _task(request, film, content, site.ground) for request in requests}
    account = Account()
    folders = run(site, tuple(tasks.values()), tuple(tasks.values()), account)
    files = {beside(stem, f".burned{FILM_SUFFIX}"): folders[item.key] / work.FILM for stem, item in tasks.items()}
    publish(files)
    return tuple(Made(path, film.master.duration_s) for path in files), account


def _task(request: Request, film: FinishedFilm, content: str, base: Ground) -> Task:
    version = version_for(request, film)
    families = planning.families(version.narration)
    hashes = fingerprint.font_files(families)
    fonts = tuple(path for family in families for path in fingerprint.font_paths(family))
    ass = FORMATS["ass"].compose(shown(version), version.narration.language)
    job = work.BurnJob(film.path.resolve(), content, ass, fonts, request.encoder)
    code = [base.code("pipeline.work:burn", tools=("imageio-ffmpeg",)), hashes]
    label = f"burn {request.language_tag}"
    return task(label, work.burn, job, code, steps=version.timeline.frames, cost=version.timeline.frames)


def burned(
    film: Path, ass: str, fonts: Sequence[Path], encoder: H264, target: Path, tick: Callable[[int], None]
) -> None:
    """Code the picture of a film anew with captions in it; the sound is copied, the caption tracks are left out.

    Args:
        film: the film, by its full path.
        ass: captions in Advanced SubStation Alpha.
        fonts: files of the fonts they name.
        encoder: how the picture is coded.
        target: the new file.
        tick: is told of pictures done.
    """
    form = CONTAINERS[FILM_SUFFIX]
    # Names inside the folder need no escapes in ffmpeg's filter language.
    with tempfile.TemporaryDirectory(prefix="burn-") as name, disk_errors(Path(name)):
        folder = Path(name)
        (folder / "captions.ass").write_text(ass, encoding="utf-8")
        (folder / "fonts").mkdir()
        for number, font in enumerate(fonts):
            (folder / "fonts" / f"{number}{font.suffix}").symlink_to(font)
        run_ffmpeg_counted(
            [
                *("-i", str(film), "-map", "0:v:0", "-map", "0:a", "-map_metadata", "0", "-map_chapters", "0"),
                *("-vf", "ass=captions.ass:fontsdir=fonts", "-fps_mode", "passthrough", "-c:a", "copy"),
                *("-c:v", "libx264", "-preset", encoder.preset, "-crf", str(encoder.crf), "-pix_fmt", "yuv420p"),
                *(("-x264-params", encoder.x264) if encoder.x264 else ()),
                *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"),
                *("-bitexact", *form.options, "-f", form.name, str(target.resolve())),
            ],
            film.name,
            folder,
            tick,
        )
