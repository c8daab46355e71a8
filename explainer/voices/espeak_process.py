"""One text through eSpeak NG, run as a program of its own.

The library keeps state from one text to the next: only a fresh process says the same text in the same samples every
time, and a crash in it stays there. Reads JSON ``{"voice", "rate_wpm", "text"}``; writes a line of JSON,
``{"rate_hz", "words"}`` or ``{"problem"}``, then 16-bit samples. ``words`` are (character, sample) pairs. Imports
nothing of this project.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

_OUTPUT_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_PHONEME_EVENTS = 1
_CHARACTERS_UTF8 = 1
_POSITION_CHARACTER = 1
_PARAMETER_RATE = 1
_EVENT_END_OF_LIST = 0
_EVENT_WORD = 1


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


def synthesize(voice: str, rate_wpm: int, text: str) -> tuple[dict[str, Any], bytes]:
    """The header and the samples of one text."""
    try:
        import espeakng_loader

        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data_path = espeakng_loader.get_data_path()
    except (ImportError, OSError) as error:
        return {"problem": f"its library cannot be loaded ({error})"}, b""
    rate_hz = library.espeak_Initialize(_OUTPUT_SYNCHRONOUS, 0, data_path.encode(), _DO_NOT_EXIT | _PHONEME_EVENTS)
    if rate_hz <= 0:
        return {"problem": "it finds no data (the path to it may be over 150 letters long)"}, b""
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        return {"problem": f"it has no voice named {voice!r}"}, b""
    library.espeak_SetParameter(_PARAMETER_RATE, rate_wpm, 0)
    library.espeak_ng_SetRandSeed(1)
    chunks: list[bytes] = []
    words: list[tuple[int, int]] = []

    def collect(wave: int | None, count: int, events: Any) -> int:
        if wave and count > 0:
            chunks.append(ctypes.string_at(wave, 2 * count))
        index = 0
        while events[index].type != _EVENT_END_OF_LIST:
            if events[index].type == _EVENT_WORD:
                words.append((events[index].text_position - 1, events[index].sample))
            index += 1
        return 0

    callback = _Callback(collect)
    library.espeak_SetSynthCallback(callback)
    raw = text.encode()
    code = library.espeak_Synth(
        raw, ctypes.c_size_t(len(raw) + 1), 0, _POSITION_CHARACTER, 0, _CHARACTERS_UTF8, None, None
    )
    if code != 0:
        return {"problem": f"synthesis failed with code {code}"}, b""
    return {"rate_hz": rate_hz, "words": words}, b"".join(chunks)


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin)
    header, samples = synthesize(request["voice"], request["rate_wpm"], request["text"])
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + samples)


if __name__ == "__main__":
    main()
