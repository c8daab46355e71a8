"""The manifest: what is in a film and where every part of it comes from, as JSON for machines and auditors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from narration.timeline import CueTime, SegmentTime, to_json
from pipeline.plan import Version

FORMAT = 2


def manifest(version: Version, inputs: Mapping[str, Any], tools: Mapping[str, str]) -> str:
    """JSON text: timeline in frames and seconds, facts with their origin, hashes of inputs, versions of tools."""
    request, narration, timeline = version.request, version.narration, version.timeline
    content = {
        "format": FORMAT,
        "title": narration.title,
        "language": narration.language.tag,
        "picture": {"width": request.quality.width, "height": request.quality.height, "fps": timeline.fps},
        "timeline": {
            "fps": timeline.fps,
            "frames": timeline.frames,
            "duration_s": timeline.duration_s,
            "segments": [_segment(segment, timeline.fps) for segment in timeline.segments],
        },
        "plan": json.loads(to_json(version.master)),
        "facts": [
            {
                "id": fact.id,
                "value_si": fact.value_si,
                "unit": fact.unit,
                "decimals": fact.decimals,
                "text": fact.text(narration.language),
                "physics": fact.source,
            }
            for fact in narration.facts
        ],
        "inputs": dict(inputs),
        "tools": dict(tools),
    }
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
