"""The caption rules, applied to the captions that the film has."""

from __future__ import annotations

from pipeline.finding import Finding
from pipeline.plan import Version

KIND = "captions"


def check_captions(version: Version) -> tuple[Finding, ...]:
    """What breaks a rule, or comes near."""
    from narration.lint import lint

    return tuple(Finding(KIND, found.id, found.problem, found.severity) for found in lint(version.master, version.narration))
