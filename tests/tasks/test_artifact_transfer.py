"""A result arrives as it was sent, inside its folder, or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.tasks.artifact_transfer import Artifact, ArtifactFile, pack, unpack
from explainer.tasks.store import Store, building

KEY = "ab" * 20


@pytest.fixture
def artifact(tmp_path: Path) -> Artifact:
    store = Store(tmp_path / "cache", print)
    with building(store, KEY) as folder:
        (folder / "deep").mkdir()
        (folder / "deep" / "file").write_bytes(bytes(range(256)))
    return pack(store.path(KEY))


def test_a_result_travels_whole(artifact: Artifact, tmp_path: Path) -> None:
    assert artifact.size_bytes == 256
    unpack(artifact, tmp_path / "there")
    assert [path.name for path in (tmp_path / "there").rglob("*") if path.is_file()] == ["file"]
    assert (tmp_path / "there" / "deep" / "file").read_bytes() == bytes(range(256))


def test_what_was_damaged_on_its_way_is_refused(artifact: Artifact, tmp_path: Path) -> None:
    damaged = replace(artifact.files[0], content=b"else")
    with pytest.raises(ExplainerError, match=r"^'deep/file': a result was damaged on its way; run again$"):
        unpack(Artifact((damaged,)), tmp_path / "there")


@pytest.mark.parametrize("name", ["../out", "/etc/out", "deep/../../out", "", "."])
def test_a_result_cannot_leave_its_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExplainerError, match="outside its folder"):
        unpack(Artifact((ArtifactFile(name, "", b""),)), tmp_path / "there")
    assert not (tmp_path / "out").exists()
