"""The header ``Prefer`` after RFC 7240, read generously and written strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, unquote

# A value without quotation marks may hold what no token may, as the slash of `api/code`.
_PREFERENCE = re.compile(
    r"[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)"
    r'(?:[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^,;]*))?'
    r"[ \t]*(?:[,;]|\Z)"
)
_SEPARATOR = re.compile(r"[,;]|\Z")
_ESCAPED = re.compile(r"\\(.)")
_SAME_UNQUOTED = re.compile(r"[!#$&'*+.^_`|~0-9A-Za-z-]+\Z")
"""A token that reads the same when percent signs are decoded."""
_IN_QUOTES = re.compile(r"[ -~]+\Z")
_TO_ESCAPE = re.compile(r'(["\\])')
_UNENCODED: Final = "!#$&'*+^`|"


def read_preferences(lines: Iterable[bytes]) -> dict[str, str]:
    """Return the preferences of all ``Prefer`` lines, by lower-case name.

    Of several with one name the first counts.
    A preference and its parameters are not told apart: ``error=x; fail=2`` is ``error=x, fail=2``.
    A value in quotation marks is itself; in any other, percent signs are decoded.
    """
    found: dict[str, str] = {}
    for line in lines:
        text, at = _decoded(line), 0
        while at < len(text):
            preference = _PREFERENCE.match(text, at)
            if preference:
                found.setdefault(preference[1].lower(), _value(preference[2] or ""))
            at = preference.end() if preference else _after_separator(text, at)
    return found


def write_preferences(preferences: Mapping[str, str]) -> str:
    """Return the value of ``Preference-Applied``, which `read_preferences` reads as the same."""
    return ", ".join(f"{name}={_word(value)}" for name, value in preferences.items())


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _after_separator(text: str, at: int) -> int:
    separator = _SEPARATOR.search(text, at)
    return separator.end() + (separator[0] == "") if separator else len(text)


def _value(written: str) -> str:
    if len(written) > 1 and written.startswith('"') and written.endswith('"'):
        return _ESCAPED.sub(r"\1", written[1:-1])
    return unquote(written.strip(" \t"))


def _word(value: str) -> str:
    if _SAME_UNQUOTED.match(value):
        return value
    if _IN_QUOTES.match(value):
        return '"' + _TO_ESCAPE.sub(r"\\\1", value) + '"'
    return quote(value, safe=_UNENCODED)
