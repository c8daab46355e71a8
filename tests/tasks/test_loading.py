"""Whatever is wrong with a film's module is one clear line that names its file and place."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.tasks import loading
from explainer.tasks.loading import imported


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty package of a name of its own that can be imported."""
    folder = tmp_path / f"film_{blake2b(str(tmp_path).encode(), digest_size=4).hexdigest()}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def said(package: Path, text: str) -> str:
    """What is said of a module of this text; `NAME` in both stands for the package."""
    (package / "dome.py").write_text(text.replace("NAME", package.name), encoding="utf-8")
    with pytest.raises(ExplainerError) as caught:
        imported(f"{package.name}.dome")
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(package.name, "NAME")


def test_a_module_is_loaded(package: Path) -> None:
    (package / "dome.py").write_text("x = 1\n", encoding="utf-8")
    assert imported(f"{package.name}.dome").x == 1


def test_a_missing_module_is_named(package: Path) -> None:
    with pytest.raises(ExplainerError) as caught:
        imported(f"{package.name}.none")
    name = f"{package.name}.none"
    assert str(caught.value) == f"{name}: there is no module {name}; correct the name, or write it"


def test_what_a_module_misses_is_named(package: Path) -> None:
    line = "NAME.dome: there is no module no_such_library; correct the name, or write it"
    assert said(package, "import no_such_library\n") == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\n1 / 0\n", "NAME/dome.py:2: it cannot be loaded (ZeroDivisionError: division by zero); mend it there"),
        ("raise SystemExit(3)\n", "NAME/dome.py:1: it cannot be loaded (SystemExit: 3); mend it there"),
        ("import json\njson.loads('')\n", "NAME/dome.py:2: it cannot be loaded (JSONDecodeError: Expecting value"),
        ("\nx = (\n", "dome.py:2: it cannot be loaded (SyntaxError: '(' was never closed"),
        ("from NAME import nosuch\n", "NAME/dome.py:1: it cannot be loaded (ImportError: cannot import name 'nosuch'"),
    ],
)
def test_a_module_that_fails_is_named_with_its_line(package: Path, text: str, line: str) -> None:
    assert said(package, text).startswith(line)


def test_the_line_at_fault_may_be_in_another_module_of_the_film(package: Path) -> None:
    (package / "deep").mkdir()
    (package / "deep" / "__init__.py").write_text("def entropy():\n    return 1 / 0\n", encoding="utf-8")
    text = "from NAME import deep\nx = deep.entropy()\n"
    assert said(package, text).startswith("NAME/deep/__init__.py:2: it cannot be loaded (ZeroDivisionError")


def test_what_a_module_says_clearly_stays_as_it_is(package: Path) -> None:
    text = "from explainer.errors import ExplainerError\nraise ExplainerError('no good', 'place', 'remedy')\n"
    assert said(package, text) == "place: no good; remedy"


def test_an_import_that_never_ends_is_named_with_its_line(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LONGEST_IMPORT_S", 0.2)
    before = signal.getsignal(signal.SIGALRM)
    line = "NAME/dome.py:2: it cannot be loaded (TimeoutError: it was still not loaded after 0.2 s); mend it there"
    assert said(package, "x = 1\nwhile True: pass\n") == line
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_module_can_be_loaded_in_any_thread(package: Path) -> None:
    (package / "dome.py").write_text("x = 1\n", encoding="utf-8")
    with ThreadPoolExecutor() as pool:
        assert pool.submit(imported, f"{package.name}.dome").result().x == 1
