"""The page's folder: one HTML file with all its words, data, style and scripts, and the films beside it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from explainer.errors import ExplainerError
from explainer.film.manifest import FinishedFilm, films_in
from explainer.html.pages import rendered
from explainer.html.safety import json_in_script, policy
from explainer.page.bundle import bundle
from explainer.page.colours import custom_properties
from explainer.page.content import content
from explainer.page.panels import panels_of
from explainer.stage.look import THEMES, theme_of
from explainer.tasks.atomic import Content, publish
from explainer.words.facts import Known
from explainer.words.film import Film, film_ids
from explainer.words.localize import Narration
from explainer.words.texts import PANELS, of_domain, placeholders

STATIC = Path(__file__).with_name("static")
INDEX, FILMS = "index.html", "films"
POSTER_WIDTH, POSTER_QUALITY = 1280, 80
REMEDY = "make it again: explainer video"


def build_page(
    film: Film,
    known: Known,
    film_folders: Sequence[Path],
    tags: Sequence[str],
    out: Path,
    *,
    height: int | None = None,
    allow_missing: bool = False,
) -> list[Path]:
    """Make the page's folder; returns its files, the page itself first.

    Args:
        film: whose page it is.
        known: its numbers.
        film_folders: folders that builds of the film left, one a spoken language; those without one are passed over.
        tags: of the languages of the page and its captions; the first is the page's own.
        out: the folder to make or bring up to date.
        height: play the films of that picture height; the finest there are if not given.
        allow_missing: show texts that have no finished translation as they were written.

    Raises:
        ExplainerError: no finished film, a text that is not translated, a folder that cannot be written.
    """
    narrations = [film.narration(tag, known.facts, allow_missing=allow_missing) for tag in dict.fromkeys(tags)]
    words = {each.language.tag: page_words(film, each, known, allow_missing) for each in narrations}
    found = finest_films(film, film_folders, [cue.id for cue in narrations[0].cues], height)
    films = sorted(found, key=lambda each: each.language_tag != narrations[0].language.tag)
    files: dict[Path, Content] = {out / INDEX: render(film, known, narrations, words, films)}
    for each in films:
        files[out / FILMS / each.path.name] = each.path
        files[out / poster_place(each)] = light_poster(each.poster)
    publish(files)
    return list(files)


def page_folder(film: Film) -> str:
    """The name of a film's page among what is built; only the film that is meant by default has the plain one."""
    meant = film.script.settings.default or len(film_ids(film.root)) == 1
    return "page" if meant else f"page-{film.id}"


def page_words(film: Film, narration: Narration, known: Known, allow_missing: bool) -> dict[str, str]:
    """The page's texts in the language of a narration, by id, with the film's facts filled in; other names stay."""
    texts = of_domain(film.texts(narration.language.tag, allow_missing=allow_missing), "page", PANELS)
    filled = {}
    for id, text in texts.items():
        for name in placeholders(text) & known.facts.keys():
            text = text.replace(f"{{{name}}}", known.facts[name].text(narration.language))
        filled[id] = text
    return filled


def finest_films(
    film: Film, folders: Sequence[Path], cue_ids: Sequence[str], height: int | None = None
) -> tuple[FinishedFilm, ...]:
    """The finest finished film of each folder, in the order of the folders; folders without one are passed over.

    Raises:
        ExplainerError: none in any folder, one that tells another script, or two of one language.
    """
    finest: dict[str, FinishedFilm] = {}
    for folder in folders:
        found = [each for each in films_in(folder) if each.film_id == film.id and height in (None, each.height)]
        whole = [each for each in found if [cue.id for cue in each.planned.cues] == list(cue_ids)]
        if found and not whole:
            raise ExplainerError("the film has other cues than the script", found[0].path.name, REMEDY)
        if whole:
            best = max(whole, key=lambda each: (each.width * each.height, each.fps))
            if best.language_tag in finest:
                raise ExplainerError(f"a second film in {best.language_tag}", str(folder), "give one folder a language")
            finest[best.language_tag] = best
    if not finest:
        names = ", ".join(str(folder) for folder in folders) or "no folder given"
        size = f" of {height} pixels' height" if height else ""
        raise ExplainerError(f"there is no finished film{size}", names, "make one: explainer video")
    return tuple(finest.values())


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


def render(
    film: Film,
    known: Known,
    narrations: Sequence[Narration],
    words: Mapping[str, Mapping[str, str]],
    films: Sequence[FinishedFilm],
) -> str:
    """The page as one HTML text."""
    themes = {name: theme_of(name, film.script.settings.themes) for name in THEMES}
    panels = panels_of(film, themes, known)
    properties = {
        name: custom_properties(theme, dark=name == "dark") | dict(panels.properties.get(name, {}))
        for name, theme in themes.items()
    }
    script = bundle([*(folder / "static" for folder in panels.folders), STATIC], "main.js")
    style = rendered("page.css.j2", *panels.folders, themes=properties)
    addresses = {
        each.language_tag: (quote(f"{FILMS}/{each.path.name}"), quote(poster_place(each).as_posix())) for each in films
    }
    data = content(film.name, themes, narrations, words, films, addresses, panels.data)
    first = narrations[0].language
    return rendered(
        "page.html.j2",
        *panels.folders,
        language=first,
        languages=[narration.language for narration in narrations],
        text=words[first.tag],
        label=narrations[0].labels,
        narration=narrations[0],
        film=data["films"][0],
        films=[film.language(each.language_tag) for each in films],
        panels=panels.data,
        policy=policy(script, style),
        style=style,
        script=script,
        data=json_in_script(data),
    )
