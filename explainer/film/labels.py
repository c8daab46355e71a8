"""The words inside a film file: its title, its voices' names, its caption tracks, its chapters."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.film.timed import LocalizedFilm
from explainer.media.tracks import CaptionTrack, Chapter, Labels, VoiceTrack
from explainer.timing.captions import captions
from explainer.timing.formats import FORMATS
from explainer.words.languages import Language


def labels(films: Sequence[LocalizedFilm], heard: Sequence[LocalizedFilm] = ()) -> Labels:
    """The words of a file that shows the first film, with the captions of all.

    Args:
        films: a film in one or more languages; title and chapters are the first one's.
        heard: those whose voices are in the file; the first alone if none is given.
    """
    first = films[0]
    titles = {segment.id: segment.title for segment in first.narration.segments}
    chapters = tuple(Chapter(titles[s.id], s.start_frame, s.stop_frame) for s in first.timeline.segments)
    voices = tuple(_voice(each.narration.language) for each in heard or (first,))
    return Labels(first.narration.title, voices, tuple(map(track, films)), chapters, first.timeline.fps)


def track(localized: LocalizedFilm) -> CaptionTrack:
    """The captions as a track of a film."""
    spoken = localized.narration.language
    vtt = FORMATS["vtt"].compose(captions(localized.planned, localized.narration), spoken)
    return CaptionTrack(spoken.iso639_2, spoken.name, vtt)


def _voice(language: Language) -> VoiceTrack:
    return VoiceTrack(language.iso639_2, language.name)
