"""Manifests and facts that others send, broken in every way: used, or refused by the project's own errors.

``FUZZ_INPUTS=25000 pytest tests/security/test_fuzzed_manifests.py`` tries that many of each.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.film.captioning import version_for
from explainer.film.finished import read_film
from explainer.film.request import Request
from explainer.page.films import find_films
from explainer.timing.captions import captions, chapters
from explainer.timing.formats import FORMATS
from explainer.timing.timeline import plan, to_json
from explainer.voices import draft
from explainer.words.facts import known_facts
from explainer.words.languages import LANGUAGES
from explainer.words.localize import localize
from explainer.words.quantities import read_fact
from explainer.words.script import load_script

INPUTS = int(os.environ.get("FUZZ_INPUTS", "100"))
LONGEST_S = 5.0
fuzz = settings(
    max_examples=INPUTS,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)

WORDS = ["", "T", "mK", "../../x", "en", "<script>", "{0.__class__}", "\0", "\u202e", "温", "9" * 50, "dome.top"]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.sampled_from(WORDS),
    st.text(max_size=8),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner)),
    max_leaves=6,
)
PIECES = ["{", "}", "[", "]", ",", ":", '"', "null", "1e999", "-1", "NaN", "\\ud800", "[" * 5000, "9" * 5000, "\0"]


def used_or_refused(use: Callable[[], object]) -> None:
    started_s = time.perf_counter()
    try:
        use()
    except ExplainerError as error:
        assert str(error).isprintable()
    assert time.perf_counter() - started_s < LONGEST_S


def manifest_of_the_film() -> dict[str, Any]:
    narration = localize(load_script(), LANGUAGES["en"])
    lengths = {cue.id: draft.duration(cue.speech, narration.language) for cue in narration.cues}
    facts = [
        {
            "id": fact.id,
            "value_si": fact.value_si,
            "unit": fact.unit,
            "decimals": fact.decimals,
            "text": fact.text(narration.language),
            "physics": fact.source,
        }
        for fact in known_facts().values()
    ]
    return {
        "format": 2,
        "title": narration.title,
        "language": "en",
        "picture": {"width": 96, "height": 54, "fps": 15},
        "plan": json.loads(to_json(plan(narration, lengths))),
        "facts": facts,
    }


MANIFEST = manifest_of_the_film()
CUES = [cue.id for cue in load_script().cues]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("manifests") / "film.en.mp4"
    path.write_bytes(b"")
    path.with_suffix(".png").write_bytes(b"")
    return path


def write_manifest(film: Path, text: str | bytes) -> None:
    film.with_suffix(".json").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def use_for_page(film: Path, text: str | bytes) -> None:
    """All that a page does with a manifest before its film is looked at."""
    write_manifest(film, text)
    find_films([film.parent], CUES)


def use_manifest(film: Path, text: str | bytes) -> None:
    """All that is done with a manifest before its film is opened."""
    write_manifest(film, text)
    version = version_for(Request(), read_film(film))
    for form in FORMATS.values():
        for shown in (captions(version.planned, version.narration), chapters(version.planned, version.narration)):
            form.compose(shown, version.narration.language)


def test_an_unbroken_manifest_is_used(film: Path) -> None:
    use_manifest(film, json.dumps(MANIFEST))
    use_for_page(film, json.dumps(MANIFEST))


@st.composite
def with_another_value(draw: st.DrawFn) -> dict[str, Any]:
    """The manifest with up to three values, anywhere in it, replaced or taken out."""
    content: dict[str, Any] = json.loads(json.dumps(MANIFEST))
    for _ in range(draw(st.integers(1, 3))):
        node: Any = content
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(node[key], (dict, list)) and draw(st.integers(0, 3)):
                node = node[key]
                continue
            if draw(st.booleans()):
                node[key] = draw(VALUES)
            else:
                del node[key]
            break
    return content


@fuzz
@given(content=with_another_value())
def test_manifests_with_other_values(film: Path, content: dict[str, Any]) -> None:
    used_or_refused(lambda: use_manifest(film, json.dumps(content)))
    used_or_refused(lambda: use_for_page(film, json.dumps(content)))


@fuzz
@given(data=st.data())
def test_manifests_with_broken_text(film: Path, data: st.DataObject) -> None:
    text = json.dumps(MANIFEST).encode()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        filling = data.draw(st.one_of(st.sampled_from([piece.encode() for piece in PIECES]), st.binary(max_size=6)))
        text = text[:at] + filling + text[at + data.draw(st.integers(0, 20)) :]
    used_or_refused(lambda: use_manifest(film, text))
    used_or_refused(lambda: use_for_page(film, text))


FIELDS = ("id", "value_si", "unit", "decimals", "source")
GOOD = {"id": "field", "value_si": 1.0, "unit": "T", "decimals": 1, "source": "physics.f()"}


@fuzz
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES), st.sets(st.sampled_from(FIELDS), max_size=2))
def test_facts(changed: dict[str, Any], dropped: set[str]) -> None:
    fields = {name: value for name, value in {**GOOD, **changed}.items() if name not in dropped}

    def use() -> None:
        fact = read_fact(fields, file="film.json")
        for row in LANGUAGES.values():
            assert len(fact.text(row)) < 100
            assert fact.spoken(row)

    used_or_refused(use)
