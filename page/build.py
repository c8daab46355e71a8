"""The page's folder: one HTML file with all its words, tables, style and scripts, and the films beside it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from narration.files import put
from narration.languages import language
from narration.localize import Narration, localize
from narration.script import load_script
from page.bundle import bundle
from page.colours import custom_properties
from page.content import content
from page.errors import PageError
from page.films import Film, find_films
from page.html import json_in_script, policy
from page.texts import texts

HERE = Path(__file__).parent
STATIC, TEMPLATES = HERE / "static", HERE / "templates"
INDEX, FILMS = "index.html", "films"
POSTER_WIDTH, POSTER_QUALITY = 1280, 80


def build_page(
    film_folders: Iterable[Path],
    languages: Sequence[str],
    out: Path,
    *,
    height: int | None = None,
    allow_missing: bool = False,
) -> list[Path]:
    """Make the page's folder; returns its files, the page itself first.

    Args:
        film_folders: folders that builds of the film left, one a spoken language; those without a film are passed over.
        languages: tags of the languages of the page and its captions; the first is the page's own.
        out: the folder to make or bring up to date.
        height: play the films of that picture height; the finest there are if not given.
        allow_missing: show texts that have no finished translation in English.

    Raises:
        PageError, NarrationError: no film, an unknown language, a text that is not translated, a folder that cannot
            be written.
    """
    rows = [language(tag) for tag in dict.fromkeys(languages)]
    if not rows:
        raise PageError("languages", "none is given", "name at least one, for instance en")
    script = load_script()
    narrations = [localize(script, row, allow_missing=allow_missing) for row in rows]
    words = {row.tag: texts(row, allow_missing=allow_missing) for row in rows}
    found = find_films(film_folders, [cue.id for cue in narrations[0].cues], height)
    films = sorted(found, key=lambda film: film.language_tag != rows[0].tag)
    beside: dict[Path, Path | bytes] = {}
    for film in films:
        beside[Path(FILMS, film.video.name)] = film.video
        beside[poster_place(film)] = light_poster(film.poster)
    html = render(narrations, words, films)
    for place, source in beside.items():
        _put(out / place, source)
    _put(out / INDEX, html.encode("utf-8"))
    return [out / INDEX, *(out / place for place in beside)]


def poster_place(film: Film) -> Path:
    """Where a film's poster lies in the page's folder."""
    return Path(FILMS, film.poster.stem + ".webp")


def light_poster(path: Path) -> bytes:
    """A poster as WebP, no wider than the page shows it: eight of them would else outweigh the page.

    Raises:
        PageError: it is not a picture.
    """
    from PIL import Image

    try:
        with Image.open(path) as picture:
            picture.thumbnail((POSTER_WIDTH, POSTER_WIDTH))
            light = io.BytesIO()
            picture.convert("RGB").save(light, "WEBP", quality=POSTER_QUALITY)
    except OSError as error:
        raise PageError(path.name, f"not a picture ({error})", "make the film again: render.py video") from None
    return light.getvalue()


def render(narrations: Sequence[Narration], words: dict[str, dict[str, str]], films: Sequence[Film]) -> str:
    """The page as one HTML text."""
    import jinja2

    loader = jinja2.FileSystemLoader(TEMPLATES)
    settings = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    script = bundle(STATIC, "main.js")
    themes = {theme: custom_properties(theme) for theme in ("dark", "light")}
    style = settings.get_template("page.css.j2").render(themes=themes)
    addresses = {
        film.language_tag: (quote(f"{FILMS}/{film.video.name}"), quote(poster_place(film).as_posix())) for film in films
    }
    data = content(narrations, words, films, addresses)
    first = narrations[0].language
    return settings.get_template("index.html.j2").render(
        language=first,
        languages=[narration.language for narration in narrations],
        text=words[first.tag],
        label=narrations[0].labels,
        narration=narrations[0],
        film=data["films"][0],
        films=[language(film.language_tag) for film in films],
        tables=data["tables"],
        policy=policy(script, style),
        style=style,
        script=script,
        data=json_in_script(data),
    )


def _put(target: Path, source: Path | bytes) -> None:
    try:
        put(target, source)
    except OSError as error:
        raise PageError(
            str(target), f"it cannot be written ({error.strerror})", "free the folder or its disk"
        ) from None
