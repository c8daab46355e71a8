"""What keeps a page of one file safe: JSON that cannot end its script, and a policy that names its own contents."""

from __future__ import annotations

import base64
import hashlib
import json

_UNSAFE_IN_SCRIPTS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_in_script(value: object) -> str:
    r"""JSON that holds nothing a browser could take for markup.

    >>> json_in_script({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return "".join(_UNSAFE_IN_SCRIPTS.get(character, character) for character in text)


def policy(script: str, style: str) -> str:
    """A content security policy for one script, one style sheet and films in the page's own folder.

    Some browsers take no file to be of the page's own origin, so ``file:`` is named; pages from a server cannot use it.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src 'self' file: data:",
            "media-src 'self' file:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"
