"""Reads pages for tests, and tells what they said in a form that is easy to compare."""

from __future__ import annotations

from typing import Any

from errorbook.importing import docs
from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import Wish
from errorbook.importing.sources import Source


def gathered(name: str, text: str, **columns: str) -> Gathered:
    """Return what a page called ``name`` says; ``columns`` are fields by header."""
    return docs.read(Source(None, name, text.encode()), Wish(columns))


def said(name: str, text: str) -> dict[str, Any]:
    """Return the values of all facts by their dotted paths; lists that stand at one are joined."""
    found: dict[str, Any] = {}
    for fact in gathered(name, text).facts:
        path = ".".join(fact.path)
        if isinstance(fact.value, list) and isinstance(found.get(path), list):
            found[path] = [*found[path], *fact.value]
        else:
            found.setdefault(path, fact.value)
    return found


def untold(name: str, text: str) -> list[str]:
    """Return what could not be told, each with its line."""
    return [f"{one.place.line}: {one.message}" for one in gathered(name, text).untold]
