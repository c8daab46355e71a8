"""A frame as outlines: the scene's mobjects drawn by Manim's own camera, in its own order, on a vector surface."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cairo

from explainer.media.frames import stage
from explainer.media.shot import Shot
from explainer.stage.palette import hex_rgb

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_POINTS_A_PIXEL = 0.75


def draw(shot: Shot, frame: int, kind: str, target: Path, title: str, description: str = "") -> None:
    """Write a frame of a shot's segment as SVG or PDF.

    Args:
        shot: the segment and the picture's size in pixels.
        frame: counted from the segment's first.
        kind: svg or pdf.
        target: the file.
        title: what the picture is called, for readers and screen readers.
        description: what is on it.
    """
    scale = 1.0 if kind == "svg" else _POINTS_A_PIXEL
    surface = _SURFACES[kind](str(target), shot.width * scale, shot.height * scale, title)
    context = cairo.Context(surface)
    with stage(shot) as scene:
        scene.draw_frame(frame)
        camera: Any = scene.renderer.camera
        if not shot.transparent:
            context.set_source_rgb(*hex_rgb(scene.theme.background))
            context.paint()
        across, down = shot.width / camera.frame_width * scale, shot.height / camera.frame_height * scale
        context.set_matrix(cairo.Matrix(across, 0, 0, -down, shot.width * scale / 2, shot.height * scale / 2))
        for mobject in camera.get_mobjects_to_display([scene.actors]):
            # The camera writes colours for a pixel buffer whose channels are the other way round.
            mobject.fill_rgbas = mobject.fill_rgbas[:, [2, 1, 0, 3]]
            mobject.stroke_rgbas = mobject.stroke_rgbas[:, [2, 1, 0, 3]]
            camera.display_vectorized(mobject, context)
    surface.finish()
    if kind == "svg":
        _describe(target, title, description)


def _svg_surface(path: str, width: float, height: float, title: str) -> cairo.SVGSurface:
    surface = cairo.SVGSurface(path, width, height)
    surface.set_document_unit(cairo.SVGUnit.PX)
    return surface


def _pdf_surface(path: str, width: float, height: float, title: str) -> cairo.PDFSurface:
    surface = cairo.PDFSurface(path, width, height)
    surface.set_metadata(cairo.PDFMetadata.TITLE, title)
    return surface


_SURFACES = {"svg": _svg_surface, "pdf": _pdf_surface}


def _describe(path: Path, title: str, description: str) -> None:
    """Give an SVG the name and the description that screen readers read out."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    tree = ElementTree.parse(path)
    root = tree.getroot()
    root.set("role", "img")
    root.set("aria-label", title)
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{_SVG}}}{tag}")
        element.text = text
        root.insert(place, element)
    tree.write(path, encoding="utf-8", xml_declaration=True)
