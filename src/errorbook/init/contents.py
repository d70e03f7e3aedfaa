"""What the files that `init` writes hold: templates, filled with what its user said."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from errorbook.init.yaml_entries import flow

if TYPE_CHECKING:
    from jinja2 import Environment


def rendered(template: str, **values: object) -> bytes:
    """Return the template of that name, filled with ``values``, with LF newlines."""
    return _environment().get_template(f"{template}.jinja").render(**values).encode()


@cache
def _environment() -> Environment:
    from jinja2 import (  # noqa: PLC0415  # slow to import
        Environment,
        PackageLoader,
        StrictUndefined,
    )

    from errorbook.outputs.markdown_prose import markdown_text  # noqa: PLC0415  # as above

    environment = Environment(  # noqa: S701  # what it writes is no HTML, and texts go through filters
        loader=PackageLoader("errorbook.init"),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = _quoted
    environment.filters["plain"] = flow
    environment.filters["markdown"] = markdown_text
    return environment


def _quoted(text: str) -> str:
    """Return ``text`` as a YAML scalar in quotation marks, which no character of it can end."""
    return json.dumps(text, ensure_ascii=False)
