"""Draw docs/pictures/architecture.svg from the imports: rooms by layer, an arrow from each to what it imports.

An arrow that also follows from two others is left out. `python tools/draw_architecture.py [FILE]`
"""

from __future__ import annotations

import sys
import tomllib
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "architecture.svg"
ENGINE = "explainer"
WIDTH, BOX_WIDTH, BOX_HEIGHT, ROW = 960, 150, 40, 78
# The rooms of a film's folder, on the level of those of the engine that they use or stand beside.
FILM_ROWS = {
    "page": ("evaluators", "panels", "figures"),
    "stage": ("scenes",),
    "words": ("narration",),
    "tasks": ("physics",),
}
FILMS = {name for row in FILM_ROWS.values() for name in row}


def rows() -> list[tuple[str, ...]]:
    """The layers of the engine as the import contracts have them, top first; a layer's rooms side by side."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(each["layers"] for each in settings["contracts"] if each["name"].startswith("The engine's rooms"))
    named = [tuple(part.strip().removeprefix(f"{ENGINE}.") for part in layer.split("|")) for layer in layers]
    return [row for row in named if row != ("errors",)]


def arrows(rooms: set[str]) -> set[tuple[str, str]]:
    """Which room imports which, without those that also follow from others."""
    graph = grimp.build_graph(ENGINE, *sorted(FILMS), cache_dir=None)

    def room(module: str) -> str:
        top, _, rest = module.partition(".")
        return top if top in FILMS else rest.partition(".")[0]

    direct = {
        (room(module), room(imported))
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    }
    direct = {(one, other) for one, other in direct if one != other and {one, other} <= rooms}
    reach = set(direct)
    while more := {(a, d) for a, b in reach for c, d in reach if b == c} - reach:
        reach |= more
    return {
        (one, other)
        for one, other in direct
        if not any((one, between) in reach and (between, other) in reach for between in rooms)
    }


def drawn() -> str:
    """The picture as SVG."""
    engine = rows()
    places: dict[str, tuple[float, float]] = {}
    for number, row in enumerate(engine):
        for column, name in enumerate(row):
            places[name] = (330 + (column - (len(row) - 1) / 2) * (BOX_WIDTH + 26), 70 + number * ROW)
    height = 70 + (len(engine) - 1) * ROW + 50
    for level, row in FILM_ROWS.items():
        for column, name in enumerate(row):
            places[name] = (800 + (column - (len(row) - 1) / 2) * 102, places[level][1])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="sans-serif" font-size="15">',
        "<title>Rooms of the engine and of a film, and which imports which</title>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L10 5L0 10z" fill="#6b7690"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        '<text x="330" y="28" text-anchor="middle" font-weight="bold" fill="#10162a">the engine: explainer/</text>',
        f'<text x="800" y="{places["panels"][1] - 36:g}" text-anchor="middle" font-weight="bold" fill="#10162a">'
        "a film's folder</text>",
    ]
    for one, other in sorted(arrows(set(places))):
        (x, y), (u, v) = places[one], places[other]
        if one in FILMS and other not in FILMS:  # from one side to the other
            path = f"M{x - 47:g} {y:g}L{u + BOX_WIDTH / 2 + 2:g} {v + (8 if y == v else 0):g}"
        else:
            path = f"M{x:g} {y + 20:g}C{x:g} {y + 50:g} {u:g} {v - 50:g} {u:g} {v - 21:g}"
        parts.append(f'<path d="{path}" fill="none" stroke="#6b7690" stroke-width="1.3" marker-end="url(#tip)"/>')
    for name, (x, y) in places.items():
        width = 92 if name in FILMS else BOX_WIDTH
        colours = ("#fff4e0", "#c77a00") if name in FILMS else ("#e8eefc", "#3a5bb0")
        parts.append(
            f'<rect x="{x - width / 2:g}" y="{y - 20:g}" width="{width}" height="{BOX_HEIGHT}" rx="8" '
            f'fill="{colours[0]}" stroke="{colours[1]}"/>'
            f'<text x="{x:g}" y="{y + 5:g}" text-anchor="middle" fill="#10162a">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    Path(*(sys.argv[1:] or [PICTURE])).write_text(drawn(), encoding="utf-8")
