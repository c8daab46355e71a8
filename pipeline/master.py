"""The master: one picture, with the captions of all languages and every dubbed voice that fits to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from narration.languages import SOURCE_TAG, Language
from narration.timeline import Timeline
from pipeline import plan as planning
from pipeline import sidecars
from pipeline.build import Account, Made, Site, Voiced, run, spoken_time, timed
from pipeline.dubbing import FASTEST, MARGIN, Durations, Squeeze, dubbed, squeezed
from pipeline.graph import Task
from pipeline.labels import Labels, VoiceTrack
from pipeline.mux import CONTAINERS
from pipeline.plan import Version
from pipeline.publish import Content, beside, check_writable, publish
from pipeline.request import Request


@dataclass(frozen=True)
class Dub:
    """A language in the master: whether its voice is there, and what was done or is in the way."""

    language: Language
    heard: bool
    why: str


@dataclass(frozen=True)
class _Fit:
    """A version as its voice would say it over the master's picture, and the cues that still do not fit."""

    version: Version
    speech: Mapping[str, Task]
    hurried: tuple[Squeeze, ...]
    left: tuple[Squeeze, ...]


def make_master(
    requests: Sequence[Request], out: Path, site: Site
) -> tuple[tuple[Made, ...], tuple[Dub, ...], Account]:
    """Build the master as Matroska and MP4; returns the files, what became of each language, and the account.

    The picture is that of the English film. A voice of another language is in it if each of its cues, begun where the
    English one begins, ends before the next; synthetic voices may be hurried a little for it.
    """
    check_writable(out)
    english = replace(requests[0], language_tag=SOURCE_TAG)
    others = tuple(request for request in requests if request.language_tag != SOURCE_TAG)
    account = Account()
    base, *rest = timed((english, *others), site, account)
    fits = tuple(_fit(voiced, base.version.master, site, account) for voiced in rest)
    heard = [fit for fit in fits if not fit.left]
    versions = (base.version, *(fit.version for fit in fits))
    voices = ((base.version, base.speech), *((fit.version, fit.speech) for fit in heard))
    parts = planning.picture_tasks(base.version, site.ground)
    picture = planning.picture_task(base.version, parts, site.ground)
    sounds = tuple(planning.sound_task(version, speech, site.ground) for version, speech in voices)
    labels = _labels(versions, tuple(version for version, _ in voices))
    finished = {
        suffix: planning.film_task(picture, sounds, labels, f"master{suffix}", site.ground) for suffix in CONTAINERS
    }
    upstream = (*parts, picture, *(task for _, speech in voices for task in speech.values()), *sounds)
    folders = run(site, (*upstream, *finished.values()), tuple(finished.values()), account)
    stem = out / english.stem.removesuffix(f".{SOURCE_TAG}")
    dubs = tuple(_told(fit) for fit in fits)
    files: dict[Path, Content] = {
        beside(stem, suffix): folders[item.key] / f"master{suffix}" for suffix, item in finished.items()
    }
    told = sidecars.files(base.version, stem, site.ground)[beside(stem, ".json")]
    files[beside(stem, ".json")] = _manifest(told, dubs)
    publish(files)
    length_s = base.version.timeline.duration_s
    made = tuple(Made(path, None if path.suffix == ".json" else length_s) for path in files)
    return made, dubs, account


def _fit(voiced: Voiced, master: Timeline, site: Site, account: Account) -> _Fit:
    """Lay a voice over the master's picture, saying faster what is a little too long."""
    narration = voiced.version.narration
    speech = dict(voiced.speech)
    spoken = _spoken(speech, site)
    tight = squeezed(narration, spoken, master)
    hurried = tuple(each for each in tight if each.pace <= FASTEST)
    if tight and len(hurried) == len(tight):
        speech |= _faster(voiced, hurried, site)
        run(site, tuple(speech.values()), tuple(speech.values()), account)
        spoken = _spoken(speech, site)
    left = squeezed(narration, spoken, master)
    timeline = master if left else dubbed(narration, spoken, master)
    request = voiced.version.request
    version = Version(request, narration, timeline, timeline.resampled(request.quality.fps))
    return _Fit(version, speech, hurried, left)


def _faster(voiced: Voiced, hurried: Sequence[Squeeze], site: Site) -> dict[str, Task]:
    narration, request = voiced.version.narration, voiced.version.request
    tasks: dict[str, Task] = {}
    for each in hurried:
        pace = each.pace * MARGIN
        language = replace(narration.language, espeak_rate_wpm=round(narration.language.espeak_rate_wpm * pace))
        told = replace(narration, language=language)
        tasks[each.cue_id] = planning.speech_tasks(told, request.voicing, site.ground)[0][each.cue_id]
    return tasks


def _spoken(speech: Mapping[str, Task], site: Site) -> dict[str, Durations]:
    return {cue_id: Durations(*spoken_time(site.store.path(task.key))) for cue_id, task in speech.items()}


def _labels(versions: Sequence[Version], heard: Sequence[Version]) -> Labels:
    first = sidecars.labels(versions[0])
    voices = tuple(
        VoiceTrack(version.narration.language.iso639_2, version.narration.language.name) for version in heard
    )
    return replace(first, voices=voices, captions=tuple(sidecars.track(version) for version in versions))


def _told(fit: _Fit) -> Dub:
    language = fit.version.narration.language
    if fit.left:
        worst = max(fit.left, key=lambda each: each.pace)
        cuts = ", ".join(f"{each.cue_id} {each.cut_characters}" for each in fit.left)
        why = (
            f"left out: {worst.cue_id} takes {worst.speech_s:.1f} s where there are {worst.room_s:.1f} s;"
            f" characters to cut: {cuts}"
        )
        return Dub(language, False, why)
    if not fit.hurried:
        return Dub(language, True, "at its own pace")
    fastest = max(each.pace * MARGIN for each in fit.hurried)
    cues = ", ".join(each.cue_id for each in fit.hurried)
    return Dub(language, True, f"up to {100 * (fastest - 1):.0f} % faster in {cues}")


def _manifest(told: str, dubs: Sequence[Dub]) -> str:
    voices = {dub.language.tag: {"heard": dub.heard, "why": dub.why} for dub in dubs}
    return json.dumps({**json.loads(told), "voices": voices}, ensure_ascii=False, indent=1) + "\n"
