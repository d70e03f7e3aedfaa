"""errorbook.lock: which files were fetched, from where, and what they were then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, ValidationError

from errorbook.catalog.models import Model
from errorbook.catalog.refusals import finding_of
from errorbook.catalog.sources import Source, place
from errorbook.fetch.folder import why_not_fetched
from errorbook.problems import ErrorbookError, Finding, Place, Problem, quoted
from errorbook.project_file import LOCK_FILE

VERSION: Final = 1
MAX_BYTES: Final = 1024 * 1024
_COMMENT: Final = "Written by `errorbook fetch`: commit it, and leave it to errorbook."
_RULE: Final = "unreadable-lock"
_HINT: Final = "restore it from git, or remove it and fetch each file again from its source"


class Pin(Model):
    """One fetched file: where it came from, and what it was."""

    source: str = Field(min_length=1, max_length=4096)
    commit: str = Field("", pattern=r"^(?:[0-9a-f]{40}(?:[0-9a-f]{24})?)?$")
    """The commit it was read from; empty where it came from no repository."""
    apis: dict[str, str | None]
    """The version of each API in it; None where it has none."""
    format: str = Field(pattern=r"^[0-9]{1,9}\.[0-9]{1,9}$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Lock(Model):
    """Every fetched file, by its path below the folder of the lock."""

    version: Literal[1] = VERSION
    comment: str = Field(_COMMENT, alias="$comment")
    files: dict[str, Pin] = Field(default_factory=dict)

    def with_pins(self, pins: Mapping[str, Pin]) -> Lock:
        """Return the lock with ``pins`` in place of those it has of these files."""
        return Lock(files={**self.files, **pins})

    @property
    def text(self) -> str:
        """The lock as it is written: sorted, and the same on every machine."""
        files = {name: self.files[name].model_dump() for name in sorted(self.files)}
        for pin in files.values():
            pin["apis"] = dict(sorted(pin["apis"].items()))
            if not pin["commit"]:
                del pin["commit"]
        data = {"version": VERSION, "$comment": _COMMENT, "files": files}
        return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def read_lock(folder: Path, name: str) -> Lock:
    """Return the lock in ``folder``, which problems call ``name``; an empty one if there is none.

    Raises:
        ErrorbookError: with everything that is wrong with it.
        OSError: if it is there but cannot be read.
    """
    file = folder / LOCK_FILE
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Lock()
    data = _parsed(content, name)
    version = data.get("version")
    if type(version) is int and version > VERSION:
        message = f"version {version} of the lock is newer than {VERSION}, the newest that is read"
        raise _refused(Place(name, 1, 1), message, "upgrade errorbook")
    source = Source(file, name, content)
    try:
        lock = Lock.model_validate_json(content)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise _problems(source, (finding_of(one, root=Lock) for one in details)) from None
    wrong = list(_misplaced(lock))
    if wrong:
        raise _problems(source, wrong)
    return lock


def digest(content: bytes) -> str:
    """Return the hash that a file is pinned by: however its lines end, that of LF."""
    return hashlib.sha256(with_lf(content)).hexdigest()


def with_lf(content: bytes) -> bytes:
    """Return ``content`` with LF newlines, as it is written and pinned."""
    return content.replace(b"\r\n", b"\n")


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise _refused(Place(name), f"the lock is larger than {MAX_BYTES:,} bytes", _HINT)
    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        where = Place(name, error.lineno, error.colno)
        raise _refused(where, f"this is not JSON: {error.msg}", _HINT) from None
    except (ValueError, RecursionError):
        raise _refused(Place(name, 1, 1), "this is not JSON", _HINT) from None
    if not isinstance(data, dict):
        raise _refused(Place(name, 1, 1), "expected a JSON object", _HINT)
    return data


def _misplaced(lock: Lock) -> Iterator[Finding]:
    seen: set[str] = set()
    for name in lock.files:
        reason = why_not_fetched(name)
        if reason is None and name.casefold() in seen:
            reason = "is there twice, but for the case of its letters"
        if reason:
            message = f"the path {quoted(name)} {reason}"
            yield Finding(_RULE, ("files", name), message, _HINT, at_key=True)
        seen.add(name.casefold())


def _problems(source: Source, findings: Iterator[Finding] | list[Finding]) -> ErrorbookError:
    renamed = [Finding(_RULE, one.path, one.message, _HINT) for one in findings]
    return ErrorbookError(place([source], renamed))


def _refused(where: Place, message: str, hint: str) -> ErrorbookError:
    return ErrorbookError([Problem(_RULE, where, message, hint)])
