"""What each task of a film costs, and each step of drawing it.

`python -m benchmarks.costs` builds one task after the other and writes down each, for `benchmarks.schedule`. Seconds
are those of the processor, helpers and threads included: what a task takes on a core of its own, and what other work on
the machine spoils least.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from benchmarks.report import ROOT, Table, bars, entry
from explainer.errors import ExplainerError
from explainer.film.build import build_context, films
from explainer.film.request import Request, Voicing, quality_of
from explainer.film.speaking import speech_tasks
from explainer.film.tasks import drawn_by, film_tasks, shot_of
from explainer.film.timed import TimedFilm, known_of, timed, words
from explainer.media.shot import Shot
from explainer.stage.draft import show_of_segment
from explainer.tasks.artifact_transfer import pack
from explainer.tasks.atomic import publish
from explainer.tasks.graph import Task
from explainer.tasks.local import perform
from explainer.tasks.progress import Progress, Silent
from explainer.tasks.session import BuildReport, Session
from explainer.tasks.store import Store
from explainer.timing.timeline import PLANNING_FPS
from explainer.words.film import Film, film_ids, open_film

COSTS = ROOT / "docs" / "costs.json"
START_WORKER, PLAN_LANGUAGE, PLAN_FILM = "start worker", "plan language", "plan film"
WORKERS = 2
CODING = "H.264 (x264)"
# What tasks are called in the table, by the first word of their labels; those of drawing are told apart below.
NAMES = {
    "speak": "speech",
    "mix": "sound: mix, master, code, measure",
    "join": "joining and muxing",
    "assemble": "joining and muxing",
    "plan": "words, keys, plan",
}


@dataclass(frozen=True)
class Cost:
    """One task: its frames (1 for what draws none), processor seconds, bytes of its result, and the film it is of."""

    quality: str
    label: str
    frames: int
    cpu_s: float
    size_bytes: int = 0
    film: str = ""


def processor_s() -> float:
    """Processor seconds up to now, of this process, its threads, and the children it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


@contextmanager
def counted(name: str, spent_s: dict[str, float]) -> Iterator[None]:
    """Add the processor seconds of a `with` block to others of that name."""
    began_s = processor_s()
    yield
    spent_s[name] = spent_s.get(name, 0.0) + processor_s() - began_s


@dataclass(frozen=True)
class CostRecorder:
    """Runs tasks here, one after the other, and writes down what each costs."""

    quality: str
    costs: list[Cost] = field(default_factory=list)

    def run(self, tasks: tuple[Task, ...], store: Store, progress: Progress) -> None:
        """Run and weigh."""
        for task in tasks:
            began_s = processor_s()
            perform(task, store.folder, lambda steps: None)
            cpu_s = processor_s() - began_s
            size_bytes = pack(store.path(task.key)).size_bytes
            self.costs.append(Cost(self.quality, task.label, task.steps, cpu_s, size_bytes))


@contextmanager
def recorded(film: Film, recorder: CostRecorder) -> Iterator[Session]:
    """A session that begins with nothing made and keeps nothing."""
    with tempfile.TemporaryDirectory(prefix="costs-") as folder:
        yield Session(build_context(film), Store(Path(folder), print), recorder, Silent())


def weigh(request: Request) -> tuple[Cost, ...]:
    """Build a film from nothing; then plan it in the other languages, as a run of many films does after the first."""
    recorder = CostRecorder(request.quality.name)
    with recorded(request.film, recorder) as session:
        films((request,), session.store.folder / "out", session)
        made = tuple(recorder.costs)  # what is planned below is spoken too, which is not to be weighed
        return (*made, *_planning(request, session))


def _planning(request: Request, session: Session) -> Iterator[Cost]:
    """The words of a language, and the tasks of a film: means over the other languages."""
    tags = [tag for tag in request.film.tags if tag != request.language_tag] or [request.language_tag]
    drafts = [replace(request, language_tag=tag, voicing=Voicing("draft")) for tag in tags]
    spoken: list[TimedFilm] = []
    others: list[Request] = []
    for draft in drafts:
        with suppress(ExplainerError):  # the draft voice is too quick for this film
            spoken += timed((draft,), session, BuildReport())
            others.append(draft)
    known = known_of(request.film, session)
    spent_s: dict[str, float] = {}
    with counted(PLAN_LANGUAGE, spent_s):
        for other in others:
            speech_tasks(other, words(other, known), session.context)
    with counted(PLAN_FILM, spent_s):
        for each in spoken:
            film_tasks(each, session.context)
    for label, cpu_s in spent_s.items():
        yield Cost(request.quality.name, label, 1, cpu_s / len(others))


def profile(folder: Path) -> tuple[Table, ...]:
    """Take the steps of a cold build of the film one by one; a folder for what they make."""
    print("where the time goes ...", file=sys.stderr)
    film = open_film(ROOT)
    request = Request(film, film.source.tag)
    with recorded(film, CostRecorder("")) as session:
        (each,) = timed((request,), session, BuildReport())
    ids = [segment.id for segment in film.script.segments]
    spent_s: defaultdict[str, float] = defaultdict(float)
    drawn = sum(draw(shot_of(each.localized, id), folder / f"{id}.mp4", spent_s) for id in ids)
    for cost in weigh(request):
        if not cost.label.startswith("draw "):
            spent_s[NAMES[cost.label.partition(" ")[0]]] += cost.cpu_s
    modules = {"explainer.media.encode", *(module for id in ids for module in drawn_by(each.localized, id))}
    began_s = processor_s()
    subprocess.run([sys.executable, "-c", f"import {', '.join(sorted(modules))}"], check=True, cwd=ROOT)
    spent_s[f"start-up of {WORKERS} workers: Manim, physics, codecs"] = WORKERS * (processor_s() - began_s)
    return (table(spent_s, each.localized.timeline.frames, drawn),)


def draw(shot: Shot, path: Path, spent_s: dict[str, float]) -> int:
    """Draw and code a shot as a task does, each step under its name; returns how many frames were drawn."""
    import av
    from av.video.reformatter import VideoReformatter

    from explainer.media.encode import PictureFormat, video_stream
    from explainer.media.frames import stage
    from explainer.media.redraw import Canvas
    from explainer.media.yuv import patch, put

    converter, frame = VideoReformatter(), av.VideoFrame(shot.width, shot.height, "yuv420p")
    frame.time_base = Fraction(1, shot.show.fps)
    drawn = 0
    with av.open(str(path), "w") as container, ExitStack() as stack:
        stream = video_stream(container, PictureFormat(shot.width, shot.height, shot.show.fps))
        with counted("building the scenes", spent_s):
            scene = stack.enter_context(stage(shot))
        canvas = Canvas(scene.renderer.camera)
        with counted("physics of the states, finding the rests", spent_s):
            runs = tuple(scene.stretches())
        for run in runs:
            for number in range(run.start, run.stop if run.moving else run.start + 1):
                with counted("writing states into mobjects", spent_s):
                    scene.draw_frame(number)
                with counted("rasterising (cairo, through Manim's camera)", spent_s):
                    changed = canvas.draw(scene.actors.submobjects)
                with counted("RGBA to 4:2:0 (swscale)", spent_s):
                    for rect in changed:
                        put(frame, patch(canvas.pixels, rect, converter))
                with counted(CODING, spent_s):
                    for shown in range(number, number + 1 if run.moving else run.stop):
                        frame.pts = shown
                        container.mux(stream.encode(frame))
                drawn += 1
        with counted(CODING, spent_s):
            container.mux(stream.encode(None))
    return drawn


def table(spent_s: Mapping[str, float], frames: int, drawn: int) -> Table:
    """The steps, the longest first, then all, with the frames that were coded and drawn."""
    total_s = sum(spent_s.values())
    longest_first = sorted(spent_s.items(), key=lambda step: -step[1])
    steps = (*longest_first, (f"all: {frames} frames, {drawn} of them drawn", total_s))
    rows = [{"step": step, "processor s": round(s, 1), "share": f"{s / total_s:.0%}"} for step, s in steps]
    return Table("Where a cold build's time goes", rows, lambda axes: bars(axes, "processor s", rows))


def weigh_film(film: Film, large: str = "") -> Iterator[Cost]:
    """A film at 1080p60 and one segment of it at 2160p60: the longest, if none is named."""
    ids = [segment.id for segment in film.script.segments]
    longest = max(ids, key=lambda id: show_of_segment(film, id, PLANNING_FPS).frame_count)
    request = Request(film, film.source.tag)
    for each in (request, replace(request, quality=quality_of("k"), segments=(large or longest,))):
        print(f"{film.id}, {each.quality.name} ...", file=sys.stderr)
        for cost in weigh(each):
            yield replace(cost, film=film.id)


def main(arguments: Sequence[str]) -> int:
    """Weigh all films, or one; the others stay as they were written down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.costs", description=__doc__)
    parser.add_argument("--film", choices=film_ids(ROOT), help="the one to weigh (default: all)")
    parser.add_argument("--large", metavar="SEGMENT", help="of --film, the one to draw at 2160p60 (default: longest)")
    parser.add_argument("--out", type=Path, default=COSTS, help="the file to write (default docs/costs.json)")
    options = parser.parse_args(arguments)
    began_s = processor_s()
    import explainer.media.frames  # noqa: F401  # loading Manim is a worker's start, not the first stretch's cost

    costs = [Cost("", START_WORKER, 1, processor_s() - began_s)]
    for id in film_ids(ROOT):
        if options.film in (None, id):
            costs += weigh_film(open_film(ROOT, id), options.large or "")
        else:
            costs += [cost for cost in read_costs(options.out) if cost.film == id]
    lines = ",\n".join(json.dumps(asdict(cost) | {"cpu_s": round(cost.cpu_s, 3)}) for cost in costs)
    publish({options.out: f"[\n{lines}\n]\n"})
    return 0


def read_costs(path: Path = COSTS) -> tuple[Cost, ...]:
    """What was written down."""
    return tuple(Cost(**row) for row in json.loads(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    entry(main)
