"""The experiments and the theory that the page tells of: who, when and where it is published. Its words are texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Experiment:
    """One row of the page's table.

    Args:
        id: begins the ids of its texts.
        people: whose work it is, as one cites them.
        year: of publication.
        source: where it is published.
    """

    id: str
    people: str
    year: int
    source: str


EXPERIMENTS = (
    Experiment("purcell", "Purcell & Pound", 1951, "Phys. Rev. 81, 279, doi:10.1103/PhysRev.81.279"),
    Experiment("ramsey", "Ramsey", 1956, "Phys. Rev. 103, 20, doi:10.1103/PhysRev.103.20"),
    Experiment("abragam", "Abragam & Proctor", 1958, "Phys. Rev. 109, 1441, doi:10.1103/PhysRev.109.1441"),
    Experiment("braun", "Braun et al.", 2013, "Science 339, 52, doi:10.1126/science.1227831"),
)
