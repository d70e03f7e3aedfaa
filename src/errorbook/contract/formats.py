"""In which formats a report is wanted, and where each goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from errorbook.contract.report import Report
from errorbook.contract.report_github import github_report
from errorbook.contract.report_json import json_report
from errorbook.contract.report_markdown import markdown_report
from errorbook.contract.report_text import plain, text_report
from errorbook.problems import quoted, suggest

TEXT: Final = "text"
WRITERS: Final[Mapping[str, Callable[[Report], str]]] = {
    TEXT: lambda report: plain(text_report(report)),
    "json": json_report,
    "markdown": markdown_report,
    "github": github_report,
}


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
    places = [one.file and os.path.normcase(one.file.absolute()) for one in found]
    if len(set(places)) < len(places):
        raise ValueError("two formats go to one place: name a file for each, as in json:out.json")
    return found


def write(reports: Mapping[Path, str]) -> None:
    """Write each text to its file. A link or a device, such as ``/dev/stderr``, stays what it is.

    Raises:
        OSError: if one cannot be written.
    """
    for file, text in reports.items():
        with file.open("w", encoding="utf-8", newline="\n", errors="replace") as opened:
            opened.write(text)


def _wanted(word: str) -> Wanted:
    name, colon, file = word.partition(":")
    if name not in WRITERS:
        raise ValueError(f"no format is called {quoted(name)} ({suggest(name, WRITERS)})")
    if colon and not file:
        raise ValueError(f"{quoted(word)} names no file behind the colon")
    return Wanted(name, Path(file) if file else None)
