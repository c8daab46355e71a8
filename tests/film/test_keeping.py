"""The film's own takes: kept once, used while they fit, never mixed with another voice, never lost to bad input."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from film_project import Project, make_project, opened
from narration_samples import MINUTE

from explainer.errors import ExplainerError
from explainer.film.keeping import Kept, keep, write_levelled
from explainer.film.request import Request, Voicing
from explainer.film.speaking import speech_tasks, utterances
from explainer.film.timed import known_of, timed, words
from explainer.media import opus
from explainer.media.loudness import RATE_HZ, loudness
from explainer.media.sound import TARGET_LUFS, TRUE_PEAK_DBTP, resampled
from explainer.tasks.session import BuildReport
from explainer.voices import kept, table
from explainer.words.facts import known
from explainer.words.localize import Narration

VOICE = "espeak"
CUE, WORDS, OTHER_WORDS = "hook.answer", "Negative temperature.", "Negative temperatures."


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A film with takes of its own in English."""
    project = make_project(tmp_path_factory.mktemp("spoken") / "project")
    shutil.rmtree(project.root / "narration" / "takes", ignore_errors=True)
    keep((project.request(),), VOICE, project.session())
    return project


@pytest.fixture
def film(spoken: Project, tmp_path: Path) -> Project:
    shutil.copytree(spoken.root, tmp_path / "project")
    return opened(tmp_path / "project", spoken.name)


def folder(project: Project, tag: str = "en") -> Path:
    return project.film.takes(tag)


def contents(project: Project) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder(project).iterdir())}


def read(project: Project) -> kept.Table:
    found = kept.read(folder(project))
    assert found is not None
    return found


def by_default(project: Project, tag: str = "en") -> Request:
    return project.request(language_tag=tag, voicing=Voicing())


def told(project: Project) -> Narration:
    return words(by_default(project), known_of(project.film, project.session()))


def voices(project: Project, request: Request | None = None) -> tuple[set[str], tuple[str, ...]]:
    """Who would speak, and what the user is told."""
    asked = request or by_default(project)
    session = project.session()
    tasks, warnings = speech_tasks(asked, words(asked, known_of(asked.film, session)), session.context)
    return {task.job.voice for task in tasks.values()}, warnings  # type: ignore[attr-defined]


def kept_again(project: Project, **how: bool) -> Kept:
    (result,), _ = keep((project.request(),), VOICE, project.session(), **how)
    return result


def test_every_cue_has_a_take_and_the_table_tells_of_it(spoken: Project) -> None:
    cues = [cue.id for cue in told(spoken).cues]
    assert set(contents(spoken)) == {f"{cue_id}.opus" for cue_id in cues} | {kept.TABLE}
    content = read(spoken)
    assert list(content.takes) == cues
    assert content.voice["name"] == VOICE and "espeakng-loader" in content.voice["signature"]
    assert kept.stale(content, utterances(told(spoken), VOICE)) == ()


def test_takes_are_as_loud_as_each_other_and_do_not_clip(spoken: Project) -> None:
    heard = []
    for cue_id, take in read(spoken).takes.items():
        samples = opus.read(folder(spoken) / f"{cue_id}.opus")
        assert len(samples) / RATE_HZ == pytest.approx(take.duration_s, abs=0.03)
        heard.append(loudness(np.tile(samples, 3)))
    levels = [each.integrated_lufs for each in heard]
    assert max(levels) - min(levels) < 1
    assert np.mean(levels) == pytest.approx(TARGET_LUFS, abs=0.5)
    assert max(each.true_peak_dbtp for each in heard) <= TRUE_PEAK_DBTP


def test_a_take_is_what_the_voice_said_at_its_time(spoken: Project) -> None:
    """No silence before it, and the sound neither earlier nor later than the marks take it to be."""
    asked = utterances(told(spoken), VOICE)
    for cue_id, take in list(read(spoken).takes.items())[:4]:
        clip = table.speak(VOICE, asked[cue_id])
        assert take.times_s == pytest.approx(clip.times_s)
        said, coded = resampled(clip.samples, clip.rate_hz), opus.read(folder(spoken) / f"{cue_id}.opus")
        together = np.correlate(coded[: RATE_HZ // 2], said[480 : RATE_HZ // 4], mode="valid")
        assert abs(int(np.argmax(together)) - 480) <= 0.001 * RATE_HZ


def test_a_film_is_spoken_by_its_own_takes_unless_a_voice_is_named(spoken: Project) -> None:
    assert voices(spoken) == ({"kept"}, ())
    assert voices(spoken, spoken.request(voicing=Voicing("draft"))) == ({"draft"}, ())
    assert voices(spoken, spoken.request(voicing=Voicing("kept"))) == ({"kept"}, ())
    assert voices(spoken, by_default(spoken, "de")) == ({"espeak"}, ())


def test_its_timeline_is_that_of_the_takes(film: Project) -> None:
    (timed_film,) = timed((by_default(film),), film.session(), BuildReport())
    planned = timed_film.localized.planned
    for cue in planned.cues:
        take = read(film).takes[cue.id]
        assert (cue.stop_frame - cue.start_frame) / planned.fps == pytest.approx(take.duration_s, abs=1 / planned.fps)
        for name, at_s in take.marks_s.items():
            assert (cue.marks[name] - cue.start_frame) / planned.fps == pytest.approx(at_s, abs=1 / planned.fps)


def test_one_stale_take_and_the_whole_film_is_spoken_by_one_other_voice(film: Project) -> None:
    before = contents(film)
    film.edit("narration/minute.toml", WORDS, OTHER_WORDS)
    speakers, warnings = voices(film)
    assert len(speakers) == 1 and "kept" not in speakers
    (warning,) = warnings
    assert f"no take says {CUE} as written now" in warning and "renew the takes: speak --lang en" in warning
    with pytest.raises(ExplainerError, match=f"{CUE}: no take says this cue"):
        voices(film, film.request(voicing=Voicing("kept")))
    result = kept_again(film)
    assert result.spoken == (CUE,) and CUE not in result.stood
    changed = {name for name, content in contents(film).items() if content != before[name]}
    assert changed == {f"{CUE}.opus", kept.TABLE}
    assert voices(film) == ({"kept"}, ())


def test_takes_may_be_patched_for_a_look_at_what_is_being_written(film: Project) -> None:
    request = film.request(voicing=Voicing(patched=True))
    assert voices(film, request) == ({"kept"}, ())
    film.edit("narration/minute.toml", WORDS, OTHER_WORDS)
    request, session = film.request(voicing=Voicing(patched=True)), film.session()
    narration = words(request, known_of(request.film, session))
    tasks, (warning,) = speech_tasks(request, narration, session.context)
    speakers = {cue_id: task.job.voice for cue_id, task in tasks.items()}  # type: ignore[attr-defined]
    assert {cue_id for cue_id, voice in speakers.items() if voice != "kept"} == {CUE}
    assert speakers[CUE] == narration.language.voice
    assert "speaks in their place" in warning


def test_nothing_is_said_again_without_need(film: Project) -> None:
    before = contents(film)
    assert kept_again(film).spoken == ()
    assert contents(film) == before
    assert len(kept_again(film, everything=True).spoken) == len(before) - 1
    assert contents(film) == before


def test_takes_of_another_voice_are_all_said_anew(film: Project) -> None:
    path = folder(film) / kept.TABLE
    content = json.loads(path.read_text())
    content["voice"]["name"] = "someone"
    path.write_text(json.dumps(content))
    assert kept_again(film).stood == ()
    assert read(film).voice["name"] == VOICE


def test_the_take_of_a_cue_that_is_no_more_goes_and_strangers_stay(film: Project) -> None:
    content = read(film)
    more = content.takes[CUE]
    shutil.copy(folder(film) / f"{CUE}.opus", folder(film) / "hook.gone.opus")
    (folder(film) / kept.TABLE).write_text(
        kept.text(kept.Table(content.film, content.language, content.voice, {**content.takes, "hook.gone": more}))
    )
    (folder(film) / "notes.txt").write_text("mine")
    kept_again(film)
    assert "hook.gone.opus" not in contents(film) and "hook.gone" not in read(film).takes
    assert contents(film)["notes.txt"] == b"mine"


@pytest.mark.parametrize("damage", ["changed", "missing", "of another cue"])
def test_a_take_that_is_not_what_the_table_tells_of_is_refused_and_kept(film: Project, damage: str) -> None:
    path = folder(film) / f"{CUE}.opus"
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"mine" if damage == "changed" else (folder(film) / "hook.question.opus").read_bytes())
    before = contents(film)
    for ask in (voices, kept_again):
        with pytest.raises(ExplainerError, match=rf"minute/en/{CUE}\.opus: {CUE}: the take is .*speak --all"):
            ask(film)
    assert contents(film) == before
    kept_again(film, everything=True)
    assert voices(film) == ({"kept"}, ())


def test_bad_input_costs_no_earlier_take(film: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(film)
    film.edit("narration/minute.toml", WORDS, OTHER_WORDS)

    def refused(match: str, voice: str = VOICE, *, everything: bool = False) -> None:
        with pytest.raises(ExplainerError, match=match):
            keep((film.request(),), voice, film.session(), everything=everything)
        assert contents(film) == before

    refused("unknown voice", "nosuch")
    monkeypatch.setattr("explainer.film.keeping.LOUDNESS_TOLERANCE_LU", -1.0)
    refused("LU from the other cues")
    monkeypatch.undo()
    (folder(film) / kept.TABLE).write_text("{")
    before = contents(film)
    refused(r"takes\.json: not a table of takes")
    kept_again(film, everything=True)
    assert read(film).takes[CUE].text == OTHER_WORDS


@pytest.mark.parametrize("tag", [tag for tag in MINUTE.tags if MINUTE.language(tag).kokoro_voice])
def test_the_minute_s_own_takes_say_its_script(tag: str) -> None:
    """They are in the repository: who changes the words has them said again."""
    place = MINUTE.takes(tag)
    content = kept.read(place)
    if content is None:
        pytest.skip("there are none yet")
    narration = MINUTE.narration(tag, known(MINUTE.facts).facts)
    assert kept.stale(content, utterances(narration, content.said_by)) == ()
    for cue_id, take in content.takes.items():
        kept.check(place, cue_id, take)
    assert {path.stem for path in place.glob("*.opus")} == set(content.takes)


def test_languages_that_the_voice_does_not_speak_are_told_of_and_left(film: Project) -> None:
    shutil.rmtree(film.root / "narration" / "takes")
    requests = tuple(film.request(language_tag=tag) for tag in ("de", "ar"))
    with pytest.raises(ExplainerError, match="voice flite: it does not speak German; name another --lang"):
        keep(requests, "flite", film.session())
    if shutil.which("flite"):
        german, english = keep((requests[0], film.request()), "flite", film.session())[0]
        assert german.why == "it does not speak German" and not folder(film, "de").exists()
        assert english.why == "" and len(english.spoken) == len(read(film).takes)


@pytest.mark.parametrize("length_s", [0.3, 2.0])
@pytest.mark.parametrize("peak", [0.01, 0.9])
def test_clips_of_any_length_and_level_are_levelled(tmp_path: Path, length_s: float, peak: float) -> None:
    rng = np.random.default_rng(1)
    noise = rng.standard_normal(round(length_s * RATE_HZ))
    sound = np.asarray(peak * noise / np.abs(noise).max(), np.float32)
    write_levelled(tmp_path / "x.opus", sound, "x")
    heard = loudness(np.tile(opus.read(tmp_path / "x.opus")[: len(sound)], 8))
    assert heard.integrated_lufs == pytest.approx(TARGET_LUFS, abs=0.5)
    assert heard.true_peak_dbtp <= TRUE_PEAK_DBTP
