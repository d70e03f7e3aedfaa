"""A page for every code: Markdown for people, and JSON beside it for programs.

Errors have one, retired codes (what they meant and what took their place), and codes that an error
was known by before (where it is now). None is written for an API whose errors are documented on a
page that somebody writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errorbook.catalog import Catalog
from errorbook.catalog.addresses import places
from errorbook.outputs.error_facts import ErrorIndex
from errorbook.outputs.error_json import FORMAT, error_json
from errorbook.outputs.error_links import DATA, PAGE, ErrorLinks
from errorbook.outputs.error_markdown import error_markdown
from errorbook.outputs.stamp import GENERATED, stamp_line, stamped

SUMMARY = "a page for every code, in Markdown and in JSON"


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the files of every code, by path below ``docs.url``.

    APIs that are published at different addresses may have a folder in common: of two files with
    one path, the first is kept. ``apis`` of a target says which to write.
    """
    files: dict[str, str] = {}
    for path, text in _files(catalog):
        files.setdefault(path, text)
    return files


def _files(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for name, api in catalog.apis.items():
        index = ErrorIndex(name, api)
        for code in places(name, api):
            yield from files_of(catalog, index, code)


def files_of(
    catalog: Catalog, index: ErrorIndex, code: str, *, indented: bool = True
) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file of one code of the API that ``index`` is of.

    The JSON is ``indented``, so that the differences of two versions can be read, or one line.
    """
    stem = places(index.name, index.api)[code].stem
    if stem is not None:
        links = ErrorLinks(catalog, index.name, stem)
        yield stem + PAGE, _stamped(error_markdown(index, code, links))
        yield stem + DATA, error_json(index, code, links, indented=indented)


def _stamped(text: str) -> str:
    line = stamp_line("error-pages", FORMAT, text.encode())
    return stamped(f"<!-- {GENERATED} {line} -->\n\n{text}")
