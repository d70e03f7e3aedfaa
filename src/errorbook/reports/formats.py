"""In which formats a report is wanted, and where each goes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from errorbook.problems import quoted, suggest

TEXT: Final = "text"
FORMATS: Final = (TEXT, "json", "markdown", "github", "gitlab", "sarif", "junit")


@dataclass(frozen=True)
class Wanted:
    """A format, and the file it is written to; without one, to standard output."""

    format: str
    file: Path | None = None


def wanted(words: tuple[str, ...]) -> tuple[Wanted, ...]:
    """Return what ``words`` such as ``json`` or ``json:out.json`` mean; text if there are none.

    Raises:
        ValueError: if one means nothing, or two would go to one place.
    """
    found = tuple(map(_wanted, words or (TEXT,)))
    places = [one.file and os.path.normcase(os.path.realpath(one.file)) for one in found]
    if len(set(places)) < len(places):
        raise ValueError("two formats go to one place: name a file for each, as in json:out.json")
    return found


def _wanted(word: str) -> Wanted:
    name, colon, file = word.partition(":")
    if name not in FORMATS:
        raise ValueError(f"no format is called {quoted(name)} ({suggest(name, FORMATS)})")
    if colon and not file:
        raise ValueError(f"{quoted(word)} names no file behind the colon")
    if "\0" in file:
        raise ValueError(f"{quoted(word)} names no file that there can be")
    return Wanted(name, Path(file) if file else None)
