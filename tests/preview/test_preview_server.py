"""The preview's server answers this machine's own page, gives films in parts, and tells what changes."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

JSON = {"Content-Type": "application/json"}


@contextmanager
def asked(
    preview: Any, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(urlsplit(preview.address).netloc, timeout=30)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        yield connection.getresponse()
    finally:
        connection.close()


def told(response: http.client.HTTPResponse) -> Iterator[tuple[str, Any]]:
    """Server-sent events, by name."""
    name = ""
    for line in map(bytes.decode, response):
        if line.startswith("event: "):
            name = line[7:].strip()
        elif line.startswith("data: "):
            yield name, json.loads(line[6:])


@pytest.fixture(scope="module")
def film(preview: Any) -> str:
    """The address of a film that is drawn."""
    with asked(preview, "/events") as response:
        assert response.getheader("Content-Type") == "text/event-stream"
        key = next(key for name, films in told(response) if name == "films" for key in films.values())
    return f"/drafts/{key}/film.mp4"


@pytest.mark.parametrize("path", ["/", "/events", "/main.js", "/drafts/00/film.mp4"])
def test_a_name_that_was_made_to_lead_here_is_refused(path: str, preview: Any) -> None:
    port = urlsplit(preview.address).port
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1.evil.example:{port}", ""):
        with asked(preview, path, Host=host) as response:
            assert response.status == 403, host
    with asked(preview, path, Origin="http://evil.example") as response:
        assert response.status == 403


def test_the_page_runs_nothing_but_its_own_scripts(preview: Any) -> None:
    with asked(preview, "/", Host=f"localhost:{urlsplit(preview.address).port}") as response:
        page = response.read().decode()
        policy = dict(part.split(" ", 1) for part in response.getheader("Content-Security-Policy", "").split("; "))
        assert (response.status, response.getheader("X-Content-Type-Options")) == (200, "nosniff")
    assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'"
    assert "style=" not in page and "onclick" not in page and page.count("<script") == page.count("<script type=") == 1


def test_parts_of_a_film_are_given(preview: Any, film: str) -> None:
    with asked(preview, film) as response:
        whole = response.read()
        assert (response.status, response.getheader("Accept-Ranges")) == (200, "bytes")
        assert response.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    with asked(preview, film, Range="bytes=10-19") as response:
        assert (response.status, response.read()) == (206, whole[10:20])
        assert response.getheader("Content-Range") == f"bytes 10-19/{len(whole)}"
    with asked(preview, film, Range="bytes=-5") as response:
        assert (response.status, response.read()) == (206, whole[-5:])
    with asked(preview, film, Range=f"bytes={len(whole)}-") as response:
        assert response.status == 416


def test_nothing_else_is_given(preview: Any, film: str) -> None:
    others = [str(path.parent.name) for path in (preview.root / ".cache").rglob("entry.json")]
    for path in (
        "/../server.py",
        "/%2e%2e/server.py",
        "/drafts/../../../etc/passwd",
        film.replace("film.mp4", "entry.json"),
        f"/drafts/{next(key for key in others if key not in film)}/film.mp4",
        f"/drafts/{'0' * 40}/film.mp4",
    ):
        with asked(preview, path) as response:
            assert response.status in (403, 404), path


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('{"cue": "throw.top", "after_s": 0.5, "captions": "de"}', "application/json", 204),
        ('{"cue": "no.such", "after_s": -1, "captions": []}', "application/json", 204),
        ('{"cue": "throw.top", "after_s": 0.5}', "text/plain", 415),
        ('{"cue": "throw.top", "after_s": 1e999}', "application/json", 400),
        ('{"cue": "throw.top", "after_s": NaN}', "application/json", 400),
        ('{"cue": 1, "after_s": 0}', "application/json", 400),
        ("[" * 4000, "application/json", 400),
        ("[]", "application/json", 400),
        ("\xff", "application/json", 400),
    ],
)
def test_only_a_moment_can_be_told(body: str, kind: str, status: int, preview: Any) -> None:
    with asked(preview, "/look", "POST", body, Content_Type=kind) as response:
        assert response.status == status


def test_a_change_is_told_to_those_who_listen(preview: Any, film: str) -> None:
    with asked(preview, "/events") as response:
        events = told(response)
        before = next(what for name, what in events if name == "plan")
        preview.edit("narration/ball.toml", 'title = "Thrown up"', 'title = "Thrown up high"')
        after = next(what for name, what in events if name == "plan")
        assert (before["title"], after["title"]) == ("Thrown up", "Thrown up high")
        preview.edit("narration/ball.toml", 'title = "Thrown up high"', 'title = "Thrown up"')
        assert next(what for name, what in events if name == "plan")["title"] == "Thrown up"
