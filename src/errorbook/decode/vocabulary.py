"""The words that name an error in any text: codes, exceptions, and words of messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from errorbook.decode.lines import SPACES
from errorbook.decode.templates import Template, templates_of

if TYPE_CHECKING:
    from errorbook.decode.known import Entry, KnownApi

_BETWEEN = re.compile(f"[{SPACES}_.-]+")


@dataclass(frozen=True)
class Vocabulary:
    """What words stand for."""

    templates: dict[str, list[Template]]
    """By the rarest word of each."""
    codes: dict[str, list[Entry]] = field(default_factory=dict)
    """By code, by ``api/code``, and where no code is written so, without case and separators."""
    classes: dict[str, list[Entry]] = field(default_factory=dict)
    """By an exception that no others raise."""
    bases: dict[str, list[KnownApi]] = field(default_factory=dict)
    """By the base class of an API's exceptions."""
    parents: dict[str, list[KnownApi]] = field(default_factory=dict)
    """By another class that has no code of its own."""

    def by_code(self, code: str) -> list[Entry]:
        """Return the errors of a code, else those whose code differs in case and separators."""
        if not code:
            return []
        exact = self.codes.get(code)
        return self.codes.get(squeeze(code), []) if exact is None else exact


def vocabulary_of(apis: Iterable[KnownApi], entries: list[Entry]) -> Vocabulary:
    """Return the words of ``apis``, whose errors are ``entries``."""
    made = Vocabulary(templates_of(entries))
    for api in apis:
        for base in api.bases:
            made.bases.setdefault(base, []).append(api)
        for parent in api.parents:
            made.parents.setdefault(parent, []).append(api)
    for entry in entries:
        made.codes.setdefault(entry.code, []).append(entry)
        if entry.ref != entry.code:
            made.codes.setdefault(entry.ref, []).append(entry)
        for exception in entry.exceptions:
            if exception not in entry.api.bases:
                made.classes.setdefault(exception, []).append(entry)
    exact = frozenset(made.codes)
    for entry in entries:
        word = squeeze(entry.code)
        if word not in exact:
            made.codes.setdefault(word, []).append(entry)
    return made


def squeeze(code: str) -> str:
    """Return a code without case and separators."""
    return _BETWEEN.sub("", code.lower())
