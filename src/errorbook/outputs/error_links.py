"""Where links lead in the Markdown page of an error: relative, so that they hold on any site."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from urllib.parse import unquote

from errorbook.catalog import Catalog
from errorbook.catalog.addresses import docs_url, folder, places

PAGE = ".md"
DATA = ".json"


class ErrorLinks:
    """The links of one file, which stands at ``path`` from the root and is about the API ``name``.

    Files of APIs that are published at one address, or at none that is known, share a root.
    ``extension`` is that of the files that links to errors lead to.
    """

    def __init__(self, catalog: Catalog, name: str, path: str, extension: str = PAGE) -> None:
        self._catalog = catalog
        self._name = name
        self._extension = extension
        self._url = catalog.apis[name].docs.url
        self._places = places(name, catalog.apis[name])
        self._steps = path.split("/")[:-1]
        self._here = "".join(f"{step}/" for step in self._steps)
        self._above = "".join(f"{step}/" for step in self._steps[:-1])

    def prose(self, reference: str) -> str | None:
        """Return where a reference in prose leads, such as ``rate_limited`` or ``api/code``."""
        found = self._meant(reference) or self._meant(unquote(reference))
        return self.error(found[1], found[0]) if found else None

    def error(self, code: str, name: str | None = None, extension: str | None = None) -> str | None:
        """Return the address of the page of a code, present or gone, of this API or another."""
        name = name or self._name
        api = self._catalog.apis[name]
        place = (self._places if name == self._name else places(name, api)).get(code)
        if place is None:
            return None
        if self._url != api.docs.url:
            return docs_url(name, api, code)
        stem = place.stem
        if stem is None:
            return docs_url(name, api, code) or self.target(place.path)
        return self.file(stem + (extension or self._extension))

    def beside(self, name: str) -> str:
        """Return the address of a file that stands beside the pages of this API."""
        return self.file(folder(self._name, self._catalog.apis[self._name]) + name)

    def file(self, path: str) -> str:
        """Return the address of a file whose ``path`` begins at the root."""
        if path.startswith(self._here):
            return path[len(self._here) :]
        if path.startswith(self._above):
            return f"../{path[len(self._above) :]}"
        steps = path.split("/")
        shared = 0
        for here, there in zip(self._steps, steps[:-1], strict=False):
            if here != there:
                break
            shared += 1
        return "/".join([*[".."] * (len(self._steps) - shared), *steps[shared:]])

    def target(self, target: str) -> str:
        """Return the target of any other link, of which a path begins at the root."""
        path, mark, rest = target.partition("#")
        if not path or path.startswith(("/", "?")) or ":" in path.partition("/")[0]:
            return target
        relative = self.file(posixpath.normpath(path))
        return f"{relative}{'/' * path.endswith('/')}{mark}{rest}"

    def _meant(self, reference: str) -> tuple[str, str] | None:
        """Return API and code: a bare code is this API's, else that of the only one that has it."""
        apis = self._catalog.apis
        if reference in apis[self._name].errors:
            return self._name, reference
        name, _, code = reference.partition("/")
        if name in apis and code in apis[name].errors:
            return name, code
        return _only(self._catalog.owners(reference), reference)


def _only(owners: Iterable[str], code: str) -> tuple[str, str] | None:
    found = list(owners)
    return (found[0], code) if len(found) == 1 else None
