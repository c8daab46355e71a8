"""What a command prints when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from explainer.checks.finding import Finding
from explainer.tasks.session import BuildReport, Output

if TYPE_CHECKING:
    from rich.console import Console

    from explainer.checks.run import Checked
    from explainer.film.master import Dub
    from explainer.film.translate import Progress, Updated

WIDE = 200
UNITS = ((1 << 20, "MB"), (1 << 10, "KB"))


def print_result(made: Sequence[Output], report: BuildReport, took_s: float) -> None:
    """The files, and what was done for them."""
    print_files(made)
    print(account_line(report, took_s))


def print_files(made: Sequence[Output]) -> None:
    """A table of files: path, duration, size."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("file", no_wrap=True, overflow="fold")
    table.add_column("duration", justify="right")
    table.add_column("size", justify="right")
    for item in made:
        duration = "" if item.duration_s is None else f"{item.duration_s:.2f} s"
        table.add_row(str(item.path), duration, size_text(item.path.stat().st_size))
    _console().print(table)


def print_dubs(dubs: Sequence[Dub]) -> None:
    """What became of each language in the master."""
    print_table(
        ("language", "captions", "voice", "why"),
        [(dub.language.tag, "yes", "yes" if dub.heard else "no", dub.why) for dub in dubs],
    )


def print_updated(updated: Sequence[Updated]) -> None:
    """Which files were brought up to the script."""
    print_table(("file", ""), [(str(each.path), "changed" if each.changed else "as it was") for each in updated])


def print_progress(progress: Sequence[Progress]) -> None:
    """How far each language is, and every line that does not fit, with how much to cut."""
    heads = ("language", "done", "fuzzy", "missing", "speech too long", "captions outside: own voice", "script's voice")
    print_table(heads, [_progress_row(each) for each in progress])
    details = [row for each in progress for row in _progress_details(each)]
    if details:
        print()
        print_table(("where", "line", "what"), details)


def _progress_row(each: Progress) -> tuple[str, ...]:
    told = each.status
    own = "no timeline" if each.own is None else str(len(each.own.findings))
    counts = (len(told.done), len(told.fuzzy), len(told.missing), len(told.too_long))
    return (told.tag, *map(str, counts), own, str(len(told.findings)))


def _progress_details(each: Progress) -> list[tuple[str, str, str]]:
    told = each.status
    rows = [(told.tag, line, "fuzzy") for line in told.fuzzy] + [(told.tag, line, "missing") for line in told.missing]
    if each.why:
        rows.append((told.tag, "", each.why))
    for cue in told.too_long:
        what = f"takes {cue.speech_s:.1f} s, its share is {cue.share_s:.1f} s: cut {cue.cut_characters} characters"
        rows.append((cue.where, cue.id, what))
    for voice, status in (("own voice", each.own), ("script's voice", told)):
        for found in status.findings if status else ():
            rows.append((found.where, found.id, f"{found.severity}, {voice}: {found.problem}: {found.text!r}"))
    return rows


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    _console().print(table)


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDE
    return console


def account_line(report: BuildReport, took_s: float) -> str:
    """What was made anew and what was reused, in one line."""
    reused = len(report.reused)
    if not report.made and not reused:
        return f"done ({took_s:.1f} s)"
    if not report.made:
        return f"nothing has changed: all {reused} parts were made before ({took_s:.1f} s)"
    groups = Counter(label.partition(" ")[0] for label in report.made.values())
    details = []
    for verb, count in groups.items():
        labels = dict.fromkeys(label for label in report.made.values() if label.startswith(f"{verb} "))
        names = [label.partition(" ")[2] for label in labels]
        details.append(f"{verb} {', '.join(names)}" if len(names) <= 5 else f"{verb} {count} parts")
    return f"made anew: {'; '.join(details)}. Reused: {reused} of {reused + len(report.made)} parts ({took_s:.1f} s)"


def size_text(size_bytes: int) -> str:
    """A size as people read it."""
    for unit, name in UNITS:
        if size_bytes >= unit:
            return f"{size_bytes / unit:.1f} {name}"
    return f"{size_bytes} B"


def print_checks(kinds: Sequence[str], checked: Checked) -> int:
    """The tables of physics and motion, the pages, a line for each finding and for each kind of check; exit status."""
    if checked.statements:
        from explainer.checks.physics import HEADS, table

        print_table(HEADS, table(checked.statements))
    if checked.figures:
        from explainer.checks import motion

        print_table(motion.HEADS, motion.table(checked.figures))
    if checked.pages:
        print_files(tuple(Output(path) for path in checked.pages))
    return print_findings(kinds, checked.findings)


def print_findings(kinds: Sequence[str], findings: Sequence[Finding]) -> int:
    """A line for each finding and one for each kind of check; returns the exit status."""
    for finding in findings:
        print(f"{finding.severity}: {finding.kind}: {finding.where}: {finding.what}")
    for kind in kinds:
        bad = sum(1 for finding in findings if finding.kind == kind and finding.severity == "error")
        print(f"{kind}: {'ok' if not bad else f'{bad} failed'}")
    return int(any(finding.severity == "error" for finding in findings))
