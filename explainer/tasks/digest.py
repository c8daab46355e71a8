"""One text, and so one hash, for equal plain values."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

HASH = "sha256"  # processors have instructions for it
HASH_DIGITS = 40


def plain(value: object) -> object:
    """The value as JSON can hold it: records become objects that carry their class name.

    Raises TypeError for anything whose equality JSON cannot carry (sets of other than texts, arrays, functions).
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value.value if isinstance(value, enum.Enum) else value
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, Path):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"record": type(value).__name__, **fields}
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("only text keys have a canonical form")
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, frozenset) and all(isinstance(item, str) for item in value):
        return {"set": sorted(value)}
    raise TypeError(f"{type(value).__name__} has no canonical form; pass plain data")


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces; floats by their shortest exact form; no NaN."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(value: object) -> str:
    """Hash of a plain value, as 40 hexadecimal digits."""
    return bytes_digest(canonical_json(value).encode("utf-8", "surrogatepass"))


def bytes_digest(content: bytes) -> str:
    """Hash of bytes."""
    return hashlib.new(HASH, content).hexdigest()[:HASH_DIGITS]


def file_digest(path: Path) -> str:
    """Hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, HASH).hexdigest()[:HASH_DIGITS]
