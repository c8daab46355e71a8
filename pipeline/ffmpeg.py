"""The one place that runs ffmpeg: the build that comes with imageio-ffmpeg, so that none need be installed."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import PipelineError


def executable() -> str:
    """Path of the bundled ffmpeg."""
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def run_ffmpeg(arguments: Sequence[str], what: str, folder: Path | None = None) -> None:
    """Run ffmpeg to its end, in a folder if one is given.

    Raises:
        PipelineError: if it fails, with the last line it said.
    """
    command = [executable(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, cwd=folder)
    if done.returncode:
        raise failed(what, done.stderr)


def failed(what: str, said: bytes) -> PipelineError:
    """The error for an ffmpeg run that ended badly."""
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["no message"]
    remedy = "free some space and run again" if b"No space left" in said else "run again; if it stays, report it"
    return PipelineError(f"ffmpeg failed: {lines[-1].strip()}", what, remedy)
