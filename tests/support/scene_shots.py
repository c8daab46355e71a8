"""Small shots of the minute's segments, timed by the draft voice."""

from export_bench import MINUTE

from explainer.media.shot import Shot
from explainer.stage.draft import show_of_segment
from explainer.stage.show import Show

SCENES = {segment.id: segment.scene for segment in MINUTE.script.segments}
SEGMENTS = tuple(SCENES)


def show_of(segment_id: str, fps: int = 15) -> Show:
    return show_of_segment(MINUTE, segment_id, fps)


def shot_of(segment_id: str, width: int = 320, height: int = 180, fps: int = 15, transparent: bool = False) -> Shot:
    show = show_of(segment_id, fps)
    return Shot(SCENES[segment_id], show, width, height, 0, show.frame_count, transparent)
