"""Frames as PNG files."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from exports.clip import Rgba, straight
from scenes.palette import hex_rgb


def save_png(rgba: Rgba, transparent: bool, matte: str, target: Path) -> None:
    """Write a frame as PNG; with transparency the ground's colour `matte` is taken out of soft edges."""
    pixels = straight(rgba, hex_rgb(matte)) if transparent else rgba[..., :3]
    Image.fromarray(pixels).save(target, "PNG", optimize=True)
