"""Where the time of a cold build goes: processor seconds of each step, one after the other in this process."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.costs import CostRecorder, processor_s, weigh
from explainer.film import plan as planning
from explainer.film.build import BuildReport, Session, timed
from explainer.film.plan import LocalizedFilm, build_context
from explainer.film.request import Request
from explainer.media.encode import TICKS_A_FRAME, PictureFormat, video_stream
from explainer.tasks.progress import Silent
from explainer.tasks.store import Store

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
# What tasks are called in the table, by the first word of their labels; those of drawing are told apart below.
NAMES = {
    "state": "calling the physics for the words",
    "speak": "speech",
    "mix": "sound: mix, master, code, measure",
    "join": "joining and muxing",
    "assemble": "joining and muxing",
    "plan": "words, keys, plan",
}


@dataclass(frozen=True)
class Clock:
    """Adds up processor seconds by name, those of this process with all its threads."""

    spent_s: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Count the `with` block under a name."""
        began_s = time.process_time()
        yield
        self.spent_s[name] += time.process_time() - began_s


@dataclass(frozen=True)
class Profile:
    """Processor seconds by step, and the numbers of frames coded and drawn that they were spent on."""

    spent_s: dict[str, float]
    frames: int
    drawn: int


def profile(folder: Path) -> Profile:
    """Take the steps of a cold build of the English film one by one; a folder for what they make, empty at first."""
    print("where the time goes ...", file=sys.stderr)
    clock = Clock()
    request = Request()
    session = Session(build_context(ROOT), Store(folder / "cache", print), CostRecorder(request.quality.name), Silent())
    (voiced,) = timed((request,), session, BuildReport())
    version = voiced.version
    segments = version.timeline.segments
    drawn = sum(_draw(version, segment.id, folder, clock) for segment in segments)
    for cost in weigh(request):
        if not cost.label.startswith("draw "):
            clock.spent_s[NAMES[cost.label.partition(" ")[0]]] += cost.cpu_s
    scenes = {address.partition(":")[0] for address in (planning.scene_of(version, segment.id) for segment in segments)}
    modules = ", ".join(["explainer.media.frames", "explainer.media.encode", *sorted(scenes)])
    clock.spent_s[f"start-up of {WORKERS} workers: Manim, physics, codecs"] = WORKERS * _loading_s(modules)
    steps = sorted(clock.spent_s.items(), key=lambda step: -step[1])
    return Profile(dict(steps), version.timeline.frames, drawn)


def _loading_s(modules: str) -> float:
    began_s = processor_s()
    subprocess.run([sys.executable, "-c", f"import {modules}"], check=True, cwd=ROOT)
    return processor_s() - began_s


def _draw(version: LocalizedFilm, segment_id: str, folder: Path, clock: Clock) -> int:
    """Draw and code a segment as a stretch is, each step under its name; returns how many frames were drawn."""
    import av
    from av.video.reformatter import VideoReformatter

    from explainer.media.frames import stage
    from explainer.media.redraw import Canvas
    from explainer.media.yuv import patch, put

    shot = planning.shot_of(version, segment_id)
    picture = PictureFormat(shot.width, shot.height, shot.show.fps, version.request.encoder)
    converter, frame = VideoReformatter(), av.VideoFrame(shot.width, shot.height, "yuv420p")
    frame.time_base = Fraction(1, picture.fps * TICKS_A_FRAME)
    drawn = tick = 0
    with av.open(str(folder / f"{segment_id}.mp4"), "w") as container, ExitStack() as stack:
        stream: Any = video_stream(container, picture)
        with clock("building the scenes"):
            scene = stack.enter_context(stage(shot))
        canvas = Canvas(scene.renderer.camera)
        with clock("physics of the states, finding the rests"):
            stretches = tuple(scene.stretches())
        for stretch in stretches:
            for number in range(stretch.start, stretch.stop if stretch.moving else stretch.start + 1):
                with clock("writing states into mobjects"):
                    scene.draw_frame(number)
                with clock("rasterising (cairo, through Manim's camera)"):
                    changed = canvas.draw(scene.actors.submobjects)
                with clock("RGBA to 4:2:0 (swscale)"):
                    for rect in changed:
                        put(frame, patch(canvas.pixels, rect, converter))
                drawn += 1
                with clock("H.264 (x264)"):
                    for _ in range(1 if stretch.moving else stretch.stop - stretch.start):
                        frame.pts = tick * TICKS_A_FRAME
                        tick += 1
                        container.mux(stream.encode(frame))
        with clock("H.264 (x264)"):
            container.mux(stream.encode(None))
    return drawn
