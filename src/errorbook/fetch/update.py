"""What fetching a file would change: its bytes, its pin, and what that means for its readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from errorbook.baseline import BaselineError
from errorbook.baseline.reading import read
from errorbook.catalog import Catalog
from errorbook.checks.printing import one_line
from errorbook.contract.changelog import changelog_line
from errorbook.contract.compare import compare
from errorbook.contract.views import seen_both
from errorbook.fetch.condition import condition
from errorbook.fetch.lock import Pin, digest
from errorbook.fetch.published import Published
from errorbook.fetch.source import Found, look

MOST_LINES: Final = 50
"""Changes that are listed."""
_SHORT: Final = 7


@dataclass(frozen=True)
class Update:
    """One file, as it is pinned and as its source has it now.

    ``content`` is what it has to hold; None where it holds that already.
    """

    name: str
    before: Pin | None
    after: Pin
    content: bytes | None = None
    changes: tuple[str, ...] = ()
    """Lines of a changelog, the worst first."""
    notice: str = ""

    @property
    def is_behind(self) -> bool:
        """Whether the source has something else now than when the file was pinned."""
        return self.before is None or self.before.sha256 != self.after.sha256

    @property
    def transition(self) -> str:
        """Which versions of the APIs it had and has, on one line."""
        former: Mapping[str, str | None] = self.before.apis if self.before else {}
        names = dict.fromkeys((*former, *self.after.apis))
        steps = [_step(name, former, self.after.apis) for name in names]
        if self.before and self.is_behind and former == self.after.apis:
            hashes = (self.before.sha256[:_SHORT], self.after.sha256[:_SHORT])
            steps.append(f"sha256 {' -> '.join(hashes)}")
        return one_line(", ".join(steps))


def update_of(name: str, source: str, root: Path, before: Pin | None) -> Update:
    """Return what fetching the file ``name`` of the folder ``root`` from ``source`` would change.

    Raises:
        OSError: if the source cannot be reached, or has a newer format.
        ErrorbookError: if what it has is no valid catalog.
    """
    found = look(source, root, _known(root / name, source, before))
    return compared(name, source, root, before, found)


def compared(name: str, source: str, root: Path, before: Pin | None, found: Found) -> Update:
    """Return what it changes that the file ``name`` becomes what was ``found`` in ``source``."""
    if found.published is None:
        if before is None:
            raise ValueError("a file without a pin has to be read")
        return Update(name, before, before)
    after = pin_of(source, found.published, found.commit)
    is_same = before is not None and (before.source, before.sha256) == (source, after.sha256)
    pinned = before if is_same and before is not None else after
    on_disk = condition(root / name, pinned)
    is_whole = before is not None and condition(root / name, before) == "whole"
    changes: tuple[str, ...] = ()
    if is_whole and not is_same:
        changes = _changes(root / name, name, found.published.catalog)
    return Update(
        name,
        before,
        pinned,
        None if on_disk == "whole" else found.published.content,
        changes,
        found.published.notice,
    )


def pin_of(source: str, published: Published, commit: str) -> Pin:
    """Return the pin of a file that was read from ``source``, at ``commit`` if it has commits."""
    return Pin(
        source=source,
        commit=commit,
        apis={name: api.version for name, api in published.catalog.apis.items()},
        format=str(published.edition),
        sha256=digest(published.content),
    )


def _known(file: Path, source: str, before: Pin | None) -> Pin | None:
    """Return the pin of what does not have to be read again, unless the source has moved on."""
    is_known = before is not None and before.source == source
    return before if is_known and before and condition(file, before) == "whole" else None


def _changes(file: Path, name: str, after: Catalog) -> tuple[str, ...]:
    """Return what the contract gained and lost, in the words of a changelog."""
    try:
        before = read(file, name, name).catalog
    except BaselineError:
        return ("what it said before cannot be read",)
    former, present = seen_both(before, after, "public")
    changes = compare(former, present)
    lines = [
        f"{changelog_line(change, one_line, one_line)} ({change.severity})" for change in changes
    ]
    if not lines:
        return ("nothing that the contract is about",)
    left = len(lines) - MOST_LINES
    return (*lines[:MOST_LINES], f"… and {left:,} more") if left > 0 else tuple(lines)


def _step(name: str, former: Mapping[str, str | None], present: Mapping[str, str | None]) -> str:
    if name not in present:
        return f"{name} is gone"
    after = present[name] or ""
    if name not in former or former[name] == present[name]:
        return f"{name} {after}".rstrip()
    return f"{name} {former[name] or 'without a version'} -> {after or 'without a version'}"
