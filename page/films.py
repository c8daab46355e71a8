"""The finished films that a page can play, found by the manifests beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narration.timeline import Timeline, from_json
from page.errors import PageError

LARGEST_MANIFEST_BYTES = 4 << 20
REMEDY = "make it again: render.py video"


@dataclass(frozen=True)
class Film:
    """A film in one language. ``timeline`` is the planned one, at the master frame rate."""

    language_tag: str
    video: Path
    poster: Path
    width: int
    height: int
    fps: int
    timeline: Timeline

    @property
    def fineness(self) -> tuple[int, int]:
        """What a better picture has more of: pixels, then frames a second."""
        return self.width * self.height, self.fps


def find_films(folders: Iterable[Path], cue_ids: Sequence[str], height: int | None = None) -> tuple[Film, ...]:
    """The finest whole film of each folder, in the order of the folders; folders without a film are passed over.

    Args:
        folders: one a language, as a build leaves them: film, poster and manifest side by side.
        cue_ids: the cues of the script; films that tell something else are left out.
        height: take only pictures of so many pixels' height.

    Raises:
        PageError: no film in any folder, a film that tells another script, or two films of one language.
    """
    searched = tuple(folders)
    films: dict[str, Film] = {}
    for folder in searched:
        found = [film for film in _films_in(folder) if height in (None, film.height)]
        whole = [film for film in found if [cue.id for cue in film.timeline.cues] == list(cue_ids)]
        if found and not whole:
            raise PageError(found[0].video.name, "the film has other cues than the script", REMEDY)
        if whole:
            film = max(whole, key=lambda film: film.fineness)
            if film.language_tag in films:
                raise PageError(str(folder), f"a second film in {film.language_tag}", "give one folder a language")
            films[film.language_tag] = film
    if not films:
        names = ", ".join(str(folder) for folder in searched) or "no folder given"
        size = f" of {height} pixels' height" if height else ""
        raise PageError(names, f"there is no finished film{size}", "make one: render.py video")
    return tuple(films.values())


def _films_in(folder: Path) -> list[Film]:
    read = (_film(manifest) for manifest in sorted(folder.glob("*.json")))
    return [film for film in read if film is not None]


def _film(manifest: Path) -> Film | None:
    """What a manifest tells of; None where the film itself is not there (a run for captions alone)."""
    stem = manifest.name.removesuffix(".json")
    video, poster = (manifest.with_name(stem + suffix) for suffix in (".mp4", ".png"))
    if not (video.is_file() and poster.is_file()):
        return None
    try:
        told = read_manifest(manifest)
        picture = told["picture"]
        sizes = (int(picture["width"]), int(picture["height"]), int(picture["fps"]))
        language_tag, plan = str(told["language"]), json.dumps(told["plan"])
    except PageError:
        raise
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise _no_manifest(manifest, type(error).__name__) from None
    return Film(language_tag, video, poster, *sizes, from_json(plan, file=manifest.name))


def read_manifest(path: Path) -> Any:
    """Return what a film's manifest holds.

    Raises:
        PageError: too large for one.
        OSError, ValueError, RecursionError: no readable JSON.
    """
    with path.open("rb") as file:
        raw = file.read(LARGEST_MANIFEST_BYTES + 1)
    if len(raw) > LARGEST_MANIFEST_BYTES:
        raise _no_manifest(path, f"larger than {LARGEST_MANIFEST_BYTES >> 20} MiB")
    return json.loads(raw)


def _no_manifest(manifest: Path, why: str) -> PageError:
    return PageError(manifest.name, f"not a film's manifest ({why})", REMEDY)
