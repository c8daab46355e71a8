"""The one place that runs ffmpeg: the build that comes with imageio-ffmpeg, so that none need be installed."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from pipeline.errors import PipelineError


def executable() -> str:
    """Path of the bundled ffmpeg."""
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def run_ffmpeg(arguments: Sequence[str], what: str, stdin: bytes | None = None) -> bytes:
    """Run ffmpeg to its end and give what it wrote to standard output.

    Raises:
        PipelineError: if it fails, with the last line it said.
    """
    command = [executable(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments]
    if stdin is not None:
        command.remove("-nostdin")
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    if done.returncode:
        raise failed(what, done.stderr)
    return done.stdout


def failed(what: str, said: bytes) -> PipelineError:
    """The error for an ffmpeg run that ended badly."""
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["no message"]
    remedy = "free some space and run again" if b"No space left" in said else "run again; if it stays, report it"
    return PipelineError(f"ffmpeg failed: {lines[-1].strip()}", what, remedy)
