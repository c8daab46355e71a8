"""The one place that runs ffmpeg: the build that comes with imageio-ffmpeg, so that none need be installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from explainer.errors import ExplainerError


def executable() -> str:
    """Path of the bundled ffmpeg.

    Raises:
        ExplainerError: if it is not there or not a program.
    """
    import imageio_ffmpeg

    try:
        path = str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        path = "imageio-ffmpeg"
    if shutil.which(path) is None:
        raise ExplainerError("there is no ffmpeg to run here", path, "unset IMAGEIO_FFMPEG_EXE, or run make again")
    return path


def run_ffmpeg(arguments: Sequence[str], what: str, folder: Path | None = None) -> None:
    """Run ffmpeg to its end, in a folder if one is given.

    Raises:
        ExplainerError: if it fails, with the last line it said.
    """
    command = [executable(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, cwd=folder)
    if done.returncode:
        raise failed(what, done.stderr, done.returncode)


def run_ffmpeg_counted(arguments: Sequence[str], what: str, folder: Path, tick: Callable[[int], None]) -> None:
    """Run ffmpeg in a folder and tell of each picture done; it is stopped when the tick raises.

    Raises:
        ExplainerError: if it fails, with the last line it said.
    """
    command = [executable(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-progress", "pipe:1", *arguments]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, cwd=folder, text=True) as running,
    ):
        assert running.stdout is not None
        try:
            done = 0
            for line in running.stdout:
                key, _, value = line.partition("=")
                if key == "frame":
                    tick(int(value) - done)
                    done = int(value)
        except BaseException:
            running.kill()
            raise
        if status := running.wait():
            said.seek(0)
            raise failed(what, said.read(), status)


def failed(what: str, said: bytes, status: int = 1) -> ExplainerError:
    """The error for an ffmpeg run that ended badly; a negative status is the signal that killed it."""
    if status < 0:
        return ExplainerError(f"ffmpeg was killed (signal {-status})", what, "free some memory and run again")
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["no message"]
    remedy = "free some space and run again" if b"No space left" in said else "run again; if it stays, report it"
    return ExplainerError(f"ffmpeg failed: {lines[-1].strip()}", what, remedy)
