"""The process that draws: it has Manim loaded and never a film, whose code a fork loads afresh for each order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from explainer.film.request import RENDERER
from explainer.preview.order import Order
from explainer.tasks.local import SINGLE_THREAD

__all__ = ["Told", "drawing"]

# The number of an order, what kind of thing is told, and what of it.
Told = tuple[int, str, dict[str, Any]]

LOADED = (RENDERER, "explainer.media.encode", "explainer.media.sound", "explainer.preview.drafts", "grimp")
STOPPING_S = 5.0


@contextmanager
def drawing() -> Iterator[Connection]:
    """The process for the length of a `with` block: `send` it an `Order`, `recv` what is `Told`.

    A new order ends the work on the one before.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,))
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join(STOPPING_S)
        process.kill()


def _serve(asked: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks is told, and closes the connection
    os.environ.update(SINGLE_THREAD)
    for module in LOADED:
        import_module(module)
    number, at_work, told = 0, None, None
    remembered: dict[str, str] = {}
    texts: list[tuple[str, str]] = []
    with suppress(EOFError, OSError):  # the process that asks has ended
        while True:
            # Texts are set when there is nothing else to do: a scene spends most of its time on them.
            if texts and not asked.poll():
                _set(*texts.pop())
            for ready in wait([asked, *([told] if told else [])], 0 if texts else None):
                if ready is asked:
                    order: Order = asked.recv()
                    _stop(at_work)
                    number, (at_work, told) = order.number, _forked(order, remembered)
                elif ready is told and not _hand_on(told, asked, number, remembered, texts):
                    at_work, told = None, None
    _stop(at_work)


def _forked(order: Order, remembered: dict[str, str]) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("fork")
    told, tells = context.Pipe(duplex=False)
    process = context.Process(target=_draw, args=(order, remembered, tells))
    process.start()
    tells.close()
    return process, told


def _draw(order: Order, remembered: dict[str, str], tells: Connection) -> None:
    from explainer.preview.drafts import draw

    os.setpgid(0, 0)  # so that what it starts ends with it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if str(order.root) not in sys.path:
        sys.path.insert(0, str(order.root))
    draw(order, lambda kind, what: tells.send((kind, what)), remembered)


def _hand_on(
    told: Connection, asked: Connection, number: int, remembered: dict[str, str], texts: list[tuple[str, str]]
) -> bool:
    """Tell what a fork told, or remember it for the next; False when it has ended, by itself or not."""
    try:
        kind, what = told.recv()
    except (EOFError, OSError):
        asked.send((number, "died", {}))
        return False
    if kind == "loaded":
        remembered.update(what["remembered"])
        _load(what["modules"])
        texts[:] = reversed(what["texts"])
    else:
        asked.send((number, kind, what))
    return True


def _load(modules: list[str]) -> None:
    """Have loaded what a film needed that is not its own, so that the next fork need not load it."""
    for module in modules:
        if module not in sys.modules:
            with suppress(Exception):  # then each fork loads it as it can
                import_module(module)


def _set(text: str, font: str) -> None:
    """Have a text's outlines at hand, which forks inherit."""
    from explainer.stage.typography import words

    with suppress(Exception):  # then the scene tells what is wrong
        words(text, font)


def _stop(process: BaseProcess | None) -> None:
    if process is None or process.pid is None:
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
