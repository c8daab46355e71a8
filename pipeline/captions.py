from __future__ import annotations
from pipeline.plan import Version

def caption_at(version: Version, frame: int) -> str:
    for cue in version.timeline.cues:
        if cue.start_frame <= frame <= cue.stop_frame:
            return next(c.text for c in version.narration.cues if c.id == cue.id)
    return ""
