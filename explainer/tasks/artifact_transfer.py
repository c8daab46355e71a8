"""A finished result as it travels between machines: its files as bytes, each with its hash. Nothing in it is run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from explainer.errors import ExplainerError
from explainer.tasks.digest import bytes_digest
from explainer.tasks.store import ENTRY


@dataclass(frozen=True)
class ArtifactFile:
    """A file of a result: path below its folder, hash, content."""

    name: str
    hash: str
    content: bytes


@dataclass(frozen=True)
class Artifact:
    """A result's files."""

    files: tuple[ArtifactFile, ...]

    @property
    def size_bytes(self) -> int:
        """What travels."""
        return sum(len(file.content) for file in self.files)


def pack(folder: Path) -> Artifact:
    """The files of a result's folder, without the store's own list."""
    files = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name != ENTRY:
            content = path.read_bytes()
            files.append(ArtifactFile(name, bytes_digest(content), content))
    return Artifact(tuple(files))


def unpack(artifact: Artifact, folder: Path) -> None:
    """Write the files into a folder.

    Raises:
        ExplainerError: if a file was changed on its way, or would lie outside the folder.
    """
    for file in artifact.files:
        name = PurePosixPath(file.name)
        if name.is_absolute() or not name.parts or ".." in name.parts:
            raise ExplainerError("a result would lie outside its folder", repr(file.name), "use workers that you trust")
        if bytes_digest(file.content) != file.hash:
            raise ExplainerError("a result was damaged on its way", repr(file.name), "run again")
        path = folder.joinpath(*name.parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
