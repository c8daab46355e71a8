"""BuildContext: what stays the same during a run, and so the maker of tasks, whose keys it decides."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from explainer.tasks.fingerprint import Sources, font_files, tool_versions
from explainer.tasks.graph import Task, Work, task


@dataclass(frozen=True)
class BuildContext:
    """The code, the system's libraries and the fonts that results are made with."""

    sources: Sources
    libraries: Mapping[str, str]
    _fonts: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    _code: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)

    def fonts(self, families: tuple[str, ...]) -> dict[str, str]:
        """Hashes of the files of font families."""
        if families not in self._fonts:
            self._fonts[families] = font_files(families)
        return self._fonts[families]

    def code(self, work: Work, *modules: str) -> dict[str, str]:
        """Hashes of the code behind a kind of work and behind the modules it loads by name, and its tools' versions.

        The distributions that decide what the work makes stand in its module as ``TOOLS``.
        """
        behind = (work.__module__, *modules)
        if behind not in self._code:  # alike for every cue and stretch
            tools: Iterable[str] = sys.modules[work.__module__].TOOLS
            self._code[behind] = {**self.sources.closure(behind), **tool_versions(tools)}
        return self._code[behind]

    def task(
        self,
        label: str,
        work: Work,
        job: object,
        inputs: Mapping[str, Task] | None = None,
        *,
        modules: Iterable[str] = (),
        also: object = None,
        steps: int = 1,
        cost: float = 0.0,
        on_client: bool = False,
    ) -> Task:
        """A task whose key follows from its job, its inputs and the code behind it.

        Args:
            label: for people, and the first word for groups of tasks.
            work: what is done, a module-level function.
            job: what it is done with, a plain record.
            inputs: tasks whose results it builds on, by what the work calls them.
            modules: modules that the work loads by name.
            also: whatever else decides the result: fonts, a voice's signature.
            steps: how many it tells of.
            cost: how long it takes, on any scale.
            on_client: little work on many bytes, done where its inputs are.
        """
        code = [self.code(work, *modules), also]
        return task(label, work, job, code, inputs, steps=steps, cost=cost, on_client=on_client)
