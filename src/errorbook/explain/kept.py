"""errors.json made of a project's errors.yaml, kept until one of the files behind it changes.

To read the models, the YAML and the rules takes several times as long as the answer may. What is
kept was valid, and belongs to files that hold what they held then; nothing else is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import errorbook
from errorbook.cache_files import built, file_of, key_of, made_folder, unsealed

if TYPE_CHECKING:
    from errorbook.catalog.audience import Audience

_FORMAT: Final = b"errorbook explain 2"
_PLACES: Final = ("errorbook.yaml", "errors.yaml", ".git")
"""What ends the search for a project, or is found by it."""


@dataclass(frozen=True)
class Kept:
    """What problems call the catalog, and its errors.json."""

    name: str
    document: bytes


def recall(
    start: Path, project: Path | None, catalog: Path | None, audience: Audience
) -> Kept | None:
    """Return what was kept for these options, if everything it came from is as it was.

    What was kept for one audience is never found for another.
    """
    folder = made_folder()
    if folder is None:
        return None
    key = _key(start, project, catalog, audience)
    with suppress(OSError, ValueError, AttributeError, KeyError):
        kept = unsealed(key, file_of(folder, key).read_bytes())
        head, _, document = (kept or b"").partition(b"\n")
        said = json.loads(head) if head else {}
        files = said.get("files", {})
        if files and all(_digest_of(Path(path)) == digest for path, digest in files.items()):
            return Kept(str(said["name"]), document)
    return None


def keep(  # noqa: PLR0913, PLR0917  # what it came from, and what it is
    start: Path,
    project: Path | None,
    catalog: Path | None,
    audience: Audience,
    sources: Mapping[Path, bytes],
    made: Kept,
) -> None:
    """Keep a document that came from ``sources``, as far as there is a place to keep it."""
    from errorbook.catalog import cache  # noqa: PLC0415  # takes long

    folder = made_folder()
    if folder is None:
        return
    digests: dict[str, str | None] = {
        str(path.absolute()): _digest(content) for path, content in sources.items()
    }
    for path in _passed(start, project, catalog, sources):
        digests.setdefault(str(path), None)
    head = json.dumps({"name": made.name, "files": digests}).encode()
    key = _key(start, project, catalog, audience)
    cache.write(folder, key, head + b"\n" + made.document)


def _passed(
    start: Path, project: Path | None, catalog: Path | None, sources: Iterable[Path]
) -> Iterable[Path]:
    """Yield what would have been found instead, had it been there."""
    if project is not None:
        if project.is_dir():
            yield project.absolute() / _PLACES[0]
        return
    if catalog is not None:
        return
    homes = {path.absolute().parent for path in sources if path.name in _PLACES}
    for folder in (start, *start.parents):
        yield folder / _PLACES[0]
        if folder in homes:
            return
        yield from (folder / name for name in _PLACES[1:])


def _key(start: Path, project: Path | None, catalog: Path | None, audience: Audience) -> str:
    options = json.dumps([str(start), str(project or ""), str(catalog or ""), audience])
    return key_of(_FORMAT, errorbook.__version__.encode(), built().encode(), options.encode())


def _digest_of(path: Path) -> str | None:
    try:
        return _digest(path.read_bytes())
    except FileNotFoundError:
        return None
    except IsADirectoryError:
        return ""


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=32).hexdigest()
