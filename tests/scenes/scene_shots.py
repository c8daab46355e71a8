"""Small shots of the film's segments, timed by the draft voice."""

from explainer.media.shot import Shot
from explainer.stage.show import Show, draft_show
from explainer.words.script import load_script

SEGMENTS = tuple(segment.id for segment in load_script().segments)
SCENES = {segment.id: segment.scene for segment in load_script().segments}


def show_of(segment_id: str, fps: int = 15) -> Show:
    return draft_show(segment_id, fps)


def shot_of(segment_id: str, width: int = 320, height: int = 180, fps: int = 15, transparent: bool = False) -> Shot:
    show = show_of(segment_id, fps)
    return Shot(SCENES[segment_id], show, width, height, 0, show.frame_count, transparent)
