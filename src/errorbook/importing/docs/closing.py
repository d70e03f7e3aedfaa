"""What only a whole page tells: envelopes, the package of the SDK, statuses, classes that lack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.statuses import REASON_PHRASES
from errorbook.importing import cells
from errorbook.importing.docs.blocks import Code
from errorbook.importing.docs.examples import Example
from errorbook.importing.docs.notes import Notes
from errorbook.importing.docs.spans import Line
from errorbook.importing.envelopes import envelopes_of

_PYTHON: Final = frozenset({"python", "py", "python3", "pycon"})
_FROM: Final = re.compile(
    r"^[ \t>]*from[ \t]+([A-Za-z_]\w{0,80})(?:\.\w{1,80}){0,6}[ \t]+import[ \t]+"
    r"(?:\(([^()]{1,4000})\)|([^\n#(]{1,400}))",
    re.MULTILINE,
)
_HOLE: Final = re.compile(r"\{([A-Za-z_][\w-]*)(?::\w+)?\}\Z")
_STABLE: Final = re.compile(r"(?:is |always )?stable\b", re.I)
_UNSTABLE: Final = re.compile(
    r"\bmay change\b|\bnot stable\b|\bunstable\b|\b(?:do not|don't|never) parse\b", re.I
)


def envelopes(notes: Notes, examples: Sequence[Example], meanings: Mapping[str, Line]) -> None:
    """Add the envelopes of a page's examples; ``meanings`` are said of fields, by name."""
    patterns = envelopes_of(example.body for example in examples)
    left = dict(meanings)
    found: list[JsonValue] = []
    for pattern in patterns:
        holes = dict(_holes(pattern))
        told = {holes[name]: _field(line) for name, line in meanings.items() if name in holes}
        left = {name: line for name, line in left.items() if name not in holes}
        found.append({"body": pattern, "fields": told} if told else {"body": pattern})
    if found:
        notes.add(("envelopes",), found, examples[0].number)
    for name, line in left.items():
        _detail(notes, name, line)


def _holes(pattern: JsonValue) -> Iterator[tuple[str, str]]:
    """Yield the keys of a pattern whose values are holes, with the names of those."""
    waiting = [pattern]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
            for key, value in one.items():
                hole = _HOLE.search(value) if isinstance(value, str) and key != "*" else None
                if hole:
                    yield key.removesuffix("?"), hole[1]


def _field(line: Line) -> JsonValue:
    """Return what a line says of a field, and whether a client may rely on its value."""
    told: dict[str, JsonValue] = {"meaning": cells.prose(line.prose)}
    is_stable, is_unstable = bool(_STABLE.match(line.plain)), bool(_UNSTABLE.search(line.plain))
    return {**told, "stable": is_stable} if is_stable is not is_unstable else told


def _detail(notes: Notes, name: str, line: Line) -> None:
    """Add what is said of a field that is a detail of errors on this page; else tell it."""
    ending = ("details", name)
    paths = {fact.path[:4] for fact in notes.into.facts if fact.path[2:4] == ending}
    for path in sorted(paths):
        notes.add((*path, "meaning"), cells.prose(line.prose), line.number)
    if not paths:
        kind = "what is said of fields of the body was left out"
        notes.among(kind, "write it under 'fields' of the envelope", line.number, name)


def package(notes: Notes, blocks: Iterable[Code]) -> None:
    """Add the package that the exceptions of this page are imported from, if it is but one."""
    classes = {
        fact.value
        for fact in notes.into.facts
        if "sdk" in fact.path and fact.path[-1] != "package" and isinstance(fact.value, str)
    }
    found: dict[str, int] = {}
    for block in blocks:
        for name, several, one in _FROM.findall(block.text if block.language in _PYTHON else ""):
            if classes & {*re.findall(r"\w+", several or one)}:
                found.setdefault(name, block.number)
    if len(found) == 1:
        ((name, number),) = found.items()
        notes.add(("sdk", "python", "package"), name, number)


def statuses(notes: Notes, listed: Mapping[int, int]) -> None:
    """Add the status of a code that is its reason phrase, where the page lists that status.

    ``listed`` are the lines of the statuses that a table without codes lists.
    """
    phrases: dict[str, list[int]] = {}
    for status in listed:
        phrases.setdefault(_snake(REASON_PHRASES.get(status, "")), []).append(status)
    for code, said in (_errors(notes) if listed else {}).items():
        found = phrases.get(_snake(code), [])
        if len(found) == 1 and "status" not in said:
            notes.add(("errors", code, "status"), found[0], listed[found[0]])


def classes(notes: Notes, number: int) -> None:
    """Tell which codes have no class of their own, where the page has a table of exceptions."""
    errors = _errors(notes) if number else {}
    lacking = [code for code, said in errors.items() if "exception" not in said]
    kind = "the table of exceptions has no class for"
    hint = "if the base class is raised for them, write sdk: {python: {exception: none}} in each"
    for code in lacking:
        notes.among(kind, hint, number, code)


def _errors(notes: Notes) -> dict[str, set[str]]:
    """Return the codes of a page, each with the names of what is said of it."""
    found: dict[str, set[str]] = {}
    for fact in notes.into.facts:
        if fact.path[0] == "errors":
            found.setdefault(fact.path[1], set()).add(fact.path[-1] if fact.path[2:] else "")
    return found


def _snake(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")
