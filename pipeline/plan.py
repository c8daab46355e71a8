"""From a request to tasks: what is to be said, drawn, mixed and joined, each with the key that decides its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from narration.catalog import LOCALE_FOLDER, load
from narration.languages import PSEUDO_TAG, SOURCE_TAG, language
from narration.localize import CAPTION_MARK, Narration, localize
from narration.quantities import Fact
from narration.script import DEFAULT_PATH, load_script
from narration.timeline import SegmentTime, Timeline
from narration.voices import VOICES
from pipeline import fingerprint, work
from pipeline.encode_settings import H264
from pipeline.errors import PipelineError
from pipeline.graph import Task, task
from pipeline.labels import Labels
from pipeline.request import Request, Voicing
from pipeline.shot import Shot
from pipeline.speech import speak_job
from scenes.show import Show

# Their effect is among the inputs already: a show is an argument of the task that draws it.
NOT_DRAWN = ("scenes.show:draft_show",)
DRAW_SECONDS_A_FRAME = 0.015
# Every stretch builds its scene and begins with a keyframe: shorter ones cost more than they balance on few cores.
LONGEST_STRETCH_S = 8


@dataclass(frozen=True)
class Ground:
    """What stays the same during a run: where the project lies, its sources, the system's libraries and fonts."""

    root: Path
    sources: fingerprint.Sources
    libraries: Mapping[str, str]
    _fonts: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)

    def fonts(self, families: tuple[str, ...]) -> dict[str, str]:
        """Hashes of the files of font families."""
        if families not in self._fonts:
            self._fonts[families] = fingerprint.font_files(families)
        return self._fonts[families]

    def code(self, *entries: str, tools: tuple[str, ...] = ()) -> dict[str, str]:
        """Hashes of the code behind the entries, and the versions of tools."""
        return {
            **fingerprint.closure(self.sources, entries, NOT_DRAWN),
            **fingerprint.tool_versions(tools),
        }


@dataclass(frozen=True)
class Version:
    """The film in one language; its timing as planned, and at the picture's rate."""

    request: Request
    narration: Narration
    master: Timeline
    timeline: Timeline


def ground(root: Path) -> Ground:
    """The ground a project folder gives."""
    return Ground(root, fingerprint.Sources(root), fingerprint.library_versions())


def facts_task(base: Ground) -> Task:
    """The facts that the words may name. To call the physics is to load it, which a run without changes can spare."""
    code = base.code("pipeline.work:state_facts", tools=("numpy", "scipy"))
    return task("state facts", work.state_facts, None, code)


def words(request: Request, facts: Mapping[str, Fact] | None = None) -> Narration:
    """The words of the film in the request's language, with the numbers of the physics or with those given.

    Raises:
        PipelineError, NarrationError: on an unknown language or segment, or a script that does not hold.
    """
    spoken = language(request.language_tag)
    script = load_script(script_path(request))
    catalog = None if spoken.tag in (SOURCE_TAG, PSEUDO_TAG) else load(spoken, locale_folder(request))
    narration = localize(script, spoken, catalog=catalog, facts=facts, allow_missing=request.allow_missing)
    known = [segment.id for segment in narration.segments]
    for wanted in request.segments:
        if wanted not in known:
            raise PipelineError("unknown segment", wanted, f"use one of {', '.join(known)}")
    return narration


def script_path(request: Request) -> Path:
    """The script that is told."""
    return request.script or DEFAULT_PATH


def locale_folder(request: Request) -> Path:
    """Where the translations are read from."""
    return request.locale or LOCALE_FOLDER


def untranslated(narration: Narration) -> str:
    """What to tell of lines that stand in English; nothing if there are none."""
    if not narration.missing:
        return ""
    return f"{narration.language.tag}: still in English: {', '.join(narration.missing)}"


def narrowed(narration: Narration, segments: tuple[str, ...]) -> Narration:
    """The words of some segments alone, with their labels and those that belong to no segment; all if none is named."""
    if not segments:
        return narration
    dropped = {segment.id for segment in narration.segments if segment.id not in segments}
    return replace(
        narration,
        segments=tuple(segment for segment in narration.segments if segment.id not in dropped),
        labels={name: text for name, text in narration.labels.items() if name.partition(".")[0] not in dropped},
    )


def families(narration: Narration) -> tuple[str, ...]:
    """The font families that a picture is set in."""
    return tuple(dict.fromkeys((narration.language.font, language(SOURCE_TAG).font)))


def speech_tasks(narration: Narration, voicing: Voicing, base: Ground) -> tuple[dict[str, Task], tuple[str, ...]]:
    """One task a cue, by the cue's id; and what the user should know about the voices."""
    tasks, warnings = {}, []
    for cue in narration.cues:
        job, signature, warning = speak_job(cue, narration.language, voicing)
        module = VOICES[job.voice].module
        code = base.code("pipeline.work:speak", f"{module}:speak", tools=fingerprint.SPEECH_TOOLS)
        tasks[cue.id] = task(f"speak {cue.id}", work.speak, job, [code, signature])
        warnings += [warning] if warning else []
    return tasks, tuple(dict.fromkeys(warnings))


def chosen(timeline: Timeline, segments: tuple[str, ...]) -> Timeline:
    """The timeline of some of its segments alone, closed up; of all when none is named."""
    if not segments:
        return timeline
    kept: list[SegmentTime] = []
    start_frame = 0
    for segment in timeline.segments:
        if segment.id in segments:
            kept.append(_shifted(segment, start_frame - segment.start_frame))
            start_frame += segment.stop_frame - segment.start_frame
    return replace(timeline, segments=tuple(kept))


def _shifted(segment: SegmentTime, by: int) -> SegmentTime:
    cues = tuple(
        replace(
            cue,
            start_frame=cue.start_frame + by,
            stop_frame=cue.stop_frame + by,
            marks={name: frame + by for name, frame in cue.marks.items()},
        )
        for cue in segment.cues
    )
    return replace(segment, start_frame=segment.start_frame + by, stop_frame=segment.stop_frame + by, cues=cues)


def show_of(version: Version, segment_id: str) -> Show:
    """What the scene of a segment is given: nothing that it does not depend on."""
    segment = version.timeline.relative(segment_id)
    cues = tuple(replace(cue, marks=scene_marks(cue.marks)) for cue in segment.cues)
    ids = {each.id for each in version.narration.segments}
    labels = {
        name: text
        for name, text in version.narration.labels.items()
        if (group := name.partition(".")[0]) == segment_id or group not in ids
    }
    request = version.request
    return Show(
        replace(segment, cues=cues),
        version.timeline.fps,
        labels,
        version.narration.language,
        request.theme,
        request.aspect,
    )


def scene_marks(marks: Mapping[str, int]) -> dict[str, int]:
    """The marks that scenes wait for, without those that only break captions."""
    return {name: frame for name, frame in marks.items() if not name.startswith(CAPTION_MARK)}


def scene_of(version: Version, segment_id: str) -> str:
    """Address of the scene of a segment."""
    return next(segment.scene for segment in version.narration.segments if segment.id == segment_id)


def picture_code(version: Version, segment_id: str, base: Ground, entry: str, worker: str = "") -> dict[str, str]:
    """All that decides a segment's picture beside its show: code, tools, fonts.

    Args:
        version: the film.
        segment_id: the segment.
        base: where the code is.
        entry: what draws, in the renderer.
        worker: address of the task's function; that of the same name in `pipeline.work` by default.
    """
    request = version.request
    return {
        **base.code(
            scene_of(version, segment_id),
            f"{request.renderer}:{entry}",
            worker or f"pipeline.work:{entry}",
            tools=fingerprint.PICTURE_TOOLS,
        ),
        **base.libraries,
        **base.fonts(families(version.narration)),
    }


def stretches(frames: int, fps: int) -> tuple[tuple[int, int], ...]:
    """Cut a segment into equal stretches, (start, stop) each, by its length alone: the same film on any machine."""
    count = -(-frames // (LONGEST_STRETCH_S * fps))
    return tuple((frames * number // count, frames * (number + 1) // count) for number in range(count))


def shot_of(
    version: Version,
    segment_id: str,
    size: tuple[int, int] | None = None,
    start_frame: int = 0,
    stop_frame: int | None = None,
    transparent: bool = False,
) -> Shot:
    """What to draw of a segment: all of it at the film's size by default."""
    quality, show = version.request.quality, show_of(version, segment_id)
    width, height = size or (quality.width, quality.height)
    stop = show.frame_count if stop_frame is None else stop_frame
    scene = scene_of(version, segment_id)
    return Shot(scene, show, width, height, start_frame, stop, transparent, version.request.whole)


def render_task(renderer: str, shot: Shot, encoder: H264, code: Mapping[str, str], label: str) -> Task:
    """A shot as silent picture, with a step for each of its frames."""
    job = work.RenderJob(renderer, shot, encoder)
    return task(label, work.render, job, code, steps=shot.frames, cost=shot.frames * DRAW_SECONDS_A_FRAME)


def picture_tasks(version: Version, base: Ground) -> tuple[Task, ...]:
    """One task a stretch, in the film's order."""
    request = version.request
    tasks = []
    for segment in version.timeline.segments:
        code = picture_code(version, segment.id, base, "render")
        whole = shot_of(version, segment.id)
        for start, stop in stretches(whole.frames, version.timeline.fps):
            shot = replace(whole, start_frame=start, stop_frame=stop)
            tasks.append(render_task(request.renderer, shot, request.encoder, code, f"draw {segment.id}"))
    return tuple(tasks)


def stills_task(version: Version, segment_id: str, frames: tuple[int, ...], base: Ground, label: str) -> Task:
    """Single frames of a segment, counted from its first."""
    job = work.StillsJob(version.request.renderer, shot_of(version, segment_id), frames)
    return task(label, work.stills, job, picture_code(version, segment_id, base, "stills"), steps=len(frames))


def poster_task(version: Version, base: Ground) -> tuple[Task, str]:
    """The frame that stands for the film, and its file: the end of the first segment's last cue, with the title."""
    segment = version.timeline.segments[0]
    frame = min(segment.cues[-1].stop_frame, segment.stop_frame - 1) - segment.start_frame
    return stills_task(version, segment.id, (frame,), base, "draw poster"), work.still_name(frame)


def inspect_task(
    version: Version, segment_id: str, frames: tuple[int, ...], pictured: tuple[int, ...], base: Ground
) -> Task:
    """What frames of a segment show, counted from its first; `pictured` ones with their picture."""
    job = work.InspectJob(version.request.renderer, shot_of(version, segment_id), frames, pictured)
    code = [
        picture_code(version, segment_id, base, entry, "pipeline.work:inspect")
        for entry in ("texts", "reports", "stills")
    ]
    return task(f"inspect {segment_id}", work.inspect, job, code)


def picture_task(version: Version, parts: Sequence[Task], base: Ground) -> Task:
    """The silent film."""
    frames = tuple(part.steps for part in parts)
    inputs = {str(number): part for number, part in enumerate(parts)}
    code = base.code("pipeline.work:join", tools=("av",))
    return task("join picture", work.join, work.JoinJob(frames, version.timeline.fps), code, inputs, near=True)


def sound_task(version: Version, speech: Mapping[str, Task], base: Ground) -> Task:
    """The sound track."""
    inputs = {cue.id: speech[cue.id] for cue in version.timeline.cues}
    code = base.code("pipeline.work:mix_sound", tools=fingerprint.SOUND_TOOLS)
    return task("mix sound", work.mix_sound, work.SoundJob(version.timeline), code, inputs, cost=5)


def film_task(picture: Task, sounds: Sequence[Task], labels: Labels, name: str, base: Ground) -> Task:
    """The film file, whose name says its kind; one sound for each voice of the labels."""
    code = base.code("pipeline.work:assemble_film", tools=("imageio-ffmpeg",))
    inputs = {"picture": picture, **{f"sound {number}": sound for number, sound in enumerate(sounds)}}
    return task("assemble film", work.assemble_film, work.FilmJob(labels, name), code, inputs, near=True)
