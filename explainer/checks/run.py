"""The checks, by kind. A new kind is one module and one branch of `run_checks`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.checks.finding import Finding
from explainer.checks.inspection import inspect, inspected
from explainer.film.request import Request, Voicing
from explainer.film.timed import LocalizedFilm, timed
from explainer.stage.look import PURPOSES
from explainer.tasks.atomic import publish
from explainer.tasks.session import BuildReport, Session
from explainer.words.languages import PSEUDO_TAG

if TYPE_CHECKING:
    from explainer.checks.motion import Figure
    from explainer.checks.physics import Statement

KINDS = ("physics", "layout", "states", "captions", "film", "motion")
PHYSICS_PAGE = "physics.html"


@dataclass(frozen=True)
class Checked:
    """All that the checks found, statements on the physics, figures of motion, and the pages that were written."""

    findings: tuple[Finding, ...]
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    pages: tuple[Path, ...] = ()


def run_checks(requests: Sequence[Request], kinds: Sequence[str], out: Path, session: Session) -> Checked:
    """Run the named kinds of check in each language, and the layout in the pseudo-language too where it is more."""
    findings: list[Finding] = []
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    pages: tuple[Path, ...] = ()
    if "physics" in kinds:
        from explainer.checks.physics import failures, page, verified

        statements = verified(requests[0].film.script.settings.verification)
        findings += failures(statements)
        if statements:
            pages = (out / PHYSICS_PAGE,)
            publish({out / PHYSICS_PAGE: page(statements)})
    if {"layout", "states", "captions"} & set(kinds):
        findings += _scene_findings(requests, kinds, session)
    if "film" in kinds:
        from explainer.checks.film import check_film, check_master

        findings += [found for request in requests for found in check_film(request, out)]
        findings += check_master(requests[0], out)
    if "motion" in kinds:
        from explainer.checks.motion import check_motion

        for request in requests:
            measured, broken = check_motion(request, out)
            figures += measured
            findings += broken
    return Checked(tuple(findings), statements, figures, pages)


def _scene_findings(requests: Sequence[Request], kinds: Sequence[str], session: Session) -> list[Finding]:
    report = BuildReport()
    source_tag = requests[0].film.source.tag
    wanted = {request.language_tag: inspected(request) for request in requests}
    extra: dict[str, Request] = {}
    if "layout" in kinds and len(wanted) > 1:
        extra[PSEUDO_TAG] = replace(inspected(requests[0]), language_tag=PSEUDO_TAG, voicing=Voicing())
    if "captions" in kinds:
        extra[source_tag] = replace(inspected(requests[0]), language_tag=source_tag)
    timed_films = timed(tuple({**extra, **wanted}.values()), session, report)
    films = {each.localized.request.language_tag: each.localized for each in timed_films}
    findings: list[Finding] = []
    if "captions" in kinds:
        findings += _caption_findings([films[tag] for tag in wanted], films[source_tag])
    drawn = [localized for tag, localized in films.items() if tag in wanted or tag == PSEUDO_TAG]
    if {"layout", "states"} & set(kinds):
        findings += _picture_findings(drawn, kinds, session, report)
    return findings


def _caption_findings(films: Sequence[LocalizedFilm], as_written: LocalizedFilm) -> list[Finding]:
    """Captions go with the voice of their own language, and with that of the script's."""
    from explainer.checks.captions import check_captions, places
    from explainer.checks.glyphs import IN_CAPTIONS, check_glyphs

    findings: list[Finding] = []
    for localized in films:
        findings += check_glyphs(localized, places(localized), IN_CAPTIONS)
        findings += check_captions(localized)
        if localized is not as_written:
            findings += check_captions(replace(localized, planned=as_written.planned, timeline=as_written.timeline))
    return findings


def _picture_findings(
    films: Sequence[LocalizedFilm], kinds: Sequence[str], session: Session, report: BuildReport
) -> list[Finding]:
    findings: list[Finding] = []
    pictured = "states" in kinds
    if pictured:
        findings += _course_findings(films, session, report)
    for localized, seen in zip(films, inspect(films, session, report, pictured), strict=True):
        request, tag = localized.request, localized.request.language_tag
        if "layout" in kinds:
            from explainer.checks.captions import places
            from explainer.checks.glyphs import ON_SCREEN, check_glyphs
            from explainer.checks.layout import caption_lines, check_layout

            findings += check_glyphs(localized, places(localized), ON_SCREEN)
            shape, captioned = request.quality, PURPOSES[request.purpose].captioned
            findings += check_layout(seen, shape.width, shape.height, tag, caption_lines(localized), captioned)
        if "states" in kinds and tag != PSEUDO_TAG:
            from explainer.checks.evaluation import evaluation_of
            from explainer.checks.states import check_states

            found = check_states(seen, evaluation_of(request.film.script.settings.evaluators), request.theme)
            findings += [replace(each, where=f"{tag}: {each.where}") for each in found]
    return findings


def _course_findings(films: Sequence[LocalizedFilm], session: Session, report: BuildReport) -> list[Finding]:
    from explainer.checks.courses import check_courses
    from explainer.checks.evaluation import evaluation_of

    spoken = [localized for localized in films if localized.request.language_tag != PSEUDO_TAG]
    courses = evaluation_of(films[0].request.film.script.settings.evaluators).courses
    found = zip(spoken, check_courses(spoken, courses, session, report), strict=True)
    return [
        replace(each, where=f"{localized.request.language_tag}: {each.where}")
        for localized, own in found
        for each in own
    ]
