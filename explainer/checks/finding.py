"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, or (as a warning) could be better."""

    kind: str
    where: str
    what: str
    severity: Literal["error", "warning"] = "error"
