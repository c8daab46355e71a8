"""Whole commands, timed one after the other: Manim's own on the film's scenes, and builds as a user starts them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.pictures import SCORED_EVERY_FRAMES, likeness, lossless
from benchmarks.report import ROOT, Row, Table, bars
from explainer.errors import ExplainerError
from explainer.film.manifest import read_film
from explainer.words.film import Film, open_film

LEFT_OUT = ("__pycache__", "node_modules")  # at any depth
MADE = (".venv", ".git", ".cache", "out", "media", ".hypothesis", ".benchmarks")  # of the project's own folder


@dataclass(frozen=True)
class Run:
    """A command: how long it took, the film that lies there after it, the last line that it said."""

    what: str
    took_s: float
    film_s: float
    size_mb: float
    said: str = ""

    @property
    def share(self) -> float:
        """Time over the film's duration."""
        return self.took_s / self.film_s


def speed(folder: Path) -> tuple[Table, ...]:
    """Time all commands, in a folder that is empty at first."""
    film = open_film(ROOT)
    drawn = lossless(folder)  # also warms the system's caches for all that is timed
    scenes = [_manim(segment.scene, folder) for segment in film.script.segments]
    project = folder / "project"
    copy_project(project)
    builds = {**_builds(open_film(project)), "stock": _stock(folder / "stock", film.source.tag)}
    return tables(scenes, builds, _worst_vmaf(_film_in(project / "out" / film.source.tag), drawn))


def copy_project(folder: Path) -> None:
    """Copy the project into a new folder, without what was made in it."""

    def ignored(place: str, names: list[str]) -> set[str]:
        own = {name for name in names if name in MADE or name.endswith("_cache")} if Path(place) == ROOT else set()
        return own | set(names).intersection(LEFT_OUT)

    shutil.copytree(ROOT, folder, ignore=ignored)


def _manim(scene: str, folder: Path) -> Run:
    module, _, name = scene.partition(":")
    source, media = Path(*module.split(".")).with_suffix(".py"), folder / f"media-{name}"
    command = ["-m", "manim", "render", "-qh", "--media_dir", str(media), str(source), name]
    return _timed(f"manim render -qh, {name}", command, ROOT, media / "videos" / source.stem / "1080p60")


def _stock(folder: Path, tag: str) -> Run:
    code = f"import pathlib, benchmarks.pictures as p; p.build(p.STOCK, pathlib.Path({str(folder)!r}))"
    return _timed("cold build, stock encoder settings", ["-c", code], ROOT, folder / "out" / tag)


def _builds(film: Film) -> dict[str, Run]:
    """What a user does: builds from nothing, the GIFs, again, dubs, an edit here and there."""
    others = [tag for tag in film.tags if tag != film.source.tag]

    def run(what: str, *words: str, out: str = "out") -> Run:
        return _timed(what, ["render.py", *words, "--out", out], film.root, film.root / out / film.source.tag)

    builds = {
        "cold": run("cold build", "video"),
        "gifs": run("all GIFs, after it", "gif", "all"),
        "again": run("nothing changed", "video"),
        "captions": run(f"captions of {len(others)} languages into the film", "captions", "--lang", ",".join(others)),
        "dubs": run(f"{len(others)} further languages dubbed", "video", "--lang", ",".join(others)),
    }
    lengthen(film.locale / f"{others[0]}.po", "msgstr ")
    builds["caption"] = run("one caption changed, captions only", "captions", "--lang", others[0])
    lengthen(film.path, "text = ")
    builds["cue"] = run("one cue changed", "video", out="edited")
    return builds


def lengthen(path: Path, key: str) -> None:
    """Add a letter to the first words of a file, in a line of their own after a key, that end in a stop."""
    text, times = re.subn(rf'^({key}".+)([^\w"]"$)', r"\1s\2", path.read_text(encoding="utf-8"), count=1, flags=re.M)
    if not times:
        raise ExplainerError(f"no words to change after {key!r}", path.name, "have the bench change others")
    path.write_text(text, encoding="utf-8")


def _timed(what: str, command: Sequence[str], folder: Path, made: Path) -> Run:
    """Run Python with arguments in a folder; `made` is the one that a film lies in afterwards."""
    import av

    print(f"{what} ...", file=sys.stderr)
    began_s = time.monotonic()
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, cwd=folder, check=False)
    took_s = time.monotonic() - began_s
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise ExplainerError(f"failed: {lines[-1]}", what, "run the command by itself to see more")
    film = _film_in(made)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        film_s = float((stream.duration or 0) * (stream.time_base or 0))
    return Run(what, took_s, film_s, film.stat().st_size / 1e6, "".join(done.stdout.strip().splitlines()[-1:]))


def _film_in(folder: Path) -> Path:
    (film,) = folder.glob("*.mp4")
    return film


def _worst_vmaf(path: Path, drawn: Path) -> float:
    """The lowest mean of a segment."""
    film = read_film(path)
    scores, _ = likeness(path, drawn, film.fps, SCORED_EVERY_FRAMES)
    return min(
        mean(score for frame, score in scores.items() if segment.start_frame <= frame < segment.stop_frame)
        for segment in film.planned.resampled(film.fps).segments
    )


def tables(scenes: Sequence[Run], builds: Mapping[str, Run], vmaf: float) -> tuple[Table, ...]:
    """What was timed, and what it comes to."""
    cold, gifs, again, stock = (builds[name] for name in ("cold", "gifs", "again", "stock"))
    manim = sum(scene.took_s for scene in scenes) / sum(scene.film_s for scene in scenes)
    limits = [
        _limit("cold build, over the film's duration", cold.share, 0.75),
        _limit("cold build and all GIFs, over the film's duration", cold.share + gifs.share, 0.9),
        _limit("cold build, over Manim's command scene by scene", cold.share / manim, 0.35),
        _limit("the same at equal encoder settings", stock.share / manim, 0.60),
        _limit("size over that at Manim's encoder settings", cold.size_mb / stock.size_mb, 1.7),
        _limit("VMAF, worst segment", vmaf, 96, least=True),
        _limit("nothing changed, seconds", again.took_s, 1),
        _limit(f"{builds['captions'].what}, seconds", builds["captions"].took_s, 2),
        _limit("one caption changed, captions only, seconds", builds["caption"].took_s, 2),
        _limit(f"{builds['dubs'].what}, over the cold build", builds["dubs"].took_s / cold.took_s, 7),
    ]
    runs = [
        {
            "command": run.what,
            "time s": round(run.took_s, 1),
            "film s": round(run.film_s, 1),
            "time/film": round(run.share, 2),
            "MB": round(run.size_mb, 2),
        }
        for run in (*scenes, *builds.values())
    ]
    said = [{"command": run.what, "said": run.said} for run in (again, builds["cue"])]
    return (
        Table("Limits", limits),
        Table("Commands", runs, lambda axes: bars(axes, "time/film", runs)),
        Table("What builds say they reused", said),
    )


def _limit(what: str, value: float, limit: float, *, least: bool = False) -> Row:
    """A figure that must be at most so much; at least, where `least`."""
    holds = value >= limit if least else value <= limit
    bound = f"at {'least' if least else 'most'} {limit:g}"
    return {"what": what, "measured": round(value, 2), "limit": bound, "holds": "yes" if holds else "no"}
