"""The page's folder: one HTML file with all its words, data, style and scripts, and the films beside it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from explainer.errors import ExplainerError, quoted
from explainer.film.manifest import FinishedFilm
from explainer.html.pages import rendered
from explainer.html.safety import json_in_script, policy
from explainer.page.bundle import bundle, panels_module
from explainer.page.colours import custom_properties
from explainer.page.content import content
from explainer.page.shown import REMEDY, Built, Shown, page_words, show
from explainer.stage.look import THEMES, theme_of
from explainer.tasks.atomic import Content, publish
from explainer.words.allowed import FINISHED, Allowed

STATIC = Path(__file__).with_name("static")
INDEX, FILMS, PAGE = "index.html", "films", "page"
_ID = re.compile(r'\sid="([^"]+)"')
POSTER_WIDTH, POSTER_QUALITY = 1280, 80


def build_page(
    films: Sequence[Built],
    tags: Sequence[str],
    out: Path,
    *,
    height: int | None = None,
    allowed: Allowed = FINISHED,
) -> list[Path]:
    """Make the page's folder; returns its files, the page itself first.

    Args:
        films: the page begins with the first, which has to be built; of the others it holds those that are.
        tags: of the languages of the page and its captions; the first is the page's own.
        out: the folder to make or bring up to date.
        height: play the films of that picture height; the finest there are if not given.
        allowed: what may be shown of unfinished translations.

    Raises:
        ExplainerError: no finished film, a text that is not translated, panels that clash, a folder that cannot be
            written.
    """
    wanted = tuple(dict.fromkeys(tags))
    found = [show(each, wanted, height, first=each is films[0], allowed=allowed) for each in films]
    shown = [each for each in found if each is not None]
    lead, known = shown[0], films[0].known
    words = {each.language.tag: page_words(lead.film, each, known, allowed, PAGE) for each in lead.narrations}
    files: dict[Path, Content] = {out / INDEX: render(shown, words)}
    for each in (finished for film in shown for finished in film.finished):
        files[out / FILMS / each.path.name] = each.path
        files[out / poster_place(each)] = light_poster(each.poster)
    publish(files)
    return list(files)


def poster_place(finished: FinishedFilm) -> Path:
    """Where a film's poster lies in the page's folder."""
    return Path(FILMS, finished.poster.stem + ".webp")


def light_poster(path: Path) -> bytes:
    """A poster as WebP, no wider than the page shows it: eight of them would else outweigh the page.

    Raises:
        ExplainerError: it is not a picture.
    """
    from PIL import Image

    try:
        with Image.open(path) as picture:
            picture.thumbnail((POSTER_WIDTH, POSTER_WIDTH))
            light = io.BytesIO()
            picture.convert("RGB").save(light, "WEBP", quality=POSTER_QUALITY)
    except (OSError, Image.DecompressionBombError) as error:
        raise ExplainerError(f"not a picture ({error})", path.name, REMEDY) from None
    return light.getvalue()


def render(shown: Sequence[Shown], words: Mapping[str, Mapping[str, str]]) -> str:
    """The page as one HTML text; the first film lends it its colours and its languages."""
    lead = shown[0]
    first = lead.narrations[0].language
    themes = {name: theme_of(name, lead.film.script.settings.themes) for name in THEMES}
    properties = {
        name: custom_properties(theme, dark=name == "dark")
        | {key: value for film in shown for key, value in film.panels.properties.get(name, {}).items()}
        for name, theme in themes.items()
    }
    style = rendered("page.css.j2", themes=properties)
    style += "".join(film.panels.part("panels.css.j2", themes=properties) for film in shown)
    scripts = {
        film.id: bundle([folder / "static", STATIC], "panels.js") for film in shown if (folder := film.panels.folder)
    }
    script = bundle([STATIC], "main.js", {"panels.js": panels_module(scripts)})
    addresses = {
        each.path: (quote(f"{FILMS}/{each.path.name}"), quote(poster_place(each).as_posix()))
        for film in shown
        for each in film.finished
    }
    languages = [narration.language for narration in lead.narrations]
    data = content(lead.film.name, themes, languages, words, shown, addresses)
    films = [_parts(film, first.tag, words[first.tag]) for film in shown]
    page = rendered(
        "page.html.j2",
        language=first,
        languages=languages,
        text=words[first.tag],
        narration=lead.narrations[0],
        films=films,
        voices=data["films"][0]["voices"],
        captions=languages,
        policy=policy(script, style),
        style=style,
        script=script,
        data=json_in_script(data),
    )
    _check_ids(page, films)
    return page


def _parts(film: Shown, tag: str, words: Mapping[str, str]) -> dict[str, Any]:
    """What the page's template sets in of a film, in the page's own language."""
    narration = film.narration(tag)
    known = {
        "text": {**words, **film.texts[narration.language.tag]},
        "label": narration.labels,
        "panels": film.panels.data,
    }
    return {
        "id": film.id,
        "title": narration.title,
        "language": narration.language,
        "panels": film.panels.part("panels.html.j2", **known),
        "notes": film.panels.part("notes.html.j2", **known),
    }


def _check_ids(page: str, films: Sequence[Mapping[str, Any]]) -> None:
    """Refuse panels that give an element an id that another on the page has."""
    for id, times in Counter(_ID.findall(page)).items():
        if times > 1:
            owners = [film["id"] for film in films if id in _ID.findall(film["panels"] + film["notes"])]
            raise ExplainerError(
                f"the id {quoted(id)} stands twice on the page",
                f"panels of {' and '.join(owners)}",
                "rename one of them",
            )
