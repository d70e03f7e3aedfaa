"""Views that a block may set into a page, and the options each takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from errorbook.catalog.yaml_reader import read_yaml
from errorbook.problems import Problem, quoted, suggest

COLUMNS: Final = (
    "code",
    "status",
    "meaning",
    "action",
    "retry",
    "exception",
    "exit_code",
    "group",
    "operations",
    "since",
)
PARTS: Final = (
    "example",
    "meaning",
    "causes",
    "fix",
    "actions",
    "retry",
    "details",
    "operations",
    "exception",
    "exit_code",
)
DEFAULT_COLUMNS: Final = ("code", "status", "meaning", "action")
DEFAULT_PARTS: Final = ("meaning", "example", "causes", "fix", "actions", "retry", "details")
MOST_ROWS: Final = 300
"""Rows above which a table links to pages by group instead."""
ALL: Final = "all"

_API = ("api",)
_FILTERS = ("group", "status", "operation", "codes")
_STATUS = re.compile(r"[1-5](?:[0-9][0-9]|xx)\Z")
_ROWS = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})\Z")
_HIGHEST_LEVEL = 6

VIEWS: Final[Mapping[str, tuple[str, ...]]] = {
    "response": (*_API, "error"),
    "contract": _API,
    "statuses": (*_API, "status"),
    "codes": (*_API, *_FILTERS, "columns", "max_rows", "rows"),
    "sections": (*_API, *_FILTERS, "level", "parts", "max_rows"),
    "error": (*_API, "code", "parts"),
    "exceptions": (*_API, *_FILTERS),
    "exit-codes": _API,
    "troubleshooting": (*_API, "codes"),
    "explorer": _API,
}
"""Every view, with its options."""


@dataclass(frozen=True)
class Flaw:
    """Something wrong with the options of a block. Line 0 is the block's first, 1 the next."""

    rule: str
    line: int
    message: str
    hint: str = ""


def read_options(view: str, lines: Sequence[str]) -> tuple[Mapping[str, Any], list[Flaw]]:
    """Return the options written on ``lines`` below a block's first, and what is wrong with them.

    This is what can be known without a catalog; whether it has the errors and groups is not.
    """
    data, problems = read_yaml("\n".join(lines).encode(), "")
    if data is None and any(problem.rule == "empty-file" for problem in problems):
        data, problems = {}, []
    if data is None or problems:
        return {}, [_flaw(problem, len(lines)) for problem in problems]
    flaws = [
        Flaw(flaw.rule, _line_of(lines, flaw.option), flaw.message, flaw.hint)
        for flaw in _check_options(view, data)
    ]
    return data, flaws


def as_list(value: Any) -> list[str]:
    """Return the texts of an option that takes one or several."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [as_text(one) for one in values]


def as_text(value: Any) -> str:
    """Return a single value as it was written."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_rows(value: Any) -> tuple[int, int]:
    """Return the first and the last row that an option such as ``1-300`` means."""
    first, _, last = str(value).partition("-")
    return int(first), int(last)


def shows_exceptions(view: str, options: Mapping[str, Any]) -> bool:
    """Tell whether a block shows the names of classes."""
    words = {*as_list(options.get("columns")), *as_list(options.get("parts"))}
    return view in ("exceptions", "explorer") or "exception" in words


def _flaw(problem: Problem, last: int) -> Flaw:
    line = min(problem.place.line, last)
    if problem.rule == "wrong-type":
        return Flaw("bad-option", line, "options are written 'name: value', one a line")
    return Flaw("bad-option", line, problem.message, problem.hint)


def _line_of(lines: Sequence[str], option: str) -> int:
    return next((at for at, line in enumerate(lines, 1) if _names(line, option)), 0)


def _names(line: str, option: str) -> bool:
    return line.partition(":")[0].strip(" \"'") == option


@dataclass(frozen=True)
class _Complaint:
    """Something wrong with one option."""

    rule: str
    option: str
    message: str
    hint: str = ""


_Complaints = Iterator[_Complaint]


def _check_options(view: str, options: Mapping[str, Any]) -> _Complaints:
    for name, value in options.items():
        if view not in VIEWS:
            continue
        if name not in VIEWS[view]:
            message = f"the view {view!r} has no option {quoted(name)}"
            yield _Complaint("unknown-option", name, message, suggest(name, VIEWS[view]))
        elif value is None or value in ("", []):
            yield _bad(name, f"the option {name!r} has no value")
        else:
            yield from _CHECKS[name](name, value)
    if view == "error" and "code" not in options:
        message = "the block does not say which error it shows"
        yield _Complaint("missing-option", "", message, "add 'code: …'")


def _bad(option: str, message: str, hint: str = "") -> _Complaint:
    return _Complaint("bad-option", option, message, hint)


def _check_text(name: str, value: Any) -> _Complaints:
    if isinstance(value, (list, dict)):
        kind = "list" if isinstance(value, list) else "mapping"
        yield _bad(name, f"the option {name!r} takes one text, found a {kind}")


def _check_texts(name: str, value: Any) -> _Complaints:
    values = value if isinstance(value, list) else [value]
    if any(one is None or isinstance(one, (list, dict)) for one in values):
        yield _bad(name, f"the option {name!r} takes a text or a list of texts")


def _check_columns(name: str, value: Any) -> _Complaints:
    yield from _check_words(name, value, COLUMNS)


def _check_parts(name: str, value: Any) -> _Complaints:
    yield from _check_words(name, value, PARTS)


def _check_words(name: str, value: Any, known: tuple[str, ...]) -> _Complaints:
    words = as_list(value)
    for at, word in enumerate(words):
        if word not in known:
            message = f"{quoted(word)} is none of the {name}"
            yield _bad(name, message, suggest(word, known, most=len(known)))
        elif word in words[:at]:
            yield _bad(name, f"{word!r} is named twice")


def _check_status(name: str, value: Any) -> _Complaints:
    for status in as_list(value):
        if not _STATUS.match(status):
            message = f"{quoted(status)} is no status or family"
            yield _bad(name, message, "write 404, 4xx or a list of them")


def _check_max_rows(name: str, value: Any) -> _Complaints:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        message = f"the option {name!r} takes a number, found {quoted(as_text(value))}"
        yield _bad(name, message, "0 means any number of rows")


def _check_level(name: str, value: Any) -> _Complaints:
    if isinstance(value, bool) or value not in range(1, _HIGHEST_LEVEL + 1):
        yield _bad(name, f"the level of a heading is 1 to 6, found {quoted(as_text(value))}")


def _check_rows(name: str, value: Any) -> _Complaints:
    found = _ROWS.match(as_text(value))
    if found is None or int(found[1]) > int(found[2]):
        yield _bad(name, f"rows are written like 1-300, found {quoted(as_text(value))}")


_CHECKS: Final = {
    "api": _check_text,
    "code": _check_text,
    "codes": _check_texts,
    "columns": _check_columns,
    "error": _check_text,
    "group": _check_texts,
    "level": _check_level,
    "max_rows": _check_max_rows,
    "operation": _check_texts,
    "parts": _check_parts,
    "rows": _check_rows,
    "status": _check_status,
}
