"""The checks, by kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.build import Account, Site, timed
from pipeline.finding import Finding
from pipeline.inspection import QUALITY, inspect
from pipeline.request import Request

KINDS = ("physics", "layout", "states", "captions", "film")


def run_checks(request: Request, kinds: tuple[str, ...], out: Path, site: Site) -> tuple[Finding, ...]:
    """Run the named kinds of check; returns all that they found."""
    findings: list[Finding] = []
    if "physics" in kinds:
        from pipeline.check_physics import check_physics

        findings += check_physics()
    if {"layout", "states", "captions"} & set(kinds):
        findings += _scene_findings(request, kinds, site)
    if "film" in kinds:
        from pipeline.check_film import check_film

        findings += check_film(request, out)
    return tuple(findings)


def _scene_findings(request: Request, kinds: tuple[str, ...], site: Site) -> list[Finding]:
    account = Account()
    (voiced,) = timed((replace(request, quality=QUALITY),), site, account)
    version = voiced.version
    findings: list[Finding] = []
    if "captions" in kinds:
        from pipeline.check_captions import check_captions

        findings += check_captions(version)
    if {"layout", "states"} & set(kinds):
        seen = inspect(version, site, account)
        if "layout" in kinds:
            from pipeline.check_layout import check_layout

            findings += check_layout(seen, QUALITY.width, QUALITY.height)
        if "states" in kinds:
            from pipeline.check_states import check_states

            findings += check_states(seen)
    return findings
