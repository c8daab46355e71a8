"""Equal values have equal hashes, different values different ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.tasks.digest import canonical_json, digest, file_digest

leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10)


@dataclass(frozen=True)
class One:
    x: int


@dataclass(frozen=True)
class Other:
    x: int


@given(st.dictionaries(st.text(), values, min_size=2))
def test_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert digest(value) == digest(dict(reversed(value.items())))


@given(values, values)
def test_the_text_tells_values_apart(first: object, second: object) -> None:
    assert (canonical_json(first) == canonical_json(second)) == (digest(first) == digest(second))


def test_records_of_different_classes_differ() -> None:
    assert digest(One(1)) != digest(Other(1))
    assert digest((1, 2)) == digest([1, 2])
    assert digest(Path("a")) == digest("a")


def test_bytes_are_no_text_and_sets_have_no_order() -> None:
    assert digest(b"a") != digest("a")
    assert digest(frozenset({"a", "b"})) == digest(frozenset({"b", "a"})) != digest(("a", "b"))


def test_a_file_counts_by_all_its_bytes(tmp_path: Path) -> None:
    for name, last in (("one", b"1"), ("same", b"1"), ("other", b"2")):
        (tmp_path / name).write_bytes(bytes(3 << 20) + last)
    assert file_digest(tmp_path / "one") == file_digest(tmp_path / "same") != file_digest(tmp_path / "other")


@pytest.mark.parametrize("value", [{1, 2}, np.zeros(2), print, {1: 2}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        digest(value)


def test_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError):
        digest(float("nan"))
