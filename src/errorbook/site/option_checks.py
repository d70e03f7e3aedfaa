"""What the options of a block may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from errorbook.outputs.words import COLUMNS, PARTS
from errorbook.problems import quoted, suggest
from errorbook.site.options import VIEWS, as_list, as_text

_STATUS = re.compile(r"[1-5](?:[0-9][0-9]|xx)\Z")
_ROWS = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})\Z")
_HIGHEST_LEVEL = 6


@dataclass(frozen=True)
class Complaint:
    """Something wrong with one option."""

    rule: str
    option: str
    message: str
    hint: str = ""


Complaints = Iterator[Complaint]


def check_options(view: str, options: Mapping[str, Any]) -> Complaints:
    """Yield what is wrong with the options of a block, whatever the catalog says."""
    for name, value in options.items():
        if view not in VIEWS:
            continue
        if name not in VIEWS[view]:
            message = f"the view {view!r} has no option {quoted(name)}"
            yield Complaint("unknown-option", name, message, suggest(name, VIEWS[view]))
        elif value is None or value in ("", []):
            yield _bad(name, f"the option {name!r} has no value")
        else:
            yield from _CHECKS[name](name, value)
    if view == "error" and "code" not in options:
        message = "the block does not say which error it shows"
        yield Complaint("missing-option", "", message, "add 'code: …'")


def _bad(option: str, message: str, hint: str = "") -> Complaint:
    return Complaint("bad-option", option, message, hint)


def _check_text(name: str, value: Any) -> Complaints:
    if isinstance(value, (list, dict)):
        kind = "list" if isinstance(value, list) else "mapping"
        yield _bad(name, f"the option {name!r} takes one text, found a {kind}")


def _check_texts(name: str, value: Any) -> Complaints:
    values = value if isinstance(value, list) else [value]
    if any(one is None or isinstance(one, (list, dict)) for one in values):
        yield _bad(name, f"the option {name!r} takes a text or a list of texts")


def _check_columns(name: str, value: Any) -> Complaints:
    yield from _check_words(name, value, tuple(COLUMNS))


def _check_parts(name: str, value: Any) -> Complaints:
    yield from _check_words(name, value, PARTS)


def _check_words(name: str, value: Any, known: tuple[str, ...]) -> Complaints:
    words = as_list(value)
    for at, word in enumerate(words):
        if word not in known:
            message = f"{quoted(word)} is none of the {name}"
            yield _bad(name, message, suggest(word, known, most=len(known)))
        elif word in words[:at]:
            yield _bad(name, f"{word!r} is named twice")


def _check_status(name: str, value: Any) -> Complaints:
    for status in as_list(value):
        if not _STATUS.match(status):
            message = f"{quoted(status)} is no status or family"
            yield _bad(name, message, "write 404, 4xx or a list of them")


def _check_max_rows(name: str, value: Any) -> Complaints:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        message = f"the option {name!r} takes a number, found {quoted(as_text(value))}"
        yield _bad(name, message, "0 means any number of rows")


def _check_level(name: str, value: Any) -> Complaints:
    if isinstance(value, bool) or value not in range(1, _HIGHEST_LEVEL + 1):
        yield _bad(name, f"the level of a heading is 1 to 6, found {quoted(as_text(value))}")


def _check_rows(name: str, value: Any) -> Complaints:
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
