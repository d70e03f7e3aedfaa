"""Error bodies as examples show them: which field is the code, and what else they say.

Fields are recognised by name, wherever services put them: at the top, in ``error``, in the first
of ``errors``. A number that is an HTTP status is a status and no code; a text of several words is
a message and no code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.models import LONGEST_CODE
from errorbook.catalog.statuses import REASON_PHRASES
from errorbook.characters import has_hidden
from errorbook.importing.code_fields import (
    AROUND,
    DETAILS,
    FLAGS,
    LIKELY_CODES,
    MESSAGES,
    REQUEST_IDS,
    SAMPLES,
    STATUSES,
    SURE_CODES,
    plainly,
)

Path = tuple[str | int, ...]

_LIKELY_INSIDE: Final = ("type", "name", "key", "slug")
"""Names of a likely code that may be anything outside of an object that holds an error."""
_ENDINGS: Final = ("Error", "Exception", "Fault")
_SURE_MESSAGES: Final = frozenset(MESSAGES) - {"description", "title", "text"}
"""Those of the names of a message that are fields of errors alone."""
_DETAILS: Final = (*DETAILS, "detail")
"""Names of an object whose fields are details: `detail` is a text as often as an object."""
_FLAG_NAMES: Final = ("success", "ok", "error", "iserror", "failed", "status", "type", "object")
_SAMPLES: Final = SAMPLES | {"error"}
"""Texts that stand for a code in an example, without punctuation."""
_DEEPEST: Final = 4
_ADDRESS: Final = re.compile(r"(?:https?://|urn:|/)\S*[/:#](?=[^/:#]+\Z)")
_CONSTANT: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\Z|[A-Z]{4,}\Z")


@dataclass(frozen=True)
class Parts:
    """What a body says. ``rest`` are its details, by name, as they stand in it."""

    code: str | None = None
    """The code; none where the field is there but holds a stand-in such as ``string``."""
    message: str = ""
    """As it stands there, with the values of its details: `values.holed` makes holes of those."""
    status: int | None = None
    rest: Mapping[str, JsonValue] = field(default_factory=dict)
    is_error: bool = True
    """Whether it says that it is an error: a message or status beside the code, or an `error`."""


@dataclass(frozen=True)
class Shape:
    """Where in a body everything stands, as steps from its top."""

    code: Path
    prefix: str = ""
    """What stands before the code in its field, such as the address of a page about it."""
    message: Path | None = None
    status: Path | None = None
    request_id: Path | None = None
    details: Path | None = None
    """The object whose fields are details; none where they stand beside the code."""


def parts_of(body: JsonValue) -> Parts | None:
    """Return what ``body`` says; None where nothing in it is a code, or stands for one."""
    shape = shape_of(body)
    if shape is None:
        return None
    status = _at(body, shape.status)
    message = _at(body, shape.message)
    code = str(_at(body, shape.code))[len(shape.prefix) :]
    rest = {name: value for name, value in _details(body, shape).items() if value is not None}
    return Parts(
        None if plainly(code) in _SAMPLES else code,
        message if isinstance(message, str) else "",
        int(status) if isinstance(status, int | str) else None,
        rest,
        _says_error(shape),
    )


def _says_error(shape: Shape) -> bool:
    names = [step for step in shape.code if isinstance(step, str)]
    message = shape.message[-1] if shape.message else ""
    return (
        shape.status is not None
        or (isinstance(message, str) and plainly(message) in _SURE_MESSAGES)
        or any(word in name.casefold() for name in names for word in ("err", "fault", "problem"))
    )


def detail_of(value: JsonValue) -> dict[str, JsonValue] | None:
    """Return a detail as errors.yaml declares it, for a field with ``value``; None for null."""
    if value is None:
        return None
    kinds: dict[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}
    name = kinds.get(type(value)) or ("array" if isinstance(value, list) else "object")
    return {"type": name, "example": value}


def is_code(text: str) -> bool:
    """Tell whether ``text`` may be a code: one word, with a letter or digit, not too long."""
    return (
        0 < len(text) <= LONGEST_CODE
        and len(text.split()) == 1
        and any(map(str.isalnum, text))
        and not has_hidden(text)
    )


def is_http_status(value: JsonValue) -> bool:
    """Tell whether ``value`` is the number of an HTTP status, as a number or a text."""
    if isinstance(value, str):
        return len(value) == 3 and value.isascii() and value.isdigit() and int(value) in _KNOWN
    return isinstance(value, int) and not isinstance(value, bool) and value in _KNOWN


_KNOWN: Final = frozenset(REASON_PHRASES)


def _named(mapping: dict[str, JsonValue], names: Sequence[str]) -> Iterator[str]:
    """Yield the keys of ``mapping`` that are among ``names``, in the order of ``names``."""
    plain = {plainly(key): key for key in reversed(mapping)}
    return (plain[name] for name in names if name in plain)


def _at(body: JsonValue, path: Path | None) -> JsonValue:
    """Return the value at ``path``, which was found in ``body``."""
    if path is None:
        return None
    value = body
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
    return value


def shape_of(body: JsonValue) -> Shape | None:
    """Return where in ``body`` everything stands; None where nothing may be a code."""
    found = _code_path(body, (), 0)
    if found is None:
        return None
    code, prefix = found
    levels = _levels(body, code)
    return Shape(
        code,
        prefix,
        _first(body, levels, MESSAGES, code, _is_message),
        _first(body, levels, STATUSES, code, is_http_status),
        _first(body, levels, REQUEST_IDS, code, lambda value: isinstance(value, str)),
        _first(body, levels[:1], _DETAILS, code, lambda value: isinstance(value, dict)),
    )


def _code_path(value: JsonValue, path: Path, depth: int) -> tuple[Path, str] | None:
    """Return where in ``value``, which stands at ``path``, the code is, and what is before it."""
    if isinstance(value, list) and value:
        return _code_path(value[0], (*path, 0), depth)
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    for key in _named(value, SURE_CODES):
        if _is_code_value(value[key]) and not is_http_status(value[key]):
            return (*path, key), ""
    for key in _named(value, AROUND):
        found = _code_path(value[key], (*path, key), depth + 1)
        if found is not None:
            return found
    return _likely(value, path)


def _likely(value: dict[str, JsonValue], path: Path) -> tuple[Path, str] | None:
    for key in _named(value, LIKELY_CODES):
        text = value[key]
        address = _ADDRESS.match(text) if isinstance(text, str) else None
        is_sure = (
            plainly(key) not in _LIKELY_INSIDE
            or address is not None
            or any(isinstance(step, str) for step in path)
        )
        if not isinstance(text, str) or not (is_sure or text.endswith(_ENDINGS)):
            continue
        if is_code(text) and text.casefold() not in FLAGS | {"about:blank"}:
            return (*path, key), address[0] if address else ""
    for key in _named(value, ("status",)):
        text = value[key]
        if isinstance(text, str) and _CONSTANT.match(text) and text.casefold() not in FLAGS:
            return (*path, key), ""
    return None


def _is_code_value(value: JsonValue) -> bool:
    if isinstance(value, str):
        return is_code(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_message(value: JsonValue) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _levels(body: JsonValue, code: Path) -> list[Path]:
    """Return the paths of the objects around the code, the nearest first."""
    paths = [code[:end] for end in range(len(code) - 1, -1, -1)]
    return [path for path in paths if isinstance(_at(body, path), dict)]


def _first(
    body: JsonValue,
    levels: Sequence[Path],
    names: Sequence[str],
    code: Path,
    fits: Callable[[JsonValue], bool],
) -> Path | None:
    for level in levels:
        mapping = _at(body, level)
        for key in _named(mapping, names) if isinstance(mapping, dict) else ():
            path = (*level, key)
            if path != code and isinstance(mapping, dict) and fits(mapping[key]):
                return path
    return None


def _details(body: JsonValue, shape: Shape) -> dict[str, JsonValue]:
    """Return the fields of ``body`` that are details: beside the code, or in an object."""
    taken = {shape.code, shape.message, shape.status, shape.request_id, shape.details}
    level = shape.code[:-1]
    beside = _at(body, level)
    found = {
        key: value
        for key, value in (beside.items() if isinstance(beside, dict) else ())
        if (*level, key) not in taken and not is_flag(key, value)
    }
    inside = _at(body, shape.details)
    return {**found, **inside} if isinstance(inside, dict) else found


def is_flag(key: str, value: JsonValue) -> bool:
    """Tell whether a field says that this is an error and nothing of which."""
    if plainly(key) not in _FLAG_NAMES:
        return False
    return isinstance(value, bool) or (isinstance(value, str) and value.casefold() in FLAGS)
