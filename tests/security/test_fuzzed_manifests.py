"""Manifests and facts that others send, broken in every way: used, or refused in one clear line, and quickly.

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
from security_samples import LANGUAGES, timed_film

from explainer.errors import ExplainerError
from explainer.film.captioning import localized_for
from explainer.film.manifest import films_in, manifest, read_film
from explainer.film.sidecars import words
from explainer.words.quantities import read_fact

INPUTS = int(os.environ.get("FUZZ_INPUTS", "60"))
LONGEST_S = 5.0
fuzz = settings(
    max_examples=INPUTS,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)

WORDS = ["", "T", "mK", "../../x", "en", "<script>", "{0.__class__}", "\0", "\u202e", "温", "9" * 50, "swing.fall"]
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

FILM = timed_film()
MANIFEST = manifest(FILM, {"words": {"small.toml": "hash"}}, {"python": "3"})


def used_or_refused(use: Callable[[], object]) -> None:
    began_s = time.perf_counter()
    try:
        use()
    except ExplainerError as error:
        assert str(error).isprintable()
    assert time.perf_counter() - began_s < LONGEST_S


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film file and its poster, without a manifest."""
    path = tmp_path_factory.mktemp("manifests") / "small.en.mp4"
    path.touch()
    path.with_suffix(".png").touch()
    return path


def use_manifest(film: Path, text: str | bytes) -> None:
    """All that is done with a manifest, before its film is opened: for captions and for a page."""
    film.with_suffix(".json").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    (finished,) = films_in(film.parent)
    localized = localized_for(FILM.request, read_film(film))
    words(localized, finished.stem_in("en"), finished.stem.name)


def test_an_unbroken_manifest_is_used(film: Path) -> None:
    use_manifest(film, MANIFEST)


@st.composite
def with_another_value(draw: st.DrawFn) -> dict[str, Any]:
    """The manifest with up to three values, anywhere in it, replaced or taken out."""
    content: dict[str, Any] = json.loads(MANIFEST)
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


@fuzz
@given(data=st.data())
def test_manifests_with_broken_text(film: Path, data: st.DataObject) -> None:
    text = MANIFEST.encode()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        filling = data.draw(st.one_of(st.sampled_from([piece.encode() for piece in PIECES]), st.binary(max_size=6)))
        text = text[:at] + filling + text[at + data.draw(st.integers(0, 20)) :]
    used_or_refused(lambda: use_manifest(film, text))


GOOD = {"id": "field", "value_si": 1.0, "unit": "T", "unit_si": 1.0, "decimals": 1, "source": "physics.f()"}
FIELDS = tuple(GOOD)


@fuzz
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES), st.sets(st.sampled_from(FIELDS), max_size=2))
def test_facts(changed: dict[str, Any], dropped: set[str]) -> None:
    fields = {name: value for name, value in {**GOOD, **changed}.items() if name not in dropped}

    def use() -> None:
        fact = read_fact(fields, file="film.json")
        for language in LANGUAGES.values():
            assert len(fact.text(language)) < 100
            assert fact.unit != "T" or fact.spoken(language)

    used_or_refused(use)
