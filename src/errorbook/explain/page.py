"""A page of text for a terminal: wrapped, in colour where that is wanted, and harmless."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import Final

import click

from errorbook.problems import printable

PIPED: Final = 80
"""Columns where nobody says how many there are."""
_NARROWEST: Final = 20
_WIDEST: Final = 100
_RULE: Final = "─"
_RULES: Final = 40
_FIELD: Final = 12
"""Columns of the names of facts."""
_ROOM: Final = 60
"""Columns from which on names and facts stand side by side."""


def width_of_output() -> int:
    """Return the columns of the terminal; 80 where the output goes elsewhere."""
    if not sys.stdout.isatty():
        return PIPED
    import shutil  # noqa: PLC0415  # takes long, and what is piped needs it not

    columns = shutil.get_terminal_size((PIPED, 24)).columns
    return max(_NARROWEST, min(columns, _WIDEST))


def wants_colour() -> bool:
    """Tell whether a person sees the output, and in colour."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


class Page:
    """The lines of a page. Whatever is put on it may come from anywhere."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.lines: list[str] = []
        self._width = width
        self._colour = colour

    @property
    def is_wide(self) -> bool:
        """Whether things fit side by side."""
        return self._width >= _ROOM

    def styled(self, text: str, colour: str | None = None, *, bold: bool = False) -> str:
        """Return ``text``, harmless and on one line, in a colour if there are any."""
        safe = _one_line(text)
        return click.style(safe, fg=colour, bold=bold) if self._colour else safe

    def title(self, name: str, *facts: str) -> None:
        """Put a name and what belongs beside it."""
        rest = " · ".join(fact for fact in facts if fact)
        first = " ".join(name.split())
        wrapped = self._wrapped(f"{first} · {rest}" if rest else first, "", "  ")
        lead, _, after = wrapped[0].partition(" · ")
        tail = f" · {after}" if after else ""
        self.lines.append(self.styled(lead, bold=True) + printable(tail))
        self.lines += map(printable, wrapped[1:])

    def gap(self) -> None:
        """Put an empty line, but never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def rule(self) -> None:
        """Put a line between what stands above and what comes, if anything does."""
        self.gap()
        if self.lines:
            self.lines += [_RULE * min(self._width, _RULES), ""]

    def heading(self, text: str) -> None:
        """Put a heading below an empty line."""
        self.gap()
        self.lines.append(self.styled(text, "cyan", bold=True))

    def paragraph(self, text: str, indent: str = "", colour: str | None = None) -> None:
        """Put running text."""
        self.lines += [self.styled(one, colour) for one in self._wrapped(text, indent, indent)]

    def point(self, text: str) -> None:
        """Put a point of a list."""
        self.lines += map(printable, self._wrapped(text, "  - ", "    "))

    def fact(self, name: str, text: str) -> None:
        """Put a name, and beside it what it is; below it where there is no room."""
        if not text:
            return
        if not self.is_wide:
            self.lines.append(self.styled(name, "cyan"))
            self.lines += map(printable, self._wrapped(text, "  ", "  "))
            return
        before = _one_line(name).ljust(_FIELD - 1) + " "
        lines = self._wrapped(text, before, " " * _FIELD)
        self.lines.append(self.styled(before, "cyan") + printable(lines[0][len(before) :]))
        self.lines += map(printable, lines[1:])

    def verbatim(self, text: str) -> None:
        """Put lines that must stay as they are, as those of a program."""
        self.lines += [printable(f"  {line}").rstrip() for line in text.split("\n")]

    def row(self, name: str, facts: str, text: str, column: int) -> None:
        """Put a row of a list; ``column`` is how many columns its names take."""
        name = _one_line(name)
        if not self.is_wide or len(name) > column:
            self.lines.append(self.styled(name, bold=True) + printable(f"  {facts}".rstrip()))
            self.lines += map(printable, self._wrapped(text, "  ", "  ") if text else [])
            return
        before = f"{name.ljust(column)}  {facts.ljust(7)}  "
        lines = self._wrapped(text, before, " " * len(before)) if text else [before.rstrip()]
        self.lines.append(self.styled(name, bold=True) + printable(lines[0][len(name) :]))
        self.lines += map(printable, lines[1:])

    def _wrapped(self, text: str, first: str, others: str) -> list[str]:
        # Spelt out before it is laid out, as that makes it longer.
        return textwrap.wrap(
            printable(text),
            max(self._width, len(others) + _NARROWEST),
            initial_indent=first,
            subsequent_indent=others,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [first.rstrip()]


def _one_line(text: str) -> str:
    return printable(text).replace("\n", "\\n")
