"""Whole commands, timed one after the other: Manim's own on the film's scenes, and builds as a user starts them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.film.language_selection import translated_tags
from explainer.film.request import Request
from explainer.tasks.atomic import sibling
from explainer.words.languages import SOURCE_TAG
from explainer.words.script import load_script

ROOT = Path(__file__).resolve().parents[2]
FILM = sibling(Path("en") / Request().stem, ".mp4")
LEFT_OUT = (".venv", ".git", ".cache", "out", "media", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
CAPTION_EDIT = (Path("narration/locale/de.po"), 'msgstr "Negative Temperatur."', 'msgstr "Negative Temperaturen."')
CUE_EDIT = (Path("narration/script.toml"), 'text = "Negative temperature."', 'text = "Negative temperatures."')


@dataclass(frozen=True)
class Run:
    """A command: the film it made or made more of, and how long it took; the last line that it said."""

    what: str
    took_s: float
    film: Path
    film_s: float
    size_bytes: int
    said: str = ""

    @property
    def share(self) -> float:
        """Time over the film's duration."""
        return self.took_s / self.film_s


@dataclass(frozen=True)
class UserBuilds:
    """Commands given one after the other in one project."""

    cold: Run
    gifs: Run
    again: Run
    dubs: Run
    caption: Run
    cue: Run


def stock_scenes(folder: Path) -> tuple[Run, ...]:
    """Each scene under `manim render -qh`, in a folder that is empty at first."""
    return tuple(_stock_scene(segment.scene, folder) for segment in load_script().segments)


def _stock_scene(address: str, folder: Path) -> Run:
    module, _, name = address.partition(":")
    media = folder / f"media-{name}"
    source = f"{module.replace('.', '/')}.py"
    what = f"manim render -qh, {name}"
    took_s, _ = _timed(
        [sys.executable, "-m", "manim", "render", "-qh", "--media_dir", str(media), source, name], what, ROOT
    )
    (film,) = (path for path in media.rglob(f"{name}.mp4") if "partial_movie_files" not in path.parts)
    return _run(what, took_s, film)


def cold_build(encoder: str, folder: Path) -> Run:
    """A build of the film from nothing through other encoder settings."""
    what = f"cold build, {encoder} encoder settings"
    took_s, _ = _timed([sys.executable, "-m", "benchmarks.build", encoder, str(folder)], what, ROOT)
    return _run(what, took_s, folder / "out" / FILM)


def user_builds(folder: Path) -> UserBuilds:
    """What a user does, in a copy of the project: from nothing, the GIFs, again, dubs, an edit here and there."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    others = tuple(tag for tag in translated_tags() if tag != SOURCE_TAG)
    cold = _render("cold build", folder, "video")
    gifs = _render("all GIFs, after it", folder, "gif", "all")
    again = _render("nothing changed", folder, "video")
    dubs = _render(f"{len(others)} further languages dubbed", folder, "video", "--lang", ",".join(others))
    edit(folder, *CAPTION_EDIT)
    caption = _render("one caption changed, captions only", folder, "captions", "--lang", "de")
    edit(folder, *CUE_EDIT)
    cue = _render("one cue changed", folder, "video", out="edited")
    return UserBuilds(cold, gifs, again, dubs, caption, cue)


def edit(folder: Path, name: Path, old: str, new: str) -> None:
    """Change a text that stands once in a file of a project."""
    text = (folder / name).read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ExplainerError(f"{old!r} stands in it {text.count(old)} times", str(name), "mend the edit of the bench")
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def _render(what: str, folder: Path, *words: str, out: str = "out") -> Run:
    took_s, said = _timed([sys.executable, "render.py", *words, "--cache", ".cache", "--out", out], what, folder)
    return _run(what, took_s, folder / out / FILM, said.strip().splitlines()[-1])


def _timed(command: Sequence[str], what: str, folder: Path) -> tuple[float, str]:
    print(f"{what} ...", file=sys.stderr)
    began_s = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    took_s = time.monotonic() - began_s
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise ExplainerError(f"failed: {lines[-1]}", what, "run the command by itself to see more")
    return took_s, done.stdout


def _run(what: str, took_s: float, film: Path, said: str = "") -> Run:
    import av

    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        film_s = float((stream.duration or 0) * (stream.time_base or 0))
    return Run(what, took_s, film, film_s, film.stat().st_size, said)
