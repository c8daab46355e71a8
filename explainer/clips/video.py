"""Formats that ffmpeg writes, straight from the raw frames."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np

from explainer.clips.clip import Clip, straight
from explainer.clips.formats import FORMATS, Settings
from explainer.media.ffmpeg import executable, failed
from explainer.stage.palette import hex_rgb

_TAGS = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"


def write(clip: Clip, settings: Settings, target: Path) -> None:
    """Write a clip in a format of the table whose row has ffmpeg's options."""
    command = _command(clip, settings, target)
    matte = hex_rgb(settings.matte)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said)
        try:
            for rgba, repeat in clip.pictures():
                picture = straight(rgba, matte) if settings.transparent else rgba[..., :3]
                data = np.ascontiguousarray(picture).tobytes()
                for _ in range(repeat):
                    process.stdin.write(data)  # type: ignore[union-attr]
        except BrokenPipeError:
            pass  # ffmpeg says below why it closed the pipe
        except BaseException:
            process.kill()
            raise
        finally:
            process.communicate()
        if process.returncode:
            said.seek(0)
            raise failed(settings.format, said.read())


def _command(clip: Clip, settings: Settings, target: Path) -> list[str]:
    form = FORMATS[settings.format]
    pixels = form.pixels[settings.transparent]
    command = [executable(), "-hide_banner", "-loglevel", "error", "-y"]
    command += ["-f", "rawvideo", "-pixel_format", "rgba" if settings.transparent else "rgb24"]
    command += ["-video_size", f"{clip.width}x{clip.height}", "-framerate", str(clip.fps), "-i", "-"]
    if "yuv" in pixels:  # else players guess the matrix by the picture's size
        command += ["-vf", f"scale=out_color_matrix=bt709:out_range=tv,format={pixels},{_TAGS}"]
    else:
        command += ["-pix_fmt", pixels]
    options = form.clear_options if settings.transparent and form.clear_options else form.video_options
    return [*command, *options.replace("{level}", str(settings.level)).split(), str(target)]
