"""Texts through phonemizer and eSpeak NG, run as a program of its own.

Reads JSON ``{"voice", "texts"}``; writes ``{"phonemes"}``, one text for each, or ``{"problem"}``. Imports nothing of
this project.
"""

from __future__ import annotations

import json
import sys
from typing import Any

# phonemizer knows eSpeak NG's languages by their full names.
FULL_NAMES = {"fr": "fr-fr"}


def phonemes(voice: str, texts: list[str]) -> dict[str, Any]:
    """The phonemes of each text, with its punctuation."""
    try:
        import espeakng_loader
        from phonemizer import phonemize
        from phonemizer.backend.espeak.wrapper import EspeakWrapper

        EspeakWrapper.set_library(espeakng_loader.get_library_path())
        EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
        said = phonemize(
            texts,
            FULL_NAMES.get(voice, voice),
            preserve_punctuation=True,
            with_stress=True,
            # Else the name of a foreign word's language would be said.
            language_switch="remove-flags",
        )
    except ImportError as error:
        return {"problem": f"{error.name} is not installed"}
    except RuntimeError as error:
        return {"problem": f"phonemizer cannot spell this ({error})"}
    return {"phonemes": said}


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin)
    json.dump(phonemes(request["voice"], request["texts"]), sys.stdout)


if __name__ == "__main__":
    main()
