"""A table of takes is read back as it was written, or refused in one line."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from narration_samples import ENGLISH

from explainer.errors import ExplainerError
from explainer.media import opus
from explainer.media.loudness import RATE_HZ
from explainer.voices import kept
from explainer.voices.table import choose, speak
from explainer.voices.utterance import Utterance

TEXT = "Half of it, and the other half."
SECONDS = st.floats(0, 2, allow_nan=False)


@st.composite
def takes(draw: st.DrawFn) -> kept.Take:
    offsets = sorted(draw(st.lists(st.integers(0, 40), max_size=4, unique=True)))
    times_s = sorted(draw(st.lists(SECONDS, min_size=len(offsets), max_size=len(offsets))))
    marks = draw(st.integers(0, len(offsets)))
    named = {f"mark_{number}": at_s for number, at_s in enumerate(times_s[:marks])}
    return kept.Take(draw(st.text()), tuple(offsets), named, tuple(times_s[marks:]), 2.0, "0" * 64)


TABLES = st.builds(
    kept.Table,
    st.just("minute"),
    st.just("en"),
    st.dictionaries(st.text(), st.text() | st.floats(allow_nan=False)),
    st.dictionaries(st.from_regex(r"[a-z]+\.[a-z]+", fullmatch=True), takes(), max_size=3),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One take, a tone of 1.5 s, with a mark in the middle."""
    folder = tmp_path / "minute" / "en"
    folder.mkdir(parents=True)
    opus.write(folder / "a.b.opus", (0.3 * np.sin(np.arange(3 * RATE_HZ // 2) * 0.05)).astype(np.float32))
    take = kept.Take(TEXT, (12,), {"half": 0.75}, (), 1.5, kept.sha256(folder / "a.b.opus"))
    write(folder, kept.Table("minute", "en", {"name": "someone"}, {"a.b": take}))
    return folder


def write(folder: Path, table: kept.Table) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / kept.TABLE).write_text(kept.text(table), encoding="utf-8")


def asked(folder: Path | None, **changes: object) -> Utterance:
    return replace(Utterance(TEXT, (12,), ENGLISH, cue_id="a.b", folder=folder), **changes)  # type: ignore[arg-type]


@given(table=TABLES)
def test_a_table_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, table: kept.Table) -> None:
    folder = tmp_path_factory.mktemp("takes") / "minute" / "en"
    write(folder, table)
    assert kept.read(folder) == table


def test_no_table_is_no_takes(tmp_path: Path) -> None:
    assert kept.read(tmp_path) is None
    for none in (None, tmp_path):
        with pytest.raises(ExplainerError, match="no takes of its own; make them: speak"):
            choose("kept", asked(none))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"duration_s": 0.0}, "impossible"),
        ({"duration_s": float("nan")}, "impossible"),
        ({"splits_s": (1.0,)}, "impossible"),
        ({"marks_s": {"half": 1.6}}, "outside"),
        ({"marks_s": {"half": -0.1}}, "outside"),
        ({"offsets": (12, 4), "marks_s": {"half": 0.5, "more": 0.9}}, "order"),
    ],
)
def test_a_take_with_impossible_marks_is_refused(folder: Path, changes: dict[str, object], why: str) -> None:
    table = kept.read(folder)
    assert table is not None
    with pytest.raises(ValueError, match=why):
        replace(table.takes["a.b"], **changes)  # type: ignore[arg-type]
    told = json.loads((folder / kept.TABLE).read_text())
    told["takes"]["a.b"] |= {
        name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()
    }
    (folder / kept.TABLE).write_text(json.dumps(told))
    with pytest.raises(ExplainerError, match=r"minute/en/takes\.json: not a table of takes .*" + why):
        kept.read(folder)


@pytest.mark.parametrize("name", ["../a", "/a", "a/b", "", ".", "a.", "A.b", "a\n"])
def test_a_table_names_cues_and_no_paths(folder: Path, name: str) -> None:
    told = json.loads((folder / kept.TABLE).read_text())
    told["takes"] = {name: told["takes"]["a.b"]}
    (folder / kept.TABLE).write_text(json.dumps(told))
    with pytest.raises(ExplainerError, match=r"is no cue\)"):
        kept.read(folder)


@given(content=st.binary(max_size=40), at=st.integers(0, 500))
def test_any_edit_of_a_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("takes") / "minute" / "en"
    write(folder, kept.Table("minute", "en", {}, {"a.b": kept.Take(TEXT, (12,), {"half": 0.75}, (), 1.5, "0" * 64)}))
    raw = (folder / kept.TABLE).read_bytes()
    (folder / kept.TABLE).write_bytes(raw[:at] + content + raw[at + len(content) :])
    try:
        kept.read(folder)
    except ExplainerError as error:
        assert "\n" not in str(error) and str(folder) not in str(error)


@pytest.mark.parametrize("place", ["other/en", "minute/de"])
def test_takes_of_another_film_or_language_are_refused(folder: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    folder.rename(tmp_path / place)
    with pytest.raises(ExplainerError, match=rf"{place}/takes\.json: these are takes of 'minute' in 'en'"):
        kept.read(tmp_path / place)


def test_a_take_is_heard_as_it_was_kept_with_the_marks_of_its_table(folder: Path) -> None:
    clip = speak("kept", asked(folder))
    assert (clip.duration_s, clip.times_s) == (1.5, (0.75,))
    tone = 0.3 * np.sin(np.arange(len(clip.samples)) * 0.05)
    middle = slice(RATE_HZ // 4, -RATE_HZ // 4)
    assert np.sqrt(np.mean((clip.samples - tone)[middle] ** 2)) < 0.02


def test_a_hurried_take_keeps_its_pitch_and_its_marks(folder: Path) -> None:
    clip = speak("kept", asked(folder, pace=1.2))
    assert clip.duration_s == pytest.approx(1.5 / 1.2, rel=0.03)
    assert clip.times_s == pytest.approx((0.75 / 1.2,))
    middle = clip.samples[RATE_HZ // 4 : -RATE_HZ // 4]
    crossings = np.count_nonzero(np.diff(np.signbit(middle)))
    assert crossings == pytest.approx(len(middle) * 0.05 / np.pi, rel=0.02)


def test_its_signature_follows_the_file_and_the_marks(folder: Path) -> None:
    before = choose("kept", asked(folder)).signature
    table = kept.read(folder)
    assert table is not None
    write(folder, replace(table, takes={"a.b": replace(table.takes["a.b"], marks_s={"half": 0.5})}))
    assert choose("kept", asked(folder)).signature != before


@pytest.mark.parametrize("changes", [{"text": "Half of it."}, {"offsets": (13,)}, {"offsets": ()}, {"cue_id": "a.c"}])
def test_a_take_of_other_words_or_marks_is_stale(folder: Path, changes: dict[str, object]) -> None:
    table, now = kept.read(folder), asked(folder, **changes)
    assert table is not None
    assert kept.stale(table, {"a.b": asked(folder)}) == ()
    assert kept.stale(table, {now.cue_id: now}) == (now.cue_id,)
    with pytest.raises(ExplainerError, match="no take says this cue as it is now; renew the takes: speak"):
        choose("kept", now)


def test_a_file_that_is_not_the_take_of_its_table_is_refused_by_name(folder: Path, tmp_path: Path) -> None:
    path = folder / "a.b.opus"
    good = path.read_bytes()
    for ask in (choose, speak):
        path.write_bytes(good[:-1] + b"x")
        with pytest.raises(ExplainerError, match=r"minute/en/a\.b\.opus: a\.b: the take is not the one .*speak --all"):
            ask("kept", asked(folder))
        path.unlink()
        with pytest.raises(ExplainerError, match=r"a\.b\.opus: a\.b: the take is missing; put it back"):
            ask("kept", asked(folder))
        (tmp_path / "elsewhere.opus").write_bytes(good)
        path.symlink_to(tmp_path / "elsewhere.opus")
        with pytest.raises(ExplainerError, match="link out of its folder"):
            ask("kept", asked(folder))
        path.unlink()
        path.write_bytes(good)
    assert choose("kept", asked(folder)).warning == ""


def test_the_same_samples_make_the_same_bytes(tmp_path: Path) -> None:
    tone = (0.3 * np.sin(np.arange(RATE_HZ) * 0.05)).astype(np.float32)
    for name in ("one", "two"):
        opus.write(tmp_path / name, tone)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
