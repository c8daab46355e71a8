"""Loopable GIFs from raw frames, with one palette for the whole picture."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError
from pipeline.ffmpeg import executable, failed, run_ffmpeg

# Browsers slow down a delay of 10 ms, and a delay is a whole number of 10 ms: no other rate plays evenly.
RATES = (10, 20, 25, 50)


@dataclass(frozen=True)
class GifFormat:
    """Size, rate and colours of a GIF."""

    width: int = 960
    height: int = 540
    fps: int = 20
    colours: int = 256

    def __post_init__(self) -> None:
        if self.fps not in RATES:
            rates = ", ".join(map(str, RATES))
            raise PipelineError(f"{self.fps} frames a second do not play evenly in a GIF", "gif", f"use one of {rates}")
        if not (16 <= self.width <= 4096 and 16 <= self.height <= 4096 and 2 <= self.colours <= 256):
            size = f"{self.width}x{self.height} with {self.colours} colours"
            raise PipelineError(f"no GIF of {size}", "gif", "use 16 to 4096 pixels a side and 2 to 256 colours")


@dataclass(frozen=True)
class RawSink:
    """Takes RGBA frames and hands them on unchanged."""

    pipe: Any

    def write(self, rgba: Any, repeat: int = 1) -> None:
        """Add a frame, shown `repeat` times."""
        data = rgba.tobytes()
        for _ in range(repeat):
            self.pipe.write(data)


@contextmanager
def gif_writer(target: Path, form: GifFormat) -> Iterator[RawSink]:
    """A sink for frames of the GIF's size; the GIF is there after the `with` block.

    The palette needs all frames before the first can be coded, so they wait in a lossless file.
    """
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        folder = Path(name)
        with _lossless(folder / "frames.mkv", form) as sink:
            yield sink
        # Names inside the folder: ffmpeg takes a % in the path of a picture for the place of a number.
        run_ffmpeg(
            ["-i", "frames.mkv", "-vf", f"palettegen=max_colors={form.colours}:reserve_transparent=0", "palette.png"],
            "GIF palette",
            folder,
        )
        run_ffmpeg(
            [
                *("-i", "frames.mkv", "-i", "palette.png", "-lavfi", "paletteuse=dither=none:diff_mode=rectangle"),
                *("-loop", "0", "-f", "gif", str(target.absolute())),
            ],
            "GIF",
            folder,
        )


@contextmanager
def _lossless(path: Path, form: GifFormat) -> Iterator[RawSink]:
    command = [executable(), "-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pixel_format", "rgba"]
    command += ["-video_size", f"{form.width}x{form.height}", "-framerate", str(form.fps), "-i", "-"]
    command += ["-c:v", "ffv1", "-pix_fmt", "bgr0", str(path)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said)
        try:
            yield RawSink(process.stdin)
        except BrokenPipeError:
            pass  # ffmpeg says below why it closed the pipe
        except BaseException:
            process.kill()
            raise
        finally:
            process.communicate()
        if process.returncode:
            said.seek(0)
            raise failed("GIF frames", said.read(), process.returncode)
