"""The preview in a real browser: what is saved is seen, and what is broken is told until it is mended."""

from __future__ import annotations

import time

import pytest

SCRIPT, SCENE, GERMAN = "narration/ball.toml", "scenes/throw.py", "narration/locale/ball/de.po"
PICTURE = """() => {
  const shown = document.querySelector("video.on");
  const canvas = new OffscreenCanvas(854, 480);
  const context = canvas.getContext("2d");
  context.drawImage(shown, 0, 0, 854, 480);
  const { data } = context.getImageData(0, 0, 854, 480);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += data[i] * (1 + (i % 977));
  return sum;
}"""


@pytest.fixture
def page(browser, preview):
    wrong, asked = [], []
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(preview.address)
    yield opened
    context.close()
    assert wrong == []
    assert all(url.startswith(preview.address) for url in asked)


def until(page, expression, seconds=60.0):
    end_s = time.monotonic() + seconds
    while not (found := page.evaluate(expression)):
        assert time.monotonic() < end_s, expression
        page.wait_for_timeout(20)
    return found


def shows(id, text):
    return f"document.getElementById('{id}').textContent.includes({text!r})"


def test_what_is_saved_is_seen(page, preview):
    until(page, shows("state", "Up to date"))
    page.click("text=A ball leaves the hand")
    until(page, shows("caption", "A ball leaves the hand"))
    until(page, "document.querySelector('video.on')?.readyState >= 2")

    preview.edit(SCRIPT, "A ball leaves the hand", "The ball leaves a hand")
    until(page, shows("caption", "The ball leaves a hand"))
    until(page, "!document.getElementById('still').hidden && document.getElementById('still').naturalWidth === 854")
    until(page, shows("state", "Up to date"))
    until(page, "document.getElementById('still').hidden")

    page.keyboard.press("Space")
    until(page, "document.querySelector('video.on').currentTime > 1.5")
    page.keyboard.press("Space")
    before = page.evaluate(PICTURE)
    preview.edit(SCENE, "RADIUS = 0.22", "RADIUS = 0.55")
    until(page, "document.getElementById('state').classList.contains('busy')")
    until(page, shows("state", "Up to date"))
    until(page, "document.getElementById('still').hidden")
    assert page.evaluate(PICTURE) != before


def test_what_is_broken_is_told_until_it_is_mended(page, preview):
    until(page, shows("state", "Up to date"))
    until(page, "document.querySelector('video.on')?.readyState >= 2")
    preview.edit(SCRIPT, "{rise_time}", "{rise}")
    until(page, shows("errors", "ball.toml: throw.top: unknown placeholder {rise}"))
    assert page.evaluate("document.querySelector('video.on').readyState") >= 2
    preview.edit(SCRIPT, "{rise}", "{rise_time}")
    until(page, "!document.getElementById('errors').textContent")

    preview.edit(SCENE, "path, panel = ", "path = ")
    until(page, shows("errors", "scenes/throw.py:"))
    preview.edit(SCENE, "path = ", "path, panel = ")
    until(page, "!document.getElementById('errors').textContent")


def test_captions_are_shown_in_a_language_and_its_edits_seen(page, preview):
    until(page, shows("state", "Up to date"))
    page.select_option("#language", "de")
    until(page, "document.getElementById('caption').lang === 'de'")
    page.click("text=Their sum stays")
    until(page, shows("caption", "Summe"))
    preview.edit(GERMAN, "Summe bleibt", "Summe, die bleibt")
    until(page, shows("caption", "Summe, die bleibt"))
