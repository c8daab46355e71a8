"""What the repository's own code never does, and how it is built up: read from its text, nothing of it is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from security_samples import ROOT

from explainer.words.film import film_ids, open_film

ENGINE = "explainer"
PACKAGES = (ENGINE, "physics", "narration", "scenes", "evaluators", "panels", "figures", "benchmarks")
MODULES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
STARTER = sorted((ROOT / ENGINE / "starter").rglob("*.py.template"))
SOURCES = [*MODULES, *STARTER, ROOT / "render.py"]
MOST_LINES = 350
MOST_MODULES = 17

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
CLUSTER_MODULES = {"dask", "distributed"}
CLUSTER = "explainer/tasks/cluster.py"
# Their text is the code's own, which others cannot write: a template of XML, a row of a table.
FORMATS_OF_OUR_OWN = {
    ("explainer/decks/deck_pptx.py", "_TIMING"),
}

Rule = Callable[[ast.AST, str], Iterator[str]]


def place_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), filename=str(path))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in nodes(tree) if isinstance(node, ast.Call))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def given(call: ast.Call, keyword: str) -> object:
    """The constant that a keyword of a call has; None if it has none."""
    return next((k.value.value for k in call.keywords if k.arg == keyword and isinstance(k.value, ast.Constant)), None)


# What it never does ------------------------------------------------------------------------------------------------


def shells(tree: ast.AST, place: str) -> Iterator[str]:
    for call in calls(tree):
        name = ast.unparse(call.func)
        if any(keyword.arg == "shell" for keyword in call.keywords) and given(call, "shell") is not False:
            yield "shell="
        if any(keyword.arg is None for keyword in call.keywords) and "subprocess" in name:
            yield "subprocess with unseen keywords"
        if name.startswith("subprocess.") and call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr):
            yield f"{name} of one string"


def evaluations(tree: ast.AST, place: str) -> Iterator[str]:
    for node in nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BANNED_CALLS:
            yield node.func.id
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = (node.value.id, node.attr)
            yield from [".".join(name)] if name in BANNED_ATTRIBUTES else []


def unpickling(tree: ast.AST, place: str) -> Iterator[str]:
    yield from (name for name in imported(tree) if name.partition(".")[0] in BANNED_MODULES)
    for call in calls(tree):
        if ast.unparse(call.func) in ("np.load", "numpy.load") and given(call, "allow_pickle") is not False:
            yield "np.load without allow_pickle=False"


def network(tree: ast.AST, place: str) -> Iterator[str]:
    yield from (name for name in imported(tree) if name in NETWORK_MODULES)


def stars(tree: ast.AST, place: str) -> Iterator[str]:
    yield from (name for name in imported(tree) if name.endswith(".*"))


def formats_of_others(tree: ast.AST, place: str) -> Iterator[str]:
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("format", "format_map"):
            receiver = call.func.value
            known = (place, ast.unparse(receiver)) in FORMATS_OF_OUR_OWN
            if not isinstance(receiver, ast.Constant) and not known:
                yield ast.unparse(call)
        if ast.unparse(call.func).endswith(("from_string", "Template")):
            yield ast.unparse(call)


def unescaped_templates(tree: ast.AST, place: str) -> Iterator[str]:
    for call in calls(tree):
        if ast.unparse(call.func) in ("jinja2.Environment", "Environment") and given(call, "autoescape") is not True:
            yield "a template without autoescape=True"


def cluster_elsewhere(tree: ast.AST, place: str) -> Iterator[str]:
    if place != CLUSTER:
        yield from (name for name in imported(tree) if name.partition(".")[0] in CLUSTER_MODULES)


def formulas_of_others(tree: ast.AST, place: str) -> Iterator[str]:
    """Typst runs what it is given: formulas are constants, or picked from tables of constants."""
    for call in calls(tree):
        if ast.unparse(call.func).rpartition(".")[2] in ("formula", "MathTypst", "Typst") and call.args:
            mentioned = {node.attr for node in ast.walk(call.args[0]) if isinstance(node, ast.Attribute)}
            yield from mentioned & {"label", "labels", "text", "title", "narration"}


RULES: dict[str, Rule] = {
    "no shell strings": shells,
    "no evaluation": evaluations,
    "no unpickling": unpickling,
    "no network": network,
    "no star imports": stars,
    "no formats that others write": formats_of_others,
    "templates escape": unescaped_templates,
    "Dask in one module": cluster_elsewhere,
    "no formulas that others write": formulas_of_others,
}


@pytest.mark.parametrize("rule", RULES)
def test_the_code_keeps_the_rule(rule: str) -> None:
    found = {place_of(path): list(RULES[rule](parsed(path), place_of(path))) for path in SOURCES}
    assert {place: breaches for place, breaches in found.items() if breaches} == {}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("no shell strings", "import subprocess\nsubprocess.run(['ls'], shell=True)"),
        ("no shell strings", "import subprocess\nsubprocess.run(['ls'], shell=flag)"),
        ("no shell strings", "import subprocess\nsubprocess.run(f'ls {folder}')"),
        ("no evaluation", "import os\nos.system('ls')"),
        ("no evaluation", "eval(text)"),
        ("no evaluation", "import yaml\nyaml.load(text)"),
        ("no unpickling", "from pickle import loads"),
        ("no unpickling", "import numpy as np\nnp.load(path)"),
        ("no network", "from urllib import request\nimport urllib.request"),
        ("no star imports", "from manim import *"),
        ("no formats that others write", "cue.text.format(**facts)"),
        ("no formats that others write", "jinja2.Template(text)"),
        ("templates escape", "import jinja2\njinja2.Environment(loader=x)"),
        ("Dask in one module", "def late():\n    from dask.base import compute"),
        ("no formulas that others write", "self.formula(self.show.labels[name])"),
    ],
)
def test_each_rule_finds_its_breach(rule: str, text: str) -> None:
    assert list(RULES[rule](ast.parse(text), "explainer/x.py"))


# How it is built up ------------------------------------------------------------------------------------------------


@cache
def graph() -> grimp.ImportGraph:
    """Who imports whom, late and for types alone too."""
    return grimp.build_graph(*PACKAGES, cache_dir=None)


def names_of_films() -> re.Pattern[str]:
    """Ids of the segments, cues and labels of this repository's films, and the facts that their words name."""
    names: list[str] = []
    for id in film_ids(ROOT):
        script = open_film(ROOT, id).script
        ids = [cue.id for cue in script.cues] + [label.id for label in script.labels]
        texts = [cue.text for cue in script.cues] + [label.text for label in script.labels]
        names += [rf"\b{re.escape(each)}\b" for each in sorted(ids, key=len, reverse=True)]
        names += [rf"[\"']{re.escape(segment.id)}[\"']" for segment in script.segments]  # some are plain words
        names += [re.escape(fact) for text in texts for fact in re.findall(r"\{\w+\}", text)]
    return re.compile("|".join(names))


def test_the_engine_names_nothing_of_a_film() -> None:
    names = names_of_films()
    assert names.findall("at dome.top, in {field}, or 'laser'; not as well as in the laser of a field") == [
        "dome.top",
        "{field}",
        "'laser'",
    ]
    texts = [path for path in (ROOT / ENGINE).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    found = {place_of(path): names.findall(path.read_text(encoding="utf-8")) for path in texts}
    assert {place: told for place, told in found.items() if told} == {}


def rooms() -> list[str]:
    faces = sorted((ROOT / ENGINE).rglob("__init__.py"))
    return [".".join(path.parent.relative_to(ROOT).parts) for path in faces]


def modules_in(room: str) -> list[Path]:
    return [path for path in ROOT.joinpath(*room.split(".")).glob("*.py") if path.name != "__init__.py"]


def face_of(room: str) -> set[str] | None:
    """The names that a room offers in its ``__all__``."""
    for node in parsed(ROOT.joinpath(*room.split("."), "__init__.py")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return None


@pytest.mark.parametrize("room", rooms())
def test_others_import_only_what_a_room_offers(room: str) -> None:
    offered = face_of(room)
    assert offered is not None, "it has no __all__"
    hidden = [f"{room}.{path.stem}" for path in modules_in(room) if path.stem not in offered]
    found = {
        f"{importer} -> {module}"
        for module in hidden
        for importer in graph().find_modules_that_directly_import(module)
        if not f"{importer}.".startswith(f"{room}.")
    }
    assert found == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    imports = {module: graph().find_modules_directly_imported_by(module) for module in graph().modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def undescribed(path: Path) -> Iterator[str]:
    """What is public in a module and has no docstring; methods of scenes are described in `Stage`."""
    owners: list[ast.Module | ast.ClassDef] = [parsed(path)]
    if not place_of(path).startswith("scenes/"):
        owners += [each for each in parsed(path).body if isinstance(each, ast.ClassDef) and each.name[0] != "_"]
    for node in (node for owner in owners for node in owner.body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield from [] if ast.get_docstring(node) else [node.name]


def test_what_is_public_has_a_docstring() -> None:
    found = {place_of(path): list(undescribed(path)) for path in MODULES if not path.name.startswith("test_")}
    assert {place: names for place, names in found.items() if names} == {}


def test_modules_and_rooms_of_the_engine_are_small() -> None:
    lines = {place_of(path): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {place: count for place, count in lines.items() if place.startswith(ENGINE) and count > MOST_LINES} == {}
    counts = {room: len(modules_in(room)) for room in rooms() if room.startswith(ENGINE)}
    assert {room: count for room, count in counts.items() if count > MOST_MODULES} == {}
