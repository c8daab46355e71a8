"""What each kind of task does. Heavy libraries are imported inside, by the process that does the work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import CheckFailedError
from pipeline.graph import Tick
from pipeline.shot import Shot

if TYPE_CHECKING:
    from narration.languages import Language
    from narration.markup import MarkedText
    from narration.quantities import Fact
    from narration.timeline import Timeline
    from pipeline.encode_settings import H264
    from pipeline.labels import Labels
    from pipeline.storyboard import Row, Type

FACTS = "facts.json"
CLIP, CLIP_FACTS = "clip.npy", "clip.json"
PICTURE, FILM, SHEET = "picture.mp4", "film.mp4", "storyboard.png"
TEXTS, REPORTS = "texts.json", "reports.json"
SOUND, SOUND_WAV, SOUND_FACTS = "sound.m4a", "sound.wav", "sound.json"
CEILINGS_DBTP = (-1.3, -1.6, -2.0, -3.0)
LOUDNESS_TOLERANCE_LU = 1.0


@dataclass(frozen=True)
class SpeakJob:
    """One cue, said by a voice; `folder` holds the voice's own files, if it has any."""

    cue_id: str
    speech: MarkedText
    language: Language
    voice: str
    folder: Path | None


@dataclass(frozen=True)
class RenderJob:
    """A stretch of a segment as silent picture. `renderer` names the module that draws."""

    renderer: str
    shot: Shot
    encoder: H264


@dataclass(frozen=True)
class StillsJob:
    """Single frames of a segment as PNG."""

    renderer: str
    shot: Shot
    frames: tuple[int, ...]


@dataclass(frozen=True)
class InspectJob:
    """What frames of a segment show: their texts, numbers and places, and the pictures of some of them."""

    renderer: str
    shot: Shot
    frames: tuple[int, ...]
    pictured: tuple[int, ...]


@dataclass(frozen=True)
class SheetJob:
    """A contact sheet of stills, one input a segment by its id."""

    rows: tuple[Row, ...]
    letters: Type
    title: str
    aspect: float


@dataclass(frozen=True)
class JoinJob:
    """Silent pictures, input "0", "1", ..., one after the other."""

    frames: tuple[int, ...]
    fps: int


@dataclass(frozen=True)
class SoundJob:
    """Clips, one input a cue by its id, on a timeline."""

    timeline: Timeline


@dataclass(frozen=True)
class FilmJob:
    """Input "picture", inputs "sound 0" and on, one a voice, and the words that go with them."""

    labels: Labels
    name: str = FILM


def state_facts(job: None, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Call the physics for every fact that the words may name."""
    from narration.facts import known_facts

    facts = [asdict(fact) for fact in known_facts().values()]
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")


def read_facts(folder: Path) -> dict[str, Fact]:
    """The facts of a finished task, by id."""
    from narration.quantities import Fact

    facts = (Fact(**fields) for fields in json.loads((folder / FACTS).read_text(encoding="utf-8")))
    return {fact.id: fact for fact in facts}


@dataclass(frozen=True)
class BurnJob:
    """A film to draw captions into: what is in it (by hash), the captions as ASS text, the fonts they are set in."""

    film: Path
    content: str
    ass: str
    fonts: tuple[Path, ...]
    encoder: H264


def speak(job: SpeakJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Say a cue."""
    import numpy as np

    from narration import voices

    clip = voices.speak(job.voice, job.speech, job.language, cue_id=job.cue_id, folder=job.folder)
    np.save(folder / CLIP, clip.samples, allow_pickle=False)
    facts = {"rate_hz": clip.rate_hz, "duration_s": clip.duration_s, "marks_s": clip.marks_s}
    (folder / CLIP_FACTS).write_text(json.dumps(facts), encoding="utf-8")


def render(job: RenderJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw and encode a stretch."""
    from pipeline.encode import PictureFormat, encoder

    shot = job.shot
    count = 0
    with encoder(folder / PICTURE, PictureFormat(shot.width, shot.height, shot.show.fps, job.encoder)) as sink:

        def write(rgba: Any, repeat: int, changed: Any) -> None:
            nonlocal count
            sink.write(rgba, repeat, changed)
            count += repeat
            tick(repeat)

        renderer(job.renderer).render(shot, write)
    if count != shot.frames:
        raise CheckFailedError(
            f"the scene drew {count} frames, the timeline has {shot.frames}", shot.scene, "mend the scene"
        )


def stills(job: StillsJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw single frames."""
    from PIL import Image

    for frame, rgba in renderer(job.renderer).stills(job.shot, job.frames):
        Image.fromarray(rgba[..., :3]).save(folder / still_name(frame), optimize=True)
        tick(1)


def inspect(job: InspectJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Write down what frames show, for the checks."""
    from PIL import Image

    module = renderer(job.renderer)
    texts = {str(frame): [asdict(box) for box in boxes] for frame, boxes in module.texts(job.shot, job.frames).items()}
    (folder / TEXTS).write_text(json.dumps(texts, default=float), encoding="utf-8")
    reports = [asdict(report) for report in module.reports(job.shot, job.frames)]
    (folder / REPORTS).write_text(json.dumps(reports, default=float), encoding="utf-8")
    for frame, rgba in module.stills(job.shot, job.pictured):
        Image.fromarray(rgba[..., :3]).save(folder / still_name(frame))


def still_name(frame: int) -> str:
    """File name of a still."""
    return f"{frame:06d}.png"


def draw_sheet(job: SheetJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw the contact sheet."""
    from pipeline.storyboard import Panel, sheet

    def stored(panel: Panel) -> Path:
        return inputs[panel.segment_id] / still_name(panel.frame)

    sheet(job.rows, job.letters, job.title, job.aspect, stored).save(folder / SHEET)


def join(job: JoinJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Put the parts one after the other."""
    from pipeline.mux import join_pictures

    parts = [inputs[str(number)] / PICTURE for number in range(len(job.frames))]
    join_pictures(parts, job.frames, job.fps, folder / PICTURE)


def mix_sound(job: SoundJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Place, master and code the sound; the coded peak decides how low the ceiling must be."""
    import numpy as np

    from pipeline import sound
    from pipeline.mux import code_sound
    from pipeline.probe import decoded_mono

    timeline = job.timeline
    clips = []
    for cue in timeline.cues:
        samples = np.load(inputs[cue.id] / CLIP, allow_pickle=False)
        rate_hz = json.loads((inputs[cue.id] / CLIP_FACTS).read_text(encoding="utf-8"))["rate_hz"]
        clips.append(sound.Placed(samples, rate_hz, sound.sample_at(cue.start_frame, timeline.fps), cue.id))
    mono = sound.mix(clips, sound.sample_at(timeline.frames, timeline.fps))
    for ceiling_dbtp in CEILINGS_DBTP:
        sound.write_wav(folder / SOUND_WAV, sound.mastered(mono, ceiling_dbtp))
        code_sound(folder / SOUND_WAV, folder / SOUND)
        (folder / SOUND_WAV).unlink()
        heard = sound.loudness(decoded_mono(folder / SOUND))
        if heard.true_peak_dbtp <= sound.TRUE_PEAK_DBTP:
            break
    off_lu = heard.integrated_lufs - sound.TARGET_LUFS
    if np.isfinite(off_lu) and (abs(off_lu) > LOUDNESS_TOLERANCE_LU or heard.true_peak_dbtp > sound.TRUE_PEAK_DBTP):
        raise CheckFailedError(
            f"{heard.integrated_lufs:.1f} LUFS with peaks at {heard.true_peak_dbtp:.1f} dBTP",
            "sound track",
            "the voice is too uneven to master; use another --voice",
        )
    facts = {name: value if np.isfinite(value) else None for name, value in asdict(heard).items()}
    (folder / SOUND_FACTS).write_text(json.dumps(facts), encoding="utf-8")


def assemble_film(job: FilmJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Picture, voices and words in one file."""
    from pipeline.mux import assemble

    sounds = [inputs[f"sound {number}"] / SOUND for number in range(len(job.labels.voices))]
    assemble(inputs["picture"] / PICTURE, sounds, job.labels, folder / job.name)


def burn(job: BurnJob, inputs: Mapping[str, Path], folder: Path, tick: Tick) -> None:
    """Draw captions into a film."""
    from pipeline.burn import burned

    burned(job.film, job.ass, job.fonts, job.encoder, folder / FILM, tick)


def renderer(name: str) -> Any:
    """The module that draws: `pipeline.frames`, or a stand-in."""
    import importlib

    return importlib.import_module(name)
