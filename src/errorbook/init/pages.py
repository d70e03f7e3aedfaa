"""The pages of errors that a site gets, beside those that it has."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from errorbook.catalog import Api, Catalog
from errorbook.init.contents import rendered
from errorbook.init.layout import Layout
from errorbook.init.mkdocs_file import Page
from errorbook.outputs.languages import languages_of

_BLOCK: Final = b"/// errors |"
_MOST_BYTES: Final = 1024 * 1024
_NAMES: Final = ("errors", "error-codes")
_EXPLORERS: Final = {"explorer": "Explorer", "error-explorer": "Error explorer"}


def add(layout: Layout, docs: str, public: Catalog) -> list[Page]:
    """Add a page for each API, and one with the explorer; return them, those that are there too."""
    found = []
    several = len(public.apis) > 1
    for name, api in public.apis.items():
        whose, prefix = (f"{api.title or name} ", f"{name}-") if several else ("", "")
        names = {f"{prefix}{word}": f"{whose}{word.replace('-', ' ')}" for word in _NAMES}
        titles = {file: title[0].upper() + title[1:] for file, title in names.items()}
        filled = partial(rendered, "errors.md", id=name, **_contents(name, api))
        why = f"a table of every error of {api.title or name}"
        found += _page(layout, docs, titles, filled, why)
    filled, why = partial(rendered, "explorer.md"), "decodes whatever somebody pastes"
    return [*found, *_page(layout, docs, _EXPLORERS, filled, why)]


def add_index(layout: Layout, docs: str, title: str, pages: Sequence[Page]) -> None:
    """Add a page to begin with, unless there is one."""
    if os.path.lexists(layout.root / docs / "README.md"):
        return
    layout.new(f"{docs}/index.md", rendered("index.md", title=title, pages=pages), "the first page")


def _page(
    layout: Layout, docs: str, titles: Mapping[str, str], filled: Callable[..., bytes], why: str
) -> list[Page]:
    """Add a page under the first name that is free, unless one of them is such a page already.

    ``titles`` are what the page is called, by the name of its file; ``filled`` takes the title.
    """
    for name, title in titles.items():
        path = f"{docs}/{name}.md"
        if _is_of_errors(layout, path):
            layout.left.append(path)
            return [Page(title, f"{name}.md")]
        folder = layout.root / docs / name
        is_free = not any(os.path.lexists(folder / one) for one in ("index.md", "README.md"))
        if is_free and layout.new(path, filled(title=title), why):
            return [Page(title, f"{name}.md")]
    layout.remarks.append(f"no page was added for {name}: {docs}/{name}.md is somebody else's too")
    return []


def _is_of_errors(layout: Layout, path: str) -> bool:
    file = layout.root / path
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return _BLOCK in opened.read(_MOST_BYTES)


def _contents(name: str, api: Api) -> dict[str, bool]:
    """Return which blocks have something to show."""
    contract = api.contract.model_dump(exclude_none=True, exclude_defaults=True)
    return {
        "has_errors": bool(api.errors),
        "has_envelopes": bool(api.envelopes),
        "has_contract": bool(contract),
        "has_exceptions": bool(api.errors)
        and any(one.base_class(name, api) for one in languages_of(api)),
        "has_exit_codes": bool(api.exit_codes),
        "has_troubleshooting": bool(api.troubleshooting),
    }
