"""PO files as text: read within bounds, and taken apart by polib once their syntax is known to hold."""

from __future__ import annotations

import re
from pathlib import Path

import polib

from explainer.errors import ExplainerError, quoted
from explainer.words.languages import Language

__all__ = ["parsed", "read"]

LARGEST_FILE_BYTES = 512 * 1024
REMEDY_SYNTAX = "mend that line; Poedit shows it too"

_LINE = re.compile(r'\s*|#.*|(msgctxt |msgid |msgid_plural |msgstr |msgstr\[\d\] )?\s*"(?:[^"\\]|\\.)*"\s*')


def read(path: Path, language: Language) -> str:
    """The text of a language's PO file.

    Raises:
        ExplainerError: no such file, or one that is too large or not UTF-8.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise ExplainerError(
            f"there is no {language.english_name} translation", path.name, f"run translate new {language.tag}"
        ) from None
    except OSError as error:
        raise ExplainerError(f"it cannot be read ({error.strerror})", path.name, "make it readable") from None
    if len(raw) > LARGEST_FILE_BYTES:
        raise ExplainerError(
            f"the file is larger than {LARGEST_FILE_BYTES // 1024} KiB", path.name, "is it the right file?"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExplainerError(f"byte {error.start} is not UTF-8", path.name, "save the file as UTF-8") from None


def parsed(text: str, file: str) -> polib.POFile:
    """The entries of PO text, each a line further down than in the text.

    Raises:
        ExplainerError: broken syntax, with its line.
    """
    if not text.strip():
        return polib.POFile()
    if "\0" in text:
        raise ExplainerError("a null character", file, "remove it")
    for number, line in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(line.rstrip("\r")):  # polib takes some broken lines for text
            raise ExplainerError(f"broken PO syntax: {quoted(line)}", f"{file}:{number}", REMEDY_SYNTAX)
    try:
        # The line in front keeps polib from taking a text for the name of a file.
        return polib.pofile("\n" + text, encoding="utf-8", check_for_duplicates=False)
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        line = "".join(character for character in str(error).rpartition("line ")[2] if character.isdigit())
        at = f"{file}:{int(line) - 1}" if line and len(line) < 9 else file
        raise ExplainerError("broken PO syntax", at, REMEDY_SYNTAX) from None
