"""Loading a film's own modules: whatever goes wrong in one is a clear line that names its file and place."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from explainer.errors import ExplainerError

__all__ = ["imported"]

LONGEST_IMPORT_S = 60.0


def imported(module: str) -> Any:
    """A module of a film.

    Raises:
        ExplainerError: there is none, it fails as it is loaded, or never ends.
    """
    try:
        with _time_limit():
            return import_module(module)
    except ModuleNotFoundError as error:
        raise ExplainerError(f"there is no module {error.name}", module, "correct the name, or write it") from None
    except ExplainerError:
        raise
    except (Exception, SystemExit) as error:  # whatever a film's module may raise
        what = f"it cannot be loaded ({type(error).__name__}: {error})"
        raise ExplainerError(what, _place(error, module), "mend it there") from None


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise in the block when it takes too long; only a process's main thread can be told."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_IMPORT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"it was still not loaded after {LONGEST_IMPORT_S:g} s")


def _place(error: BaseException, module: str) -> str:
    """File and line at fault: the last that the error passed in a module of the same package."""
    top, place, trace = module.partition(".")[0], module, error.__traceback__
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name}:{error.lineno}"
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0] == top:
            place = f"{_below(trace.tb_frame.f_code.co_filename, top)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _below(file: str, package: str) -> str:
    """The path of a file from its package's folder on; its name if it is in none."""
    parts = Path(file).parts
    return "/".join(parts[parts.index(package) :]) if package in parts else parts[-1]
