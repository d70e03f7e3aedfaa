"""A catalog as it is brought in: a published errors.json, whole and valid."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from errorbook import outputs
from errorbook.catalog import Catalog, LoadedCatalog, load
from errorbook.catalog.audience import seen_by
from errorbook.fetch.lock import with_lf
from errorbook.outputs import errors_json
from errorbook.problems import ErrorbookError, Place, Problem, shortened
from errorbook.published import (
    FORMAT,
    KNOWN,
    MAX_BYTES,
    Edition,
    edition,
    is_published,
    read_published,
)


class NewerFormatError(OSError):
    """A file in a format that this errorbook cannot read."""


@dataclass(frozen=True)
class Published:
    """A valid errors.json: its bytes, what it says, and in which format."""

    content: bytes
    catalog: Catalog
    edition: Edition

    @property
    def notice(self) -> str:
        """What its user should know of its format; empty if nothing."""
        if self.edition <= KNOWN:
            return ""
        return (
            f"it has format {self.edition}, and this errorbook understands {KNOWN}: what is newer "
            "is ignored; upgrade errorbook to have it"
        )


def published_at(path: Path, name: str) -> Published:
    """Return the errors.json at ``path``, or what would be published of the errors.yaml there.

    Problems call it ``name``. Of an errors.yaml, only what is public is published.

    Raises:
        NewerFormatError: if it is in a newer format.
        ErrorbookError: with every problem, if it is no valid catalog.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if is_published(content):
        return published(content, name)
    loaded = load(path, name=name)
    _check(loaded)
    seen = seen_by(loaded.catalog, "public")
    text = errors_json.render(seen)[errors_json.FILE]
    return Published(text.encode(), seen, KNOWN)


def published(content: bytes, name: str) -> Published:
    """Return the errors.json that ``content`` is; problems call it ``name``.

    Raises:
        NewerFormatError: if it is in a newer format.
        ErrorbookError: with every problem, if it is none, or no valid one.
    """
    said = edition(content) or Edition(FORMAT)
    if said.format > FORMAT:
        raise NewerFormatError(
            f"{shortened(name)} has format {said}, which this errorbook cannot read (the newest "
            f"is {KNOWN}): upgrade errorbook"
        )
    read_published(content, name)
    if not is_published(content):  # never read as YAML, which may include files of this machine
        message = "this is no published errors.json"
        raise ErrorbookError([Problem("unknown-format", Place(name, 1, 1), message)])
    content = with_lf(content)
    loaded = load(Path(errors_json.FILE), name=name, content=content)
    _check(loaded)
    return Published(content, loaded.catalog, said)


def _check(loaded: LoadedCatalog) -> None:
    """Refuse what no SDK could be generated from, as every verb does that opens the catalog."""
    problems = loaded.place(outputs.problems(seen_by(loaded.catalog, "public")))
    if problems:
        raise ErrorbookError(problems)
