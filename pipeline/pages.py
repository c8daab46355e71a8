"""Pages of HTML from the templates beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).with_name("templates")


def rendered(template: str, **values: Any) -> str:
    """A template filled in; every value is escaped, and one that is missing is an error."""
    import jinja2

    loader = jinja2.FileSystemLoader(TEMPLATES)
    settings = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return settings.get_template(template).render(**values)
