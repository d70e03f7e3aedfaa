"""Places as a forge knows them: from the root of the repository, wherever the command was run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from errorbook.problems import Place
from errorbook.reports.outcome import Outcome


def rooted(outcome: Outcome, start: Path) -> Outcome:
    """Return ``outcome`` with paths from the root of the repository that ``start`` is in.

    Its paths are those seen from ``start``. Without a repository, they stay so.
    """
    root = next((one for one in (start, *start.parents) if (one / ".git").exists()), start)
    if root == start:
        return outcome
    entries = tuple(
        replace(entry, place=_from(root, start, entry.place)) for entry in outcome.entries
    )
    return replace(outcome, entries=entries, file=_from(root, start, Place(outcome.file)).path)


def _from(root: Path, start: Path, place: Place) -> Place:
    if not place.path or Path(place.path).is_absolute():
        return place
    path = Path(os.path.normpath(start / place.path))
    return replace(place, path=Path(os.path.relpath(path, root)).as_posix())
