"""Which files an output makes of a catalog, kept until the catalog or Errorbook itself changes.

Outputs are pure functions: what one gave for a catalog, it gives again. Only digests are kept:
they tell whether what stands on disk is what would be rendered, and are small however many files
there are. A text is rendered when one differs.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property
from importlib.machinery import PathFinder
from typing import Final

import pydantic

from errorbook import __version__
from errorbook.cache_files import built, file_of, key_of, made_folder, unsealed
from errorbook.catalog import Catalog
from errorbook.catalog.cache import write
from errorbook.outputs import OUTPUTS, Files

_FORMAT: Final = b"errorbook files 2"
_TEMPLATES: Final = "jinja2"
"""What fills templates."""


class Rendered:
    """The files that one output makes of a catalog: their digests, and their texts on demand."""

    def __init__(self, output: str, catalog: Catalog, catalog_json: bytes | None = None) -> None:
        """``catalog_json`` is the catalog as JSON, if somebody has it."""
        self._output = output
        self._catalog = catalog
        self._json = catalog_json

    @cached_property
    def texts(self) -> Files:
        """The text of each file, rendered when it is asked for the first time."""
        return OUTPUTS[self._output].render(self._catalog)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The digest of each file, by its path below the folder of the target."""
        folder = made_folder()
        if folder is None:
            return self._made()
        key = self._key()
        with suppress(OSError, ValueError):
            kept = unsealed(key, file_of(folder, key).read_bytes())
            if kept is not None:
                known: dict[str, str] = json.loads(kept)
                return known
        made = self._made()
        write(folder, key, json.dumps(made).encode())
        return made

    def _made(self) -> dict[str, str]:
        return {path: digest_of(text.encode()) for path, text in self.texts.items()}

    def _key(self) -> str:
        said = self._json or json_of(self._catalog)
        versions = (__version__, built(), _version_of(_TEMPLATES), pydantic.VERSION)
        parts = (*(version.encode() for version in versions), self._output.encode(), said)
        return key_of(_FORMAT, *(part + b"\0" for part in parts))


def json_of(catalog: Catalog) -> bytes:
    """Return all that ``catalog`` says, in the order in which it does."""
    return catalog.model_dump_json().encode(errors="surrogatepass")


def digest_of(content: bytes) -> str:
    """Return the digest of a file of which every line ends in LF."""
    return hashlib.sha256(content).hexdigest()


@cache
def _version_of(package: str) -> str:
    """Return what tells the version of a package that is installed, without importing it.

    Its folder stands beside the one that names its version; to read what is in that one takes a
    hundred times as long.
    """
    found = PathFinder.find_spec(package)
    if found is None or found.origin is None:
        return ""
    folder = os.path.dirname(os.path.dirname(found.origin))  # noqa: PTH120  # ten times as quick
    return "\0".join([found.origin, *sorted(_named(folder, package)), _date_of(found.origin)])


def _named(folder: str, package: str) -> Iterator[str]:
    with suppress(OSError):  # within a zip
        yield from (
            name
            for name in os.listdir(folder)  # noqa: PTH208  # ten times as quick
            if name.lower().startswith(f"{package}-")
        )


def _date_of(file: str) -> str:
    with suppress(OSError):
        return str(os.stat(file).st_mtime_ns)  # noqa: PTH116  # ten times as quick
    return ""
