"""The page of a preview, served to this machine alone."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

import tornado.httpserver
import tornado.iostream
import tornado.netutil
import tornado.web

from explainer.errors import ExplainerError
from explainer.preview.desk import Desk
from explainer.preview.drawing import drawing
from explainer.preview.order import Order, moment_from
from explainer.preview.watch import watching
from explainer.tasks.store import Store, prune

__all__ = ["ADDRESS", "PORT", "Order", "application", "serve"]

ADDRESS, PORT = "127.0.0.1", 8642
STATIC = Path(__file__).with_name("static")
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "media", "connect")),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Server": "explainer",
}
DRAFT = r"/drafts/([0-9a-f]+/(?:film\.mp4|glance\.png))"
LARGEST_BODY_BYTES = 4096
# A connection that nothing goes over for long is given up by some browsers.
SILENCE_S = 15.0


class _Guarded(tornado.web.RequestHandler):
    """Answers this machine's own pages: a name that was made to lead here is not one of the server's."""

    @property
    def desk(self) -> Desk:
        """Where what is shown is known."""
        desk: Desk = self.application.settings["desk"]
        return desk

    def prepare(self) -> None:
        """Refuse requests for another host, or from a page of another."""
        hosts = self.application.settings["hosts"]
        origin = self.request.headers.get("Origin")
        if self.request.headers.get("Host") not in hosts or (origin and origin not in {f"http://{h}" for h in hosts}):
            raise tornado.web.HTTPError(403)

    def log_exception(self, *error: Any) -> None:
        """Say nothing of what is refused."""
        if not isinstance(error[1], tornado.web.HTTPError):
            super().log_exception(*error)

    def set_default_headers(self) -> None:
        """Keep to what the page itself brings."""
        for name, value in HEADERS.items():
            self.set_header(name, value)


class _Pages(_Guarded, tornado.web.StaticFileHandler):
    """The page and its scripts, as they are now."""

    def set_extra_headers(self, path: str) -> None:
        """Have the browser ask each time."""
        self.set_header("Cache-Control", "no-cache")


class _Drafts(_Guarded, tornado.web.StaticFileHandler):
    """Pictures and films from the store, by their key; in parts, as players ask for them."""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Give what is shown and nothing else that the store has."""
        if Path(absolute_path).parent.name not in self.desk.shown.drawn:
            raise tornado.web.HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Where the file of a key lies."""
        key, _, name = path.partition("/")
        return str(Store(Path(root), lambda line: None).path(key) / name)

    def set_extra_headers(self, path: str) -> None:
        """What has a key never changes."""
        self.set_header("Cache-Control", "private, max-age=86400, immutable")


class _Events(_Guarded):
    """Tells a page what there is, and then what changes."""

    async def get(self) -> None:
        """Tell for as long as the page listens."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        queue = self.desk.listen()
        try:
            while True:
                try:
                    self.write(await asyncio.wait_for(queue.get(), SILENCE_S))
                except TimeoutError:
                    self.write(": \n\n")
                await self.flush()
        except (tornado.iostream.StreamClosedError, asyncio.CancelledError):
            pass
        finally:
            self.desk.leave(queue)


class _Look(_Guarded):
    """Hears what a page looks at."""

    def post(self) -> None:
        """Take a moment, and the language of the captions."""
        if self.request.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise tornado.web.HTTPError(415)
        try:
            told = json.loads(self.request.body)
            moment, tag = moment_from(told), told.get("captions")
        except (ValueError, RecursionError):
            raise tornado.web.HTTPError(400) from None
        known = {each["tag"] for each in self.desk.shown.plan.get("languages", ())}
        self.desk.look(moment, tag if isinstance(tag, str) and tag in known else self.desk.order.captions_tag)
        self.set_status(204)


def application(desk: Desk, port: int) -> tornado.web.Application:
    """What answers at a port of this machine."""
    return tornado.web.Application(
        [
            (r"/events", _Events),
            (r"/look", _Look),
            (DRAFT, _Drafts, {"path": str(desk.order.cache)}),
            (r"/(.*)", _Pages, {"path": str(STATIC), "default_filename": "index.html"}),
        ],
        desk=desk,
        hosts=frozenset(f"{name}:{port}" for name in (ADDRESS, "localhost")),
        log_function=lambda handler: None,
    )


def serve(order: Order, port: int, ready: Callable[[str], None]) -> None:
    """Show a film while it is edited, until interrupted.

    Args:
        order: which film, and how it looks.
        port: of this machine; any that is free if 0.
        ready: is told the page's address.

    Raises:
        ExplainerError: the port is taken, or the film's folder cannot be watched.
    """
    store = Store(order.cache, lambda line: None)
    try:
        asyncio.run(_serve(order, port, ready))
    finally:
        prune(store)


async def _serve(order: Order, port: int, ready: Callable[[str], None]) -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stopped.set)
    with ExitStack() as stack:
        try:
            (socket,) = tornado.netutil.bind_sockets(port, ADDRESS)
        except OSError as error:
            remedy = "name another with --port, or end what listens there"
            raise ExplainerError(f"port {port} cannot be had ({error.strerror})", "--port", remedy) from None
        stack.callback(socket.close)
        connection = stack.enter_context(drawing())

        def changed() -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(desk.change)

        watch = stack.enter_context(watching(order.root, changed))
        desk = Desk(order, connection, watch.add)
        own_port = socket.getsockname()[1]
        server = tornado.httpserver.HTTPServer(
            application(desk, own_port), max_body_size=LARGEST_BODY_BYTES, max_buffer_size=1 << 20
        )
        server.add_socket(socket)
        loop.add_reader(connection.fileno(), desk.hear)
        stack.callback(partial(loop.remove_reader, connection.fileno()))
        desk.draw()
        ready(f"http://{ADDRESS}:{own_port}/")
        await stopped.wait()
