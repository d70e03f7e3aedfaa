"""Fetch files: what that would change, and the change itself, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from errorbook.catalog import Catalog
from errorbook.catalog.addresses import file_name
from errorbook.fetch.condition import condition
from errorbook.fetch.folder import Folder, OutsideError
from errorbook.fetch.lock import Lock
from errorbook.fetch.source import look
from errorbook.fetch.update import Update, compared, update_of
from errorbook.outputs.errors_json import FILE
from errorbook.outputs.stamp import stamp_of
from errorbook.problems import ErrorbookError, Place, Problem, quoted
from errorbook.project_file import LOCK_FILE
from errorbook.published import MAX_BYTES, is_published
from errorbook.writing import free_copy_name, write_all


@dataclass
class Updates:
    """What fetching several files would change, and why some of them could not be had."""

    updates: list[Update] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """Why a source could not be reached: one line each."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with catalogs that are not valid."""


@dataclass(frozen=True)
class Written:
    """What was done: files written, and copies kept of what hands had edited."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


class ForeignFileError(ErrorbookError):
    """Something that errorbook did not fetch stands where it would have to write."""


def updates_of(folder: Folder, lock: Lock, names: Iterable[str]) -> Updates:
    """Return what fetching the files ``names`` of ``lock`` again would change."""
    found = Updates()
    for name in names:
        pin = lock.files[name]
        try:
            folder.check(name)
            found.updates.append(update_of(name, pin.source, folder.root, pin))
        except ErrorbookError as error:
            found.problems += error.problems
        except (OSError, OutsideError) as error:
            found.failures.append(f"{folder.shown(name)}: {_why(error)}")
    return found


def update_from(folder: Folder, lock: Lock, source: str, name: str | None) -> Update:
    """Return what fetching ``source``, as the lock keeps it, into the file ``name`` would change.

    Without a name it is that of the file that came from there, or follows from what is found.

    Raises:
        OSError: if the source cannot be reached, or has a newer format.
        ErrorbookError: if what it has is no valid catalog.
        OutsideError: if the file must not be written.
    """
    found = look(source, folder.root)
    if name is None and found.published is not None:
        name = _usual_name(found.published.catalog)
    name = name or FILE
    folder.check(name)
    alike = next((one for one in lock.files if one.casefold() == name.casefold()), None)
    if alike is not None and alike != name:
        raise OutsideError(f"{quoted(name)} and {quoted(alike)} are one file on some systems")
    return compared(name, source, folder.root, lock.files.get(name), found)


def write(folder: Folder, lock: Lock, updates: Sequence[Update]) -> Written:
    """Write what ``updates`` change, and the lock; nothing unless all of it can be.

    Raises:
        ForeignFileError: if a file is in the way that was not fetched.
        OSError: if something cannot be written.
    """
    contents: dict[Path, bytes] = {}
    written, kept, foreign = [], [], []
    for update in updates:
        if update.content is None:
            continue
        file = folder.root / update.name
        state = _state(file, update)
        if state == "foreign":
            foreign.append(_refusal(folder.shown(update.name)))
        elif state == "edited":
            copy = free_copy_name(file)
            contents[copy] = file.read_bytes()
            kept.append(folder.shown(copy.relative_to(folder.root).as_posix()))
        contents[file] = update.content
        written.append(folder.shown(update.name))
    if foreign:
        raise ForeignFileError(foreign)
    changed = lock.with_pins({update.name: update.after for update in updates})
    if changed != lock or not (folder.root / LOCK_FILE).exists():
        contents[folder.root / LOCK_FILE] = changed.text.encode()
    write_all(contents)
    return Written(tuple(written), tuple(kept))


def _state(file: Path, update: Update) -> str:
    """Return what stands where a file is to be written: nothing, its former self, edits, others."""
    if not file.exists() and not file.is_symlink():
        return "missing"
    if update.before is None or file.is_symlink() or not file.is_file():
        return "foreign"
    state = condition(file, update.before)
    return state if state != "edited" or _was_fetched(file) else "foreign"


def _was_fetched(file: Path) -> bool:
    """Tell whether a file that is not as it was pinned is a published catalog, or was one.

    The lock alone does not say so: a line in it, and any file of the project would be replaced.
    """
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    return is_published(content) or stamp_of(content.decode(errors="replace")) is not None


def _refusal(shown: str) -> Problem:
    message = "was not fetched by errorbook, which does not overwrite it"
    return Problem("not-fetched", Place(shown), message, "move it away, or name another with --to")


def _usual_name(catalog: Catalog) -> str:
    """Return what a catalog is called that nobody gave a name: by its API if it has but one."""
    names = list(catalog.apis)
    return f"{file_name(names[0])}.{FILE}" if len(names) == 1 else FILE


def _why(error: Exception) -> str:
    place = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
    return place + (getattr(error, "strerror", None) or str(error))
