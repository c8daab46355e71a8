"""Pages of HTML from templates: the engine's own here, a film's where it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError

TEMPLATES = Path(__file__).with_name("templates")


def rendered(template: str, *folders: Path, **values: Any) -> str:
    """A template filled in; every value is escaped, and one that is missing is an error.

    Args:
        template: its file name.
        folders: where else templates are found, and what they include.
        values: by name.

    Raises:
        ExplainerError: a film's template is broken, or asks for what there is not.
    """
    import jinja2

    settings = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return settings.get_template(template).render(**values)
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.name}:{error.lineno}"
        raise ExplainerError(f"broken template ({error.message})", place, "mend it there") from None
    except jinja2.TemplateError as error:
        problem = f"it cannot be filled in ({error})"
        raise ExplainerError(problem, template, "mend it, or the template that it includes") from None
