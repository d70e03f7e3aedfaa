"""Small catalogs for the tests, and what Errorbook says of them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

from hypothesis import settings

from errorbook.catalog import CatalogError, LoadedCatalog, load
from errorbook.catalog.models import Api
from errorbook.problems import Problem

BOUNDED = settings(derandomize=True, deadline=None)
"""For properties: the same examples on every machine, however slow it is."""

ENVELOPE = '{body: {error: {code: "{code}", message: "{message}", "*": "{details}"}}}'


def text(written: str) -> str:
    """Return a catalog as it is written in a test, without the indentation of the test."""
    return textwrap.dedent(written).lstrip("\n")


def api(written: str) -> str:
    """Return a catalog of one API, ``demo``, of which ``written`` is the body; it is on line 3."""
    return "apis:\n  demo:\n" + textwrap.indent(text(written), "    ")


def errors(written: str) -> str:
    """Return a catalog with an envelope and with ``written`` as its errors, from line 5 on."""
    body = f"envelopes: [{ENVELOPE}]\nerrors:\n" + textwrap.indent(text(written), "  ")
    return api(body)


class Folder:
    """A folder that catalogs are written to and loaded from."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def load(self, content: str | bytes, **others: str | bytes) -> LoadedCatalog:
        """Load ``content`` as errors.yaml, beside other files whose names end in ``.yaml``."""
        self.write({"errors.yaml": content})
        self.write({f"{name}.yaml": other for name, other in others.items()})
        return load(self.path / "errors.yaml", name="errors.yaml")

    def api(self, content: str | bytes, **others: str | bytes) -> Api:
        """Return the API ``demo`` of a catalog."""
        return self.load(content, **others).catalog.apis["demo"]

    def problems(self, content: str | bytes, **others: str | bytes) -> tuple[Problem, ...]:
        """Return what is wrong in a catalog; nothing if it loads."""
        try:
            self.load(content, **others)
        except CatalogError as error:
            return error.problems
        return ()

    def says(self, content: str | bytes, **others: str | bytes) -> list[str]:
        """Return what is wrong in a catalog, as a person reads it."""
        return [str(problem) for problem in self.problems(content, **others)]
