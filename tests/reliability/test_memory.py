"""Memory does not grow with the film: ten minutes are drawn and encoded in the memory of one.

``RELIABILITY_FPS=60 pytest tests/reliability/test_memory.py`` measures at the master's rate.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from reliability_builds import ROOT

FPS = int(os.environ.get("RELIABILITY_FPS", "3"))
ALLOWED = 1.05  # of the shorter film's peak
DRAW = """
import json, sys, tempfile
from dataclasses import replace
from pathlib import Path

from explainer.jobs.draw import RenderJob, render
from explainer.media.encode_settings import FAST
from explainer.media.shot import Shot
from explainer.stage.draft import show_of_segment
from explainer.words.film import open_film

root, segment_id, seconds, fps = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
film = open_film(root)
show = show_of_segment(film, segment_id, fps)
segment = show.segment
stretch = seconds * fps / show.frame_count


def at(frame):
    return round((frame - segment.start_frame) * stretch)


cues = tuple(
    replace(cue, start_frame=at(cue.start_frame), stop_frame=at(cue.stop_frame),
            marks={name: at(frame) for name, frame in cue.marks.items()})
    for cue in segment.cues
)
show = replace(show, segment=replace(segment, start_frame=0, stop_frame=at(segment.stop_frame), cues=cues))
scene = next(each.scene for each in film.script.segments if each.id == segment_id)
done = []
with tempfile.TemporaryDirectory() as folder:
    shot = Shot(scene, show, 96, 54, 0, show.frame_count)
    render(RenderJob("explainer.media.frames", shot, FAST), {}, Path(folder), done.append)
# Not getrusage's figure: that begins with what the parent had at the fork.
peak_kb = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"frames": sum(done), "peak_kb": peak_kb}))
"""


def drawn(segment_id: str, seconds: int) -> dict[str, int]:
    command = [sys.executable, "-c", DRAW, str(ROOT), segment_id, str(seconds), str(FPS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    measured: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return measured


@pytest.mark.slow
@pytest.mark.parametrize("segment_id", ["hook", "dome"])
def test_ten_minutes_are_drawn_in_the_memory_of_one(segment_id: str) -> None:
    one, ten = drawn(segment_id, 60), drawn(segment_id, 600)
    print(f"{segment_id} at {FPS} frames/s: {one} for one minute, {ten} for ten")
    assert (one["frames"], ten["frames"]) == (60 * FPS, 600 * FPS)
    assert ten["peak_kb"] < ALLOWED * one["peak_kb"]
