"""What the models refuse, in the words of the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from errorbook.catalog.fields import entry_for, fields_at
from errorbook.catalog.models import Catalog
from errorbook.catalog.remains import Remains, is_key
from errorbook.catalog.values import LONGEST_CODE, identifier_like
from errorbook.problems import CatalogPath, Finding, found, nearest, quoted, suggest

_KINDS: Final = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "tuple_type": "a list",
}
_PATTERNS: Final = {
    "^[a-z][a-z0-9_-]{0,63}$": "lower-case letters, digits, '_' and '-', beginning with a letter",
    "^[A-Z][A-Z0-9_]*$": "upper-case letters, digits and '_', beginning with a letter",
    "^[A-Z]+$": "upper-case letters",
    r"^https?://[^\s<>\"]+$": "an address that begins with 'https://' or 'http://'",
}
_STATUS: Final = "an HTTP status from 100 to 599"
_EXIT_CODE: Final = "an exit code from 0 to 255"
_RULES: Final = {_STATUS: "invalid-status"}
_ALLOWED: Final = {
    "bad-code": "a printable text without spaces around it",
    "string_too_long": f"a text of at most {LONGEST_CODE} characters",
    "string_too_short": "a text that is not empty",
}
_IS_TEXT: Final = "if it belongs to the text before the comma, quote that text"
_IS_TEXT_OR_ASTRAY: Final = (
    f"{_IS_TEXT}; if it is a key that belongs elsewhere, mend its indentation"
)
_ONE_SPELLING: Final = "write its digits alone, without a zero or a sign before them"
_DIGITS: Final = re.compile(r"[+-]?[0-9_]+\Z")
_FEW_KEYS: Final = 8
_MOST_KEYS: Final = 30


def findings_of_refused(content: bytes, error: ValidationError) -> Iterator[Finding]:
    """Yield what is wrong in a catalog that its models refuse.

    That is what they refuse, and what the rules say of the rest.
    """
    details = error.errors(include_url=False)
    if details[0]["type"] == "json_invalid":
        yield Finding("not-json", (), f"this is not JSON: {details[0]['msg']}")
        return
    yield from _findings(details)
    yield from Remains(content).findings(details)


def findings_of_parts(content: bytes) -> Iterator[Finding]:
    """Yield what is wrong in a catalog of which parts are missing: only what the models refuse."""
    try:
        Catalog.model_validate_json(content)
    except ValidationError as error:
        findings = _findings(error.errors(include_url=False))
        yield from (finding for finding in findings if finding.path)


def _findings(details: list[ErrorDetails]) -> Iterator[Finding]:
    """Yield a finding for each of ``details``; a key that is mistyped is not missing as well."""
    mistyped = _siblings(detail["loc"] for detail in details if detail["type"] == "extra_forbidden")
    for detail in details:
        path = detail["loc"]
        if detail["type"] != "missing" or not nearest(str(path[-1]), mistyped.get(path[:-1], ())):
            yield finding_of(detail)


def _siblings(paths: Iterable[CatalogPath]) -> dict[CatalogPath, list[str]]:
    siblings: dict[CatalogPath, list[str]] = {}
    for path in paths:
        siblings.setdefault(path[:-1], []).append(str(path[-1]))
    return siblings


def finding_of(detail: ErrorDetails, root: type[BaseModel] = Catalog) -> Finding:
    """Return what one error of Pydantic says, with its rule, what was found and what is allowed.

    ``root`` is the model that refused the file.
    """
    path, kind = detail["loc"], detail["type"]
    if kind == "missing":
        return Finding("missing-key", path[:-1], f"{quoted(str(path[-1]))} is missing", "add it")
    if kind == "extra_forbidden":
        return _unknown_key(path, detail["input"], fields_at(path[:-1], root))
    if kind == "literal_error":
        return _unknown_word(path, detail)
    if is_key(detail):
        return _refused(path[:-1], detail, at_key=True)
    return _wrong_type(path, detail, root) if kind in _KINDS else _refused(path, detail)


def _unknown_key(path: CatalogPath, value: Any, known: tuple[str, ...]) -> Finding:
    key = str(path[-1])
    hint = suggest(key, known, most=_MOST_KEYS)
    if value is None and not hint.startswith("did you mean"):
        hint = _IS_TEXT_OR_ASTRAY
    return Finding("unknown-key", path, f"unknown key {quoted(key)}", hint, at_key=True)


def _unknown_word(path: CatalogPath, detail: ErrorDetails) -> Finding:
    value = detail["input"]
    expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
    known = expected.replace(" or ", ", ").split(", ")
    close = nearest(value, known) if isinstance(value, str) else None
    hint = f"did you mean {quoted(close)}?" if close else ""
    return Finding("unknown-word", path, f"expected {expected}, found {found(value)}", hint)


def _wrong_type(path: CatalogPath, detail: ErrorDetails, root: type[BaseModel]) -> Finding:
    kind, value = detail["type"], detail["input"]
    if _number_at(path) == _STATUS:
        return _refused(path, detail)
    message = f"expected {_KINDS[kind]}, found {found(value)}"
    return Finding("wrong-type", path, message, _mend_type(kind, value, path, root))


def _mend_type(kind: str, value: Any, path: CatalogPath, root: type[BaseModel]) -> str:
    if kind == "string_type":
        return _mend_text(value)
    if kind in ("dict_type", "model_type"):
        return _mend_mapping(value, path, root)
    if kind == "tuple_type":
        return "write it [in brackets], or one entry a line after '- '"
    return _mend_number(value)


def _mend_text(value: Any) -> str:
    if value is None:
        return f"write a text or remove the key; {_IS_TEXT}"
    return "quote the whole text" if isinstance(value, dict | list) else "quote it"


def _mend_mapping(value: Any, path: CatalogPath, root: type[BaseModel]) -> str:
    if value is None:
        return "write {} if there is nothing to say"
    entry = entry_for(path, value, root) if isinstance(value, str) else None
    if entry:
        return f"write '{{{entry}}}'"
    keys = fields_at(path, root)
    return f"its keys are: {', '.join(keys)}" if 0 < len(keys) <= _FEW_KEYS else ""


def _mend_number(value: Any) -> str:
    is_number = isinstance(value, str) and value.isdigit()
    return "write it without quotation marks" if is_number else ""


def _refused(path: CatalogPath, detail: ErrorDetails, *, at_key: bool = False) -> Finding:
    """Return that a key or a value has the right type and is wrong all the same."""
    allowed = _number_at(path, at_key=at_key) or _allowed(detail)
    rule = _RULES.get(allowed) or ("bad-code" if detail["type"] == "bad-code" else "invalid-value")
    if at_key:
        key = str(path[-1])
        message = f"expected {allowed}, found the key {quoted(key)}"
        return Finding(rule, path, message, _mend_key(key, detail["type"]), at_key=True)
    value = detail["input"]
    return Finding(rule, path, f"expected {allowed}, found {found(value)}", _mend_number(value))


def _mend_key(key: str, kind: str) -> str:
    if kind == "string_pattern_mismatch":
        meant = identifier_like(key)
        return f"did you mean {quoted(meant)}?" if meant else ""
    is_number = kind == "bad-number" and _DIGITS.match(key)
    return _ONE_SPELLING if is_number else ""


def _number_at(path: CatalogPath, *, at_key: bool = False) -> str | None:
    """Return what kind of number stands at ``path``, if it is one of those with a meaning."""
    match path[2:]:
        case ("statuses", _) if at_key:
            return _STATUS
        case ("exit_codes", _) if at_key:
            return _EXIT_CODE
        case ("errors" | "retired", _, "status", *_):
            return _STATUS
        case ("errors", _, "exit_code"):
            return _EXIT_CODE
    return None


def _allowed(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        return _PATTERNS.get(pattern, f"a text like {pattern}")
    if kind == "greater_than_equal":
        return f"a number from {context['ge']}"
    return _ALLOWED.get(kind, detail["msg"])
