"""The output ``pages``: what the MkDocs events add to a site, as files of its ``docs`` folder.

A builder without plugins, such as Zensical, renders the pages through the Markdown extension and
copies the rest. A page holds no fact of the catalog but its title and description: its block shows
them, so a builder that is told to watch the catalog shows a change before this is run again.

There is no Markdown of an error for programs as MkDocs has it: at its address stands the source of
the page. ``llms.txt`` leads to the JSON instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import yaml
from markupsafe import escape

from errorbook.catalog import Api, Catalog
from errorbook.catalog.addresses import folder, is_on_one_page, places
from errorbook.catalog.facts import former_codes
from errorbook.outputs import OUTPUTS, errors_json, llms
from errorbook.outputs.error_facts import ErrorIndex
from errorbook.outputs.error_json import error_json
from errorbook.outputs.error_links import DATA, ErrorLinks
from errorbook.outputs.stamp import GENERATED, stamp_line, stamp_of, stamped
from errorbook.site.error_pages import MOST_SEARCHED
from errorbook.site.explorer import SCRIPTS, STYLES, asset, explorer_index
from errorbook.site.group_pages import group_pages
from errorbook.site.page import ASSETS
from errorbook.site.page_source import description_of, page_source, title_of
from errorbook.site.redirect import redirect
from errorbook.site.selection import selections
from errorbook.site.source_page import API_KEY

SUMMARY = "the pages of errors, scripts and data of a site, for builders without plugins"
OUTPUT: Final = "pages"
FORMAT: Final = 1
SCHEMAS: Final = ("schema", "catalog-schema")
FORMATS: Final = ("llms", "openapi", "body-schema", "problem-types")
"""Outputs that a site publishes, beside errors.json and the files of each error."""
_INDEX: Final = "/index"
_BEGIN_OF_PAGE: Final = re.compile(rf"---\r?\n# {re.escape(GENERATED)} output {OUTPUT}, ")


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return every file, by path below the folder of the site's sources.

    APIs may have a folder in common: of two files with one path, the first is kept.
    """
    files: dict[str, str] = {}
    for path, text in _files(catalog):
        files.setdefault(path, _stamped(path, text))
    return files


def is_generated(path: str, begin: str) -> bool:
    """Tell whether this output has written a file, by how it begins.

    A page has to begin with the stamp: others may well speak of it.
    """
    if path.endswith(".md"):
        return _BEGIN_OF_PAGE.match(begin) is not None
    return GENERATED in begin and f"output {OUTPUT}," in begin


def _files(catalog: Catalog) -> Iterator[tuple[str, str]]:
    is_searched = sum(len(places(*one)) for one in catalog.apis.items()) <= MOST_SEARCHED
    for name, api in catalog.apis.items():
        if not is_on_one_page(api):
            yield from _of_api(catalog, name, api, searched=is_searched)
    known = selections(catalog, paged=True)
    for page in group_pages(known, [name for name, one in known.items() if one.is_paged]):
        yield page.path, page.markdown
    for name in (*STYLES, *SCRIPTS):
        yield ASSETS + name, asset(name)

    def link(name: str, code: str) -> str:
        return _address(name, catalog.apis[name], code)

    for name, script in explorer_index(catalog, link=link).items():
        yield ASSETS + name, script
    yield errors_json.FILE, errors_json.errors_json(catalog, link=link, indent=1)
    for output in (*SCHEMAS, *(FORMATS if catalog.apis else ())):
        if output == "llms":
            yield from llms.render(catalog, extension=DATA).items()
        else:
            yield from OUTPUTS[output].render(catalog).items()


def _of_api(catalog: Catalog, name: str, api: Api, *, searched: bool) -> Iterator[tuple[str, str]]:
    former, index = former_codes(api), ErrorIndex(name, api)
    for code, place in places(name, api).items():
        stem = place.stem or ""
        if code in former and code not in api.errors:
            there = _address(name, api, former[code])
            yield f"{stem}.html", redirect(_address(name, api, code), there, None)
        else:
            title, description = title_of(name, api, str(escape(code))), description_of(api, code)
            key = (name, code)
            yield f"{stem}.md", page_source(key, title, description, name, searched=searched)
        links = ErrorLinks(catalog, name, stem)
        yield stem + DATA, error_json(index, code, links, has_markdown=False)
    if folder(name, api):
        yield f"{folder(name, api)}index.md", _listing(name, api)


def _listing(name: str, api: Api) -> str:
    """Return the page at the folder of an API's errors, where MkDocs sends readers elsewhere."""
    title = title_of(name, api, "Errors")
    front = yaml.safe_dump({"title": title, API_KEY: name}, width=1_000_000, allow_unicode=True)
    return f"---\n{front}---\n\n# Errors\n\n/// errors | codes\n///\n"


def _address(name: str, api: Api, code: str) -> str:
    """Return where an error is documented, from the root of the site."""
    place = places(name, api)[code]
    if place.stem is None:
        return place.path
    return f"{place.stem.removesuffix(_INDEX)}/" if place.stem.endswith(_INDEX) else place.path


def _stamped(path: str, text: str) -> str:
    """Return a file with the stamp of this output, in place of that of another or as a comment."""
    former = stamp_of(text)
    if former is not None and path.endswith((".json", ".txt")):
        blank = stamp_line(OUTPUT, FORMAT, text.replace(former, "", 1).encode())
        return stamped(text.replace(former, blank, 1))
    line = f"{GENERATED} {stamp_line(OUTPUT, FORMAT, text.encode())}"
    if path.endswith(".md"):  # all of them begin with front matter
        return stamped(text.replace("---\n", f"---\n# {line}\n", 1))
    begin, end = {"html": ("<!--", "-->"), "css": ("/*", "*/")}.get(
        path.rpartition(".")[2], ("//", "")
    )
    return stamped(f"{begin} {line} {end}".rstrip() + f"\n{text}")
