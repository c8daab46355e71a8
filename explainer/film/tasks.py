"""From a localized film to tasks: what is to be drawn, mixed and joined, each with the key that decides its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from explainer.film.labels import labels
from explainer.film.request import quality_of
from explainer.film.timed import LocalizedFilm, TimedFilm, at_rate, families
from explainer.jobs import assemble, draw, join, mix
from explainer.media.encode_settings import H264
from explainer.media.shot import Shot
from explainer.media.tracks import Labels
from explainer.stage.show import Show
from explainer.tasks.context import BuildContext
from explainer.tasks.graph import Task, Work
from explainer.timing.timeline import PLANNING_FPS

DRAW_SECONDS_A_FRAME = 0.015
# Every stretch builds its scene and begins with a keyframe: shorter ones cost more than they balance on few cores.
LONGEST_STRETCH_S = 8


@dataclass(frozen=True)
class FilmTasks:
    """The tasks that end in a film and its poster."""

    film: Task
    poster: Task
    upstream: tuple[Task, ...]


def film_tasks(timed_film: TimedFilm, context: BuildContext) -> FilmTasks:
    """All that is to be done for a film."""
    localized, speech = timed_film.localized, timed_film.speech
    parts = picture_tasks(localized, context)
    picture = picture_task(localized, parts, context)
    sound = sound_task(localized, speech, context)
    poster = poster_task(localized, context)
    finished = film_task(picture, (sound,), labels([localized]), assemble.FILM, context)
    return FilmTasks(finished, poster, (*speech.values(), *parts, picture, sound, poster, finished))


def show_of(localized: LocalizedFilm, segment_id: str) -> Show:
    """What the scene of a segment is given: nothing that it does not depend on."""
    segment = localized.timeline.relative(segment_id)
    cues = tuple(replace(cue, splits=()) for cue in segment.cues)
    ids = {each.id for each in localized.narration.segments}
    labels = {
        name: text
        for name, text in localized.narration.labels.items()
        if (group := name.partition(".")[0]) == segment_id or group not in ids
    }
    request = localized.request
    return Show(
        replace(segment, cues=cues),
        localized.timeline.fps,
        labels,
        localized.narration.language,
        request.film.source.font,
        localized.known.quantities,
        request.theme,
        request.aspect,
        request.film.path.name,
        request.purpose,
    )


def shot_of(
    localized: LocalizedFilm,
    segment_id: str,
    size: tuple[int, int] | None = None,
    start_frame: int = 0,
    stop_frame: int | None = None,
    transparent: bool = False,
) -> Shot:
    """What to draw of a segment: all of it at the film's size by default."""
    quality, show = localized.request.quality, show_of(localized, segment_id)
    width, height = size or (quality.width, quality.height)
    stop = show.frame_count if stop_frame is None else stop_frame
    scene = _scene_of(localized, segment_id)
    return Shot(scene, show, width, height, start_frame, stop, transparent, localized.request.whole)


def _scene_of(localized: LocalizedFilm, segment_id: str) -> str:
    return next(segment.scene for segment in localized.narration.segments if segment.id == segment_id)


def drawn_by(localized: LocalizedFilm, segment_id: str) -> tuple[str, str]:
    """The modules that tasks which draw a segment load by name: the scene's and the renderer."""
    return _scene_of(localized, segment_id).partition(":")[0], localized.request.renderer


def set_in(localized: LocalizedFilm, context: BuildContext) -> dict[str, str]:
    """What decides how words look: fonts, and the system's libraries that shape and draw them."""
    return {**context.libraries, **context.fonts(families(localized))}


def drawing_task(
    label: str,
    work: Work,
    job: object,
    localized: LocalizedFilm,
    segment_id: str,
    context: BuildContext,
    *,
    steps: int = 1,
    cost: float = 0.0,
) -> Task:
    """A task that draws of a segment: its key holds the scene's code, the renderer's, and what words are set in."""
    modules, also = drawn_by(localized, segment_id), set_in(localized, context)
    return context.task(label, work, job, modules=modules, also=also, steps=steps, cost=cost)


def stretches(frames: int, fps: int) -> tuple[tuple[int, int], ...]:
    """Cut a segment into equal stretches, (start, stop) each, by its length alone: the same film on any machine."""
    count = -(-frames // (LONGEST_STRETCH_S * fps))
    return tuple((frames * number // count, frames * (number + 1) // count) for number in range(count))


def render_task(localized: LocalizedFilm, segment_id: str, shot: Shot, encoder: H264, context: BuildContext) -> Task:
    """A shot as silent picture, with a step for each of its frames."""
    job, cost = draw.RenderJob(localized.request.renderer, shot, encoder), shot.frames * DRAW_SECONDS_A_FRAME
    label = f"draw {segment_id}"
    return drawing_task(label, draw.render, job, localized, segment_id, context, steps=shot.frames, cost=cost)


def picture_tasks(localized: LocalizedFilm, context: BuildContext) -> tuple[Task, ...]:
    """One task a stretch, in the film's order."""
    tasks = []
    for segment in localized.timeline.segments:
        whole = shot_of(localized, segment.id)
        for start, stop in stretches(whole.frames, localized.timeline.fps):
            shot = replace(whole, start_frame=start, stop_frame=stop)
            tasks.append(render_task(localized, segment.id, shot, localized.request.encoder, context))
    return tuple(tasks)


def stills_task(
    localized: LocalizedFilm, segment_id: str, frames: tuple[int, ...], context: BuildContext, label: str
) -> Task:
    """Single frames of a segment, counted from its first."""
    job = draw.StillsJob(localized.request.renderer, shot_of(localized, segment_id), frames)
    return drawing_task(label, draw.stills, job, localized, segment_id, context, steps=len(frames))


def poster_task(localized: LocalizedFilm, context: BuildContext) -> Task:
    """The frame that stands for the film: the one at which its first segment stands, with the title."""
    segment_id = localized.timeline.segments[0].id
    job = draw.PosterJob(localized.request.renderer, shot_of(at_rate(localized, PLANNING_FPS), segment_id))
    return drawing_task("draw poster", draw.poster, job, localized, segment_id, context)


def holds_task(localized: LocalizedFilm, segment_id: str, context: BuildContext) -> Task:
    """The frames at which a segment stands, by place, at the rate that the film is planned at."""
    size = quality_of("h", localized.request.aspect)
    shot = shot_of(at_rate(localized, PLANNING_FPS), segment_id, (size.width, size.height))
    job = draw.HoldsJob(localized.request.renderer, shot)
    return drawing_task(f"holds {segment_id}", draw.holds, job, localized, segment_id, context)


def picture_task(localized: LocalizedFilm, parts: Sequence[Task], context: BuildContext) -> Task:
    """The silent film."""
    job = join.JoinJob(tuple(part.steps for part in parts), localized.timeline.fps)
    inputs = {str(number): part for number, part in enumerate(parts)}
    return context.task("join picture", join.join, job, inputs, on_client=True)


def sound_task(localized: LocalizedFilm, speech: Mapping[str, Task], context: BuildContext) -> Task:
    """The sound track."""
    inputs = {cue.id: speech[cue.id] for cue in localized.timeline.cues}
    return context.task("mix sound", mix.mix, mix.MixJob(localized.timeline), inputs, cost=5)


def film_task(picture: Task, sounds: Sequence[Task], words: Labels, name: str, context: BuildContext) -> Task:
    """The film file, whose name says its kind; one sound for each voice of the words."""
    inputs = {"picture": picture, **{f"sound {number}": sound for number, sound in enumerate(sounds)}}
    return context.task("assemble film", assemble.assemble, assemble.AssembleJob(words, name), inputs, on_client=True)
