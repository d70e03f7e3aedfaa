"""The source of an error's page: Markdown with front matter, as somebody could write it."""

from __future__ import annotations

from typing import Any

import yaml
from markupsafe import escape

from errorbook.catalog import Api
from errorbook.catalog.prose import plain
from errorbook.site.links import ErrorKey
from errorbook.site.source_page import API_KEY, ERROR_KEY

BLOCK = "/// errors | page\n///\n"


def title_of(name: str, api: Api, shown: str) -> str:
    """Return the title of a page as HTML, which is how themes set titles."""
    return f"{shown} - {escape(api.title or name)}"


def description_of(api: Api, code: str) -> str:
    """Return what a page says of itself to those who list it, as HTML: one line, maybe empty."""
    error = api.errors.get(code) or api.retired.get(code)
    return str(escape(" ".join(plain(error.meaning).split()))) if error else ""


def page_source(
    key: ErrorKey | None, title: str, description: str, api: str, *, searched: bool
) -> str:
    """Return the page of ``key``; without one, a page whose block shows what it is told to."""
    front: dict[str, Any] = {"title": title}
    if description:
        front["description"] = description
    front[API_KEY] = api
    if key is not None:
        front[ERROR_KEY] = "/".join(key)
    if not searched:
        front["search"] = {"exclude": True}
    written = yaml.safe_dump(front, width=1_000_000, allow_unicode=True, sort_keys=False)
    return f"---\n{written}---\n\n{BLOCK}"
