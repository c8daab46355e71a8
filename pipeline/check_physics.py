"""The physics package's own table of checks."""

from __future__ import annotations

from pipeline.finding import Finding

KIND = "physics"


def check_physics() -> tuple[Finding, ...]:
    """A finding for each row of the physics package's verification that does not hold."""
    from physics.verification import verify

    return tuple(
        Finding(KIND, row.system, f"{row.statement}: computed {row.computed}, expected {row.expected} ({row.source})")
        for row in verify()
        if not row.passes
    )
