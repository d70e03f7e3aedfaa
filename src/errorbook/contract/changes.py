"""Changes: what differs between two published catalogs, and what that does to whom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from errorbook.problems import CatalogPath, printable

Severity = Literal["breaking", "dangerous", "safe"]
Level = Literal["breaking", "dangerous", "safe", "off"]
"""A severity that somebody gives to a kind of change, or none of it."""
Who = Literal["wire", "sdk", "cli", "docs"]
"""Whom a kind of change breaks; ``sdk`` are users of the classes of any language."""

SEVERITIES: Final[tuple[Severity, ...]] = ("breaking", "dangerous", "safe")
"""The worst first."""
_LONGEST: Final = 80
_WORD: Final = re.compile(r"[!-~]*(?: [!-~]+)*")
"""Text that is shown as it is: what most codes and values are."""
_DIGITS: Final = 6


@dataclass(frozen=True)
class Change:
    """One difference that somebody may notice: its rule, where it is, and what it does.

    ``subject`` is what it is about below the API: a code, ``rate_limited.retry_after_seconds``, or
    "" for the API itself. ``who`` has whom it breaks: ``wire``, ``cli``, ``docs`` and the names of
    languages. ``path`` leads to it in the newer catalog, or to what is left of it.
    """

    rule: str
    severity: Severity
    api: str
    subject: str
    before: str
    after: str
    who: tuple[str, ...]
    message: str
    hint: str
    path: CatalogPath
    languages: tuple[str, ...] = ()
    """Those that it is about where it is about classes, unless that is the first one alone."""
    whole: Callable[[], str] | None = field(default=None, compare=False)
    """Gives all that it is about, where ``before`` and ``after`` show a part of it."""
    find_claims: Callable[[], tuple[Change, ...]] = field(default=tuple, compare=False)

    @cached_property
    def claims(self) -> tuple[Change, ...]:
        """What else changed with it, and counts where this change is waived."""
        return self.find_claims()

    @cached_property
    def fingerprint(self) -> str:
        """What tells this change from any other: the same in every run, whatever its severity."""
        said = (self.rule, self.api, self.subject, self.before, self.after, *self.languages)
        return f"C-{_digest(chr(0).join((*said, self.whole()) if self.whole else said))}"


def shown(text: str) -> str:
    """Return ``text`` on one line, as printable characters; where long, cut and told apart."""
    if len(text) <= _LONGEST and _WORD.fullmatch(text):
        return text
    line = " ".join(printable(text).split())
    if len(line) <= _LONGEST:
        return line
    return f"{line[: _LONGEST - _DIGITS - 2]}…~{_digest(line)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
