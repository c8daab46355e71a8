"""The checks, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narration.languages import PSEUDO_TAG, SOURCE_TAG
from pipeline.build import Account, Site, timed
from pipeline.finding import Finding
from pipeline.inspection import inspect, inspected
from pipeline.plan import Version
from pipeline.publish import publish
from pipeline.request import Request, Voicing

if TYPE_CHECKING:
    from physics.verification import Row

KINDS = ("physics", "layout", "states", "captions", "film")
PHYSICS_PAGE = "physics.html"


@dataclass(frozen=True)
class Checked:
    """All that the checks found, the rows of the physics among it, and the pages that were written."""

    findings: tuple[Finding, ...]
    rows: tuple[Row, ...] = ()
    pages: tuple[Path, ...] = ()


def run_checks(requests: Sequence[Request], kinds: Sequence[str], out: Path, site: Site) -> Checked:
    """Run the named kinds of check in each language, and the layout in the pseudo-language too where it is more."""
    findings: list[Finding] = []
    rows: tuple[Row, ...] = ()
    pages: tuple[Path, ...] = ()
    if "physics" in kinds:
        from pipeline.check_physics import failures, page, verified

        rows = verified()
        findings += failures(rows)
        pages = (out / PHYSICS_PAGE,)
        publish({out / PHYSICS_PAGE: page(rows)})
    if {"layout", "states", "captions"} & set(kinds):
        findings += _scene_findings(requests, kinds, site)
    if "film" in kinds:
        from pipeline.check_film import check_film, check_master

        findings += [found for request in requests for found in check_film(request, out)]
        findings += check_master(requests[0], out)
    return Checked(tuple(findings), rows, pages)


def _scene_findings(requests: Sequence[Request], kinds: Sequence[str], site: Site) -> list[Finding]:
    account = Account()
    wanted = {request.language_tag: inspected(request) for request in requests}
    extra: dict[str, Request] = {}
    if "layout" in kinds and len(wanted) > 1:
        extra[PSEUDO_TAG] = replace(inspected(requests[0]), language_tag=PSEUDO_TAG, voicing=Voicing())
    if "captions" in kinds:
        extra[SOURCE_TAG] = replace(inspected(requests[0]), language_tag=SOURCE_TAG)
    voiced = timed(tuple({**extra, **wanted}.values()), site, account)
    versions = {each.version.request.language_tag: each.version for each in voiced}
    findings: list[Finding] = []
    if "captions" in kinds:
        findings += _caption_findings([versions[tag] for tag in wanted], versions[SOURCE_TAG])
    drawn = [version for tag, version in versions.items() if tag in wanted or tag == PSEUDO_TAG]
    if {"layout", "states"} & set(kinds):
        findings += _picture_findings(drawn, kinds, site, account)
    return findings


def _caption_findings(versions: Sequence[Version], english: Version) -> list[Finding]:
    """Captions go with the voice of their own language, and with the English one."""
    from pipeline.check_captions import check_captions

    findings: list[Finding] = []
    for version in versions:
        findings += check_captions(version)
        if version is not english:
            findings += check_captions(replace(version, master=english.master, timeline=english.timeline))
    return findings


def _picture_findings(versions: Sequence[Version], kinds: Sequence[str], site: Site, account: Account) -> list[Finding]:
    findings: list[Finding] = []
    pictured = "states" in kinds
    for version, seen in zip(versions, inspect(versions, site, account, pictured), strict=True):
        tag = version.request.language_tag
        if "layout" in kinds:
            from pipeline.check_captions import places
            from pipeline.check_glyphs import check_glyphs
            from pipeline.check_layout import check_layout

            findings += check_glyphs(version, places(version))
            findings += check_layout(seen, version.request.quality.width, version.request.quality.height, tag)
        if "states" in kinds and tag != PSEUDO_TAG:
            from pipeline.check_states import check_states

            findings += [replace(found, where=f"{tag}: {found.where}") for found in check_states(seen)]
    return findings
