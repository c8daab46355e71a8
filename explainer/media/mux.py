"""Streams into files: segments joined, sound coded once, captions and chapters added. Nothing is coded twice."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av

from explainer.errors import ExplainerError
from explainer.media.encode_settings import TICKS_A_FRAME
from explainer.media.ffmpeg import run_ffmpeg
from explainer.media.tracks import CaptionTrack, Labels

AAC_BITRATE = "160k"


@dataclass(frozen=True)
class Container:
    """A kind of film file: ffmpeg's name, how it holds captions, and how it is written."""

    name: str
    caption_codec: str
    options: tuple[str, ...] = ()


CONTAINERS = {
    # Without bit rates in the headers a track is the same however often it was copied.
    ".mp4": Container("mp4", "mov_text", ("-movflags", "+faststart", "-write_btrt", "0")),
    ".mkv": Container("matroska", "subrip"),
}


def join_pictures(parts: Sequence[Path], frames: Sequence[int], fps: int, target: Path) -> None:
    """Put silent pictures one after the other by stream copy; frame n of the whole is shown at exactly n / fps.

    Raises:
        ExplainerError: if a part has not the frames it should have.
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
                raise ExplainerError(f"{count} frames where the timeline has {expected}", str(path), remedy)
            start_frame += count


def code_sound(wav: Path, target: Path) -> None:
    """AAC-LC from a WAV, in one piece: coded in parts it would drift.

    At this rate ffmpeg's fast search comes closer to the original than its thorough one, which saves bits.
    """
    codec = ["-c:a", "aac", "-aac_coder", "fast", "-b:a", AAC_BITRATE, "-profile:a", "aac_low"]
    run_ffmpeg(["-i", str(wav), *codec, "-bitexact", str(target)], "sound track")


def assemble(picture: Path, sounds: Sequence[Path], labels: Labels, target: Path) -> None:
    """A film from a silent picture, a coded sound for each voice, and words. Picture and sound packets are copied.

    The target's name says what kind of file it is: .mp4 or .mkv.
    """
    form = CONTAINERS[target.suffix]
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        folder = Path(name)
        inputs, outputs = ["-i", str(picture)], ["-map", "0:v:0"]
        for number, (sound, voice) in enumerate(zip(sounds, labels.voices, strict=True)):
            inputs += ["-i", str(sound)]
            outputs += ["-map", f"{number + 1}:a:0", *_track_words(f"a:{number}", voice.iso639_2, voice.title)]
            outputs += [f"-disposition:a:{number}", "default" if number == 0 else "0"]
        for number, track in enumerate(labels.captions):
            inputs += _vtt_input(track, folder / f"{number}.vtt")
            outputs += ["-map", f"{len(sounds) + 1 + number}:s:0"]
            outputs += _caption_words(number, track.iso639_2, track.title)
        inputs += _words_input(labels, folder / "words")
        words = str(1 + len(sounds) + len(labels.captions))
        outputs += ["-map_metadata", words, "-map_chapters", words]
        outputs += ["-c:v", "copy", "-c:a", "copy", "-c:s", form.caption_codec, "-bitexact", *form.options]
        run_ffmpeg([*inputs, *outputs, "-f", form.name, str(target)], target.name)


def add_captions(
    film: Path, tracks: Sequence[CaptionTrack], order: Sequence[str], words: Labels | None, target: Path
) -> None:
    """The film with more caption tracks; all else is copied, packet for packet.

    Args:
        film: an MP4 file.
        tracks: the new tracks; one of the same name and language that is there already gives way.
        order: languages (ISO 639-2) in the order of their tracks; the first is shown unless another is chosen.
        words: for a new title and new chapters; those of the film stay if there are none.
        target: where the new film goes.
    """
    film = film.absolute()  # a name like concat:a.mp4 would be taken for a protocol
    new = {(track.iso639_2, track.title): track for track in tracks}
    with av.open(str(film)) as container:
        there = [
            (number, stream.language or "", stream.metadata.get("handler_name", ""))
            for number, stream in enumerate(container.streams.subtitles)
        ]
    kept = [(language, title, f"0:s:{number}") for number, language, title in there if (language, title) not in new]
    added = [(track.iso639_2, track.title, f"{number}:s:0") for number, track in enumerate(tracks, start=1)]
    rank = {language: number for number, language in enumerate(order)}
    shown = sorted((*kept, *added), key=lambda item: rank.get(item[0], len(rank)))
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        folder = Path(name)
        inputs, outputs = ["-i", str(film)], ["-map", "0:v:0", "-map", "0:a", "-c", "copy"]
        for number, track in enumerate(tracks, start=1):
            inputs += _vtt_input(track, folder / f"{number}.vtt")
        for number, (language, title, source) in enumerate(shown):
            outputs += ["-map", source, *_caption_words(number, language, title)]
            outputs += [f"-c:s:{number}", "copy" if source.startswith("0:") else CONTAINERS[".mp4"].caption_codec]
        words_from = "0"
        if words is not None:
            inputs += _words_input(words, folder / "words")
            words_from = str(len(tracks) + 1)
        outputs += ["-map_metadata", words_from, "-map_chapters", words_from]
        form = CONTAINERS[".mp4"]
        run_ffmpeg([*inputs, *outputs, "-bitexact", *form.options, "-f", form.name, str(target)], film.name)


def _vtt_input(track: CaptionTrack, path: Path) -> list[str]:
    path.write_text(track.vtt, encoding="utf-8")
    return ["-f", "webvtt", "-i", str(path)]


def _words_input(labels: Labels, path: Path) -> list[str]:
    path.write_text(metadata(labels), encoding="utf-8")
    return ["-f", "ffmetadata", "-i", str(path)]


def _caption_words(number: int, iso639_2: str, title: str) -> list[str]:
    shown = [f"-disposition:s:{number}", "default" if number == 0 else "0"]
    return [*_track_words(f"s:{number}", iso639_2, title), *shown]


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
