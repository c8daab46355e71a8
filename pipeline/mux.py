"""Streams into files: segments joined, sound coded once, captions and chapters added. Nothing is coded twice."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import av

from pipeline.encode import TICKS_A_FRAME
from pipeline.errors import PipelineError
from pipeline.ffmpeg import run_ffmpeg
from pipeline.labels import Labels

AAC_BITRATE = "160k"


def join_pictures(parts: Sequence[Path], frames: Sequence[int], fps: int, target: Path) -> None:
    """Put silent pictures one after the other by stream copy; frame n of the whole is shown at exactly n / fps.

    Raises:
        PipelineError: if a part has not the frames it should have.
    """
    options = {"movflags": "faststart", "video_track_timescale": str(fps * TICKS_A_FRAME)}
    with av.open(str(target), "w", format="mp4", options=options) as output:
        with av.open(str(parts[0])) as first:
            stream = output.add_stream_from_template(first.streams.video[0])
        start_frame = 0
        for path, expected in zip(parts, frames, strict=True):
            with av.open(str(path)) as source:
                count = 0
                for packet in source.demux(source.streams.video[0]):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.pts += start_frame * TICKS_A_FRAME
                    packet.dts += start_frame * TICKS_A_FRAME
                    packet.duration = TICKS_A_FRAME
                    packet.stream = stream
                    output.mux(packet)
                    count += 1
            if count != expected:
                remedy = "delete .cache and run again; if it stays, report it"
                raise PipelineError(f"{count} frames where the timeline has {expected}", str(path), remedy)
            start_frame += count


def code_sound(wav: Path, target: Path) -> None:
    """AAC-LC from a WAV, in one piece: coded in parts it would drift."""
    run_ffmpeg(
        ["-i", str(wav), "-c:a", "aac", "-b:a", AAC_BITRATE, "-profile:a", "aac_low", "-bitexact", str(target)],
        "sound track",
    )


def assemble(picture: Path, sound: Path, labels: Labels, target: Path) -> None:
    """A film from a silent picture, a coded sound and words. Picture and sound packets are copied.

    `picture` and `sound` may be the same finished film: only its words are then replaced.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs, outputs = ["-i", str(picture), "-i", str(sound)], ["-map", "0:v:0", "-map", "1:a:0"]
        for number, track in enumerate(labels.captions):
            (folder / f"{number}.vtt").write_text(track.vtt, encoding="utf-8")
            inputs += ["-f", "webvtt", "-i", str(folder / f"{number}.vtt")]
            outputs += ["-map", f"{number + 2}:s:0", *_track_words(f"s:{number}", track.iso639_2, track.title)]
            outputs += [f"-disposition:s:{number}", "default" if number == 0 else "0"]
        (folder / "words").write_text(metadata(labels), encoding="utf-8")
        words = str(len(labels.captions) + 2)
        inputs += ["-f", "ffmetadata", "-i", str(folder / "words")]
        outputs += ["-map_metadata", words, "-map_chapters", words]
        outputs += _track_words("a:0", labels.spoken_iso639_2, labels.spoken_title)
        outputs += ["-c:v", "copy", "-c:a", "copy", "-c:s", "mov_text", "-bitexact", "-movflags", "+faststart"]
        run_ffmpeg([*inputs, *outputs, "-f", "mp4", str(target)], str(target.name))


def _track_words(stream: str, iso639_2: str, title: str) -> list[str]:
    words = {"language": iso639_2, "title": title, "handler_name": title}
    return [part for key, value in words.items() for part in (f"-metadata:s:{stream}", f"{key}={value}")]


def metadata(labels: Labels) -> str:
    """Title and chapters in ffmpeg's own text format, escaped."""
    lines = [";FFMETADATA1", f"title={escaped(labels.title)}"]
    for chapter in labels.chapters:
        lines += ["[CHAPTER]", f"TIMEBASE=1/{labels.fps}", f"START={chapter.start_frame}"]
        lines += [f"END={chapter.stop_frame}", f"title={escaped(chapter.title)}"]
    return "\n".join([*lines, ""])


def escaped(text: str) -> str:
    """Text as ffmpeg's metadata format wants it."""
    return "".join(f"\\{c}" if c in "=;#\\\n" else c for c in text)
