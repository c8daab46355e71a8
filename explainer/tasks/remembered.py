"""Hashes of code that earlier runs worked out, kept beside the results: to parse all of it anew takes half a second."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress

from explainer.errors import ExplainerError
from explainer.tasks.store import Store, scratch

FILE = "code.json"
MOST = 4096


def recalled(store: Store) -> dict[str, str]:
    """What `remember` kept, for `Sources.remembered`; nothing if it is not there or cannot be read."""
    try:
        known = json.loads((store.folder / FILE).read_text(encoding="utf-8"))
        return {str(text): str(code) for text, code in known.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def remember(store: Store, hashes: Mapping[str, str]) -> None:
    """Keep hashes of code, the newest if there are many; where that cannot be, the next run works them out again."""
    newest = dict(list(hashes.items())[-MOST:])
    with suppress(OSError, ExplainerError), scratch(store) as folder:
        (folder / FILE).write_text(json.dumps(newest), encoding="utf-8")
        (folder / FILE).replace(store.folder / FILE)
