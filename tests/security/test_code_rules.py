"""What the project's own code never does: shells, evaluation, unpickling, formats or templates that others write."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from security_samples import PACKAGES, ROOT

SOURCES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
SOURCES += [ROOT / "render.py", *sorted((ROOT / "tools").glob("*.py"))]

BANNED_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
BANNED_ATTRIBUTES = {
    ("os", "system"),
    ("os", "popen"),
    ("subprocess", "getoutput"),
    ("subprocess", "getstatusoutput"),
    ("tempfile", "mktemp"),
    ("yaml", "load"),
    ("yaml", "unsafe_load"),
    ("shutil", "unpack_archive"),
}
BANNED_MODULES = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "shelve", "marshal", "code", "pty", "commands"}
NETWORK_MODULES = {"socket", "urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib", "telnetlib"}
# Their text is the project's own: rows of tables, which others cannot write.
FORMATS_OF_OUR_OWN = {
    ("exports/deck_html.py", "words.slide"),
    ("exports/deck_pptx.py", "_TIMING"),
    ("exports/video.py", "form.video_options"),
}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def shells(tree: ast.AST) -> Iterator[str]:
    for call in calls(tree):
        for keyword in call.keywords:
            if keyword.arg == "shell" and not (
                isinstance(keyword.value, ast.Constant) and keyword.value.value is False
            ):
                yield "shell="
            if keyword.arg is None and "subprocess" in ast.unparse(call.func):
                yield "subprocess with unseen keywords"
        name = ast.unparse(call.func)
        if name.startswith("subprocess.") and call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr):
            yield f"{name} of one string"


def evaluations(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BANNED_CALLS:
            yield node.func.id
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = (node.value.id, node.attr)
            yield from [".".join(name)] if name in BANNED_ATTRIBUTES else []


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def unpickling(tree: ast.AST) -> Iterator[str]:
    yield from (name for name in imported(tree) if name.partition(".")[0] in BANNED_MODULES)
    for call in calls(tree):
        if ast.unparse(call.func) in ("np.load", "numpy.load"):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            allowed = given.get("allow_pickle")
            if not (isinstance(allowed, ast.Constant) and allowed.value is False):
                yield "np.load without allow_pickle=False"


def network(tree: ast.AST) -> Iterator[str]:
    yield from (name for name in imported(tree) if name in NETWORK_MODULES)


def stars(tree: ast.AST) -> Iterator[str]:
    yield from (name for name in imported(tree) if name.endswith(".*"))


def formats_of_others(path: Path) -> Callable[[ast.AST], Iterator[str]]:
    def found(tree: ast.AST) -> Iterator[str]:
        for call in calls(tree):
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("format", "format_map"):
                receiver = call.func.value
                known = (path.relative_to(ROOT).as_posix(), ast.unparse(receiver)) in FORMATS_OF_OUR_OWN
                if not isinstance(receiver, ast.Constant) and not known:
                    yield ast.unparse(call)
            if ast.unparse(call.func).endswith(("from_string", "Template")):
                yield ast.unparse(call)

    return found


def unescaped_templates(tree: ast.AST) -> Iterator[str]:
    for call in calls(tree):
        if ast.unparse(call.func).endswith("Environment"):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            escaping = given.get("autoescape")
            if not (isinstance(escaping, ast.Constant) and escaping.value is True):
                yield "a template without autoescape=True"


RULES = {
    "no shell strings": shells,
    "no evaluation": evaluations,
    "no unpickling": unpickling,
    "no network": network,
    "no star imports": stars,
    "templates escape": unescaped_templates,
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_code_keeps_the_rules(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    rules = {**RULES, "no formats that others write": formats_of_others(path)}
    assert {name: found for name, rule in rules.items() if (found := list(rule(tree)))} == {}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("no shell strings", "import subprocess\nsubprocess.run(['ls'], shell=True)"),
        ("no shell strings", "import subprocess\nsubprocess.run(['ls'], shell=flag)"),
        ("no shell strings", "import subprocess\nsubprocess.run(f'ls {folder}')"),
        ("no evaluation", "import os\nos.system('ls')"),
        ("no evaluation", "eval(text)"),
        ("no evaluation", "import yaml\nyaml.load(text)"),
        ("no unpickling", "import pickle"),
        ("no unpickling", "from pickle import loads"),
        ("no unpickling", "import numpy as np\nnp.load(path)"),
        ("no network", "from urllib import request\nimport urllib.request"),
        ("no star imports", "from manim import *"),
        ("templates escape", "import jinja2\njinja2.Environment(loader=x)"),
    ],
)
def test_each_rule_finds_its_breach(rule: str, text: str) -> None:
    assert list(RULES[rule](ast.parse(text)))


def test_a_format_that_others_write_is_found() -> None:
    found = formats_of_others(ROOT / "narration" / "x.py")
    assert list(found(ast.parse("cue.text.format(**facts)")))
    assert not list(found(ast.parse("'{} of {}'.format(1, 2)")))


def test_formulas_are_the_scenes_own() -> None:
    """No text of the script reaches Typst: formulas are constants, or picked from tables of constants."""
    for path in sorted((ROOT / "scenes").glob("*.py")):
        tree = ast.parse(path.read_bytes())
        for call in calls(tree):
            if ast.unparse(call.func) in ("self.formula", "formula", "mn.MathTypst", "mn.Typst"):
                mentioned = {node.attr for node in ast.walk(call.args[0]) if isinstance(node, ast.Attribute)}
                assert not mentioned & {"label", "labels", "text", "title", "narration"}, f"{path}: {ast.unparse(call)}"


@pytest.mark.parametrize("line", ["import distributed", "from dask.base import compute"])
def test_dask_is_met_in_one_module_alone(line: str, tmp_path: Path) -> None:
    """import-linter keeps it so; it says which module breaks it."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    with (tmp_path / "pipeline" / "likeness.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\ndef late() -> None:\n    {line}\n")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    broken = [row.partition(" BROKEN")[0] for row in done.stdout.splitlines() if " BROKEN" in row]
    assert broken == ["Dask stays in the one module that talks to a cluster"]
    assert "explainer.tasks.environment_check -> " in done.stdout
