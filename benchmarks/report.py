"""What was measured as plain data, as tables, as a plot and as a page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from benchmarks.encoders import Coded
from benchmarks.profile import Profile
from benchmarks.runs import Run, UserBuilds
from explainer.templates import rendered

Row = tuple[str, ...]


@dataclass(frozen=True)
class Speed:
    """Manim's own command by scene, the builds a user starts, and a cold build at Manim's encoder settings."""

    scenes: tuple[Run, ...]
    builds: UserBuilds
    stock: Run
    vmaf_by_segment: dict[str, float]

    @property
    def scenes_share(self) -> float:
        """Manim's time for all scenes over their duration."""
        return sum(scene.took_s for scene in self.scenes) / sum(scene.film_s for scene in self.scenes)


@dataclass(frozen=True)
class Measure:
    """A figure that has a limit; at most it, or, where `least`, at least."""

    what: str
    value: float
    limit: float
    unit: str = ""
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is within."""
        return self.value >= self.limit if self.least else self.value <= self.limit

    @property
    def row(self) -> Row:
        """As a table has it."""
        relation = "at least" if self.least else "at most"
        unit = f" {self.unit}" if self.unit else ""
        return self.what, f"{self.value:.2f}{unit}", f"{relation} {self.limit:g}{unit}", "yes" if self.holds else "no"


@dataclass(frozen=True)
class Results:
    """All that was measured; what was not asked for is None."""

    speed: Speed | None = None
    encoders: tuple[Coded, ...] | None = None
    profile: Profile | None = None


def measures(speed: Speed) -> tuple[Measure, ...]:
    """The figures that have limits."""
    builds, cold = speed.builds, speed.builds.cold
    return (
        Measure("cold build, over the film's duration", cold.share, 0.40),
        Measure("cold build and all GIFs, over the film's duration", cold.share + builds.gifs.share, 0.55),
        Measure("cold build, over Manim's command scene by scene", cold.share / speed.scenes_share, 0.37),
        Measure("the same at equal encoder settings", speed.stock.share / speed.scenes_share, 0.60),
        Measure("size over that at Manim's encoder settings", cold.size_bytes / speed.stock.size_bytes, 1.7),
        Measure("VMAF, worst segment", min(speed.vmaf_by_segment.values()), 96, least=True),
        Measure("nothing changed", builds.again.took_s, 1.5, "s"),
        Measure("one caption changed, captions only", builds.caption.took_s, 2, "s"),
        Measure("seven further languages dubbed, over the cold build", builds.dubs.took_s / cold.took_s, 7),
    )


def all_runs(speed: Speed) -> tuple[Run, ...]:
    """Every command that was timed, in order."""
    builds = (getattr(speed.builds, each.name) for each in fields(speed.builds))
    return (*speed.scenes, *builds, speed.stock)


def speed_rows(speed: Speed) -> list[Row]:
    """Each command: time, length of what it made, one over the other, size."""
    return [
        (run.what, f"{run.took_s:.1f} s", f"{run.film_s:.1f} s", f"{run.share:.2f}", f"{run.size_bytes / 1e6:.2f} MB")
        for run in all_runs(speed)
    ]


def encoder_rows(coded: Sequence[Coded]) -> list[Row]:
    """Each encoder setting: time a frame, size, likeness, and the settings in x264's words."""
    return [
        (
            each.name,
            f"{each.frame_ms:.1f} ms",
            f"{each.size_bytes / 1e6:.2f} MB",
            f"{each.vmaf:.1f}",
            f"{each.ssim:.5f}",
            f"{each.settings.preset}, crf {each.settings.crf:g} {each.settings.x264}",
        )
        for each in coded
    ]


def profile_rows(found: Profile) -> list[Row]:
    """Each step: processor seconds and share."""
    total_s = sum(found.spent_s.values())
    steps = [(name, f"{spent_s:.1f} s", f"{spent_s / total_s:.0%}") for name, spent_s in found.spent_s.items()]
    return [*steps, (f"all: {found.frames} frames, {found.drawn} of them drawn", f"{total_s:.1f} s", "100%")]


def tables(results: Results) -> list[tuple[str, Row, list[Row]]]:
    """Title, heads and rows of each table."""
    found: list[tuple[str, Row, list[Row]]] = []
    if speed := results.speed:
        found += [
            ("Limits", ("what", "measured", "limit", "holds"), [measure.row for measure in measures(speed)]),
            ("Commands", ("command", "time", "film", "time/film", "size"), speed_rows(speed)),
        ]
    if results.encoders is not None:
        heads = ("settings", "a frame, one core", "size", "VMAF", "SSIM", "x264")
        found.append(("Encoder settings", heads, encoder_rows(results.encoders)))
    if results.profile is not None:
        found.append(("Where a cold build's time goes", ("step", "processor", "share"), profile_rows(results.profile)))
    return found


def summary(results: Results) -> dict[str, Any]:
    """The measurements and the ratios made of them, as plain data."""
    content: dict[str, Any] = {}
    if results.speed:
        content["commands"] = [_without_place(run) for run in all_runs(results.speed)]
        content["vmaf_by_segment"] = results.speed.vmaf_by_segment
        content["measures"] = [asdict(each) | {"holds": each.holds} for each in measures(results.speed)]
    if results.encoders is not None:
        content["encoders"] = [asdict(each) for each in results.encoders]
    if results.profile is not None:
        content["profile"] = asdict(results.profile)
    return content


def _without_place(run: Run) -> dict[str, Any]:
    return {name: value for name, value in asdict(run).items() if name != "film"}


def plot(results: Results) -> str:
    """The commands' times and the encoder settings as SVG; empty without either."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "bench"  # the same figures, the same file
    from matplotlib import pyplot

    parts = [part for part in (results.speed, results.encoders) if part]
    if not parts:
        return ""
    figure, axes = pyplot.subplots(1, len(parts), figsize=(6.5 * len(parts), 4.2), layout="constrained", squeeze=False)
    for part, ax in zip(parts, axes[0], strict=True):
        if isinstance(part, Speed):
            _plot_speed(part, ax)
        else:
            _plot_encoders(part, ax)
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    pyplot.close(figure)
    return text.getvalue()


def _plot_speed(speed: Speed, axes: Any) -> None:
    shares = {
        "Manim's command, scene by scene": speed.scenes_share,
        "cold build, Manim's encoder settings": speed.stock.share,
        "cold build and all GIFs": speed.builds.cold.share + speed.builds.gifs.share,
        "cold build": speed.builds.cold.share,
        "one cue changed": speed.builds.cue.share,
        "nothing changed": speed.builds.again.share,
    }
    bars = axes.barh(list(shares), list(shares.values()), color=["0.6", *["tab:orange"] * (len(shares) - 1)])
    axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set(xlabel="time over the film's duration")


def _plot_encoders(coded: Sequence[Coded], axes: Any) -> None:
    for each in coded:
        axes.plot(each.frame_ms, each.size_bytes / 1e6, "o", label=f"{each.name}: {each.vmaf:.1f}")
    axes.legend(title="encoder settings: VMAF", fontsize=8, title_fontsize=8)
    axes.set(xlabel="ms a frame on one core", ylabel="MB", xlim=(0, None), ylim=(0, None))


def page(results: Results) -> str:
    """One page of HTML with the plot and all tables."""
    accounts = [] if results.speed is None else [results.speed.builds.again, results.speed.builds.cue]
    from markupsafe import Markup

    drawing = plot(results)
    inline = Markup(drawing[drawing.find("<svg") :]) if drawing else ""  # ours, so nothing in it needs escaping
    return rendered("bench.html.j2", plot=inline, tables=tables(results), accounts=accounts)


def print_tables(results: Results) -> None:
    """Print all tables."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    for title, heads, rows in tables(results):
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for number, head in enumerate(heads):
            table.add_column(head, justify="right" if 0 < number < 5 else "left")
        for row in rows:
            table.add_row(*row)
        console.print(table)
        console.print()


def write(results: Results, folder: Path) -> tuple[Path, ...]:
    """Write bench.json, bench.svg and index.html into a folder; returns their paths."""
    import json

    from explainer.tasks.atomic import publish

    files: dict[Path, str] = {
        folder / "index.html": page(results),
        folder / "bench.json": json.dumps(summary(results), indent=1) + "\n",
        folder / "bench.svg": plot(results),
    }
    publish({path: text.encode() for path, text in files.items()})
    return tuple(files)
