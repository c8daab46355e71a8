"""The manifest beside a film: what is in it and where every part of it comes from, written, amended and read here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError
from explainer.film.timed import LocalizedFilm
from explainer.tasks.atomic import sibling
from explainer.timing.timeline import CueTime, SegmentTime, Timeline, from_json, to_json
from explainer.words.quantities import Fact, read_fact

FORMAT = 3
FILM_SUFFIX, MANIFEST_SUFFIX = ".mp4", ".json"
FASTEST_FPS = 240
LARGEST_BYTES = 4 << 20
REMEDY = "make the film again: video"


def manifest(localized: LocalizedFilm, inputs: Mapping[str, Any], tools: Mapping[str, str]) -> str:
    """JSON text: timeline in frames and seconds, facts with their origin, hashes of inputs, versions of tools."""
    request, narration, timeline = localized.request, localized.narration, localized.timeline
    content = {
        "format": FORMAT,
        "film": request.film.id,
        "title": narration.title,
        "language": narration.language.tag,
        "picture": {"width": request.quality.width, "height": request.quality.height, "fps": timeline.fps},
        "timeline": {
            "fps": timeline.fps,
            "frames": timeline.frames,
            "duration_s": timeline.duration_s,
            "segments": [_segment(segment, timeline.fps) for segment in timeline.segments],
        },
        "plan": json.loads(to_json(localized.planned)),
        "facts": [
            {
                "id": fact.id,
                "value_si": fact.value_si,
                "unit": fact.unit,
                "unit_si": fact.unit_si,
                "decimals": fact.decimals,
                "text": fact.text(narration.language),
                "physics": fact.source,
            }
            for fact in narration.facts
        ],
        "unfinished": {"as_written": list(narration.missing), "not_reviewed": list(narration.fuzzy)},
        "inputs": dict(inputs),
        "tools": dict(tools),
    }
    return _text(content)


def amended(content: Mapping[str, Any], **changes: Mapping[str, Any]) -> str:
    """JSON text of a manifest in which tables were added to, or begun."""
    return _text({**content, **{name: {**content.get(name, {}), **table} for name, table in changes.items()}})


@dataclass(frozen=True)
class FinishedFilm:
    """A film file, as the manifest beside it tells of it.

    Args:
        path: the file.
        film_id: the script it was made from.
        language_tag: of its voice.
        planned: the timeline it was made to, at the planning rate.
        facts: the numbers it shows, by id.
        width, height, fps: of its picture.
        content: the whole manifest.
    """

    path: Path
    film_id: str
    language_tag: str
    planned: Timeline
    facts: Mapping[str, Fact]
    width: int
    height: int
    fps: int
    content: Mapping[str, Any]

    @property
    def stem(self) -> Path:
        """Its path without the ending."""
        return _stem(self.path)

    @property
    def poster(self) -> Path:
        """Its poster, where it should be."""
        return sibling(self.stem, ".png")

    def stem_in(self, tag: str) -> Path:
        """What the names of files in a language begin with: negative-temperature.es beside negative-temperature.en."""
        return self.path.with_name(f"{self.stem.name.removesuffix(f'.{self.language_tag}')}.{tag}")


def read_film(path: Path) -> FinishedFilm:
    """Read what the manifest tells of a film.

    Raises:
        ExplainerError: if there is no such film, or no readable manifest beside it.
    """
    if path.suffix != FILM_SUFFIX:
        raise ExplainerError("captions go into .mp4 files", str(path), "name the .mp4 film")
    if not path.is_file():
        raise ExplainerError("no such film", str(path), "make it first: video")
    place = sibling(_stem(path), MANIFEST_SUFFIX)
    content = _content(place)
    try:
        facts = [read_fact({**each, "source": each["physics"]}, file=place.name) for each in content["facts"]]
        picture = content["picture"]
        return FinishedFilm(
            path,
            str(content["film"]),
            str(content["language"]),
            from_json(json.dumps(content["plan"]), file=place.name),
            {fact.id: fact for fact in facts},
            _whole(picture["width"], LARGEST_BYTES),
            _whole(picture["height"], LARGEST_BYTES),
            _whole(picture["fps"], FASTEST_FPS),
            {**content, "captions": dict(content.get("captions", {}))},
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable(place, type(error).__name__) from None


def films_in(folder: Path) -> tuple[FinishedFilm, ...]:
    """The films of a folder that have a manifest and a poster beside them."""
    paths = (
        sibling(path.with_name(path.name.removesuffix(MANIFEST_SUFFIX)), FILM_SUFFIX) for path in _manifests(folder)
    )
    return tuple(read_film(path) for path in paths if path.is_file() and sibling(_stem(path), ".png").is_file())


def _manifests(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{MANIFEST_SUFFIX}"))


def _content(place: Path) -> dict[str, Any]:
    try:
        with place.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
        if len(raw) > LARGEST_BYTES:
            raise _unreadable(place, f"larger than {LARGEST_BYTES >> 20} MiB")
        content = json.loads(raw)
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(place, type(error).__name__) from None
    if not isinstance(content, dict):
        raise _unreadable(place, "not a table")
    return content


def _whole(number: object, most: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= most:
        raise ValueError(f"{number!r}")
    return number


def _unreadable(place: Path, why: str) -> ExplainerError:
    return ExplainerError(f"no readable manifest beside the film ({why})", str(place), REMEDY)


def _stem(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(FILM_SUFFIX))


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _range(start_frame: int, stop_frame: int, fps: int) -> dict[str, Any]:
    return {
        "start_frame": start_frame,
        "stop_frame": stop_frame,
        "start_s": start_frame / fps,
        "stop_s": stop_frame / fps,
    }


def _segment(segment: SegmentTime, fps: int) -> dict[str, Any]:
    cues = [_cue(cue, fps) for cue in segment.cues]
    return {"id": segment.id, **_range(segment.start_frame, segment.stop_frame, fps), "cues": cues}


def _cue(cue: CueTime, fps: int) -> dict[str, Any]:
    marks = {name: {"frame": frame, "s": frame / fps} for name, frame in cue.marks.items()}
    return {"id": cue.id, **_range(cue.start_frame, cue.stop_frame, fps), "marks": marks}
