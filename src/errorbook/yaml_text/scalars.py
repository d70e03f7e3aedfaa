"""A single value as YAML: plain where every reader takes it for the same, quoted where not."""

from __future__ import annotations

import json
import re
from typing import Final

import yaml
from pydantic import JsonValue

from errorbook.catalog.yaml_events import MAX_DEPTH
from errorbook.characters import has_hidden
from errorbook.yaml_text.plain import NoPlaceError

Scalar = str | int | float | bool | None

LONGEST_KEY: Final = 1000
"""Characters of a key as it is written, above which no reader of YAML takes it for one."""

_NUMBER: Final = re.compile(
    r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\Z"
)
"""What YAML 1.2 reads as a number; PyYAML knows what 1.1 does."""
_PLAIN_NUMBER: Final = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")
_KNOWN_NUMBER: Final = re.compile(r"(?:-?[1-9][0-9]{0,17}|0|-?(?:0|[1-9][0-9]*)\.[0-9]+)\Z")
"""What our own reader takes for a number."""
_WORDS: Final = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"))
_NOT_FIRST: Final = frozenset("-?:,[]{}#&*!|>'\"%@`=<")
_IN_FLOW: Final = re.compile(r"[,\[\]{}]")
_JOINERS: Final = re.compile("[\u200c\u200d]")
"""They belong to words of several scripts and to emoji, and nobody takes them for an end."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LAST_OF_BYTE: Final = 0xFF
_LAST_OF_PLANE: Final = 0xFFFF
_SHORT_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_RESOLVERS: Final = yaml.SafeLoader.yaml_implicit_resolvers


def scalar(value: Scalar, *, in_flow: bool = False) -> str:
    """Return ``value`` on one line.

    A number that errors.yaml cannot hold, such as ``1e20``, is read back as that text.
    """
    if isinstance(value, str):
        return value if is_plain(value, in_flow=in_flow) else double_quoted(value)
    return json.dumps(value)


def key_text(key: str, *, in_flow: bool = False) -> str:
    """Return ``key`` as it stands before its colon: numbers are plain there, for keys are texts."""
    if _PLAIN_NUMBER.match(key):
        return key
    return scalar(key, in_flow=in_flow)


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Tell whether ``text`` without quotes is read as that text, by any reader of YAML."""
    if not text or text != text.strip() or text[0] in _NOT_FIRST or text[-1] == ":":
        return False
    if ": " in text or " #" in text or "\t" in text or not is_readable(text):
        return False
    if in_flow and (_IN_FLOW.search(text) or "://" in text):
        return False
    return not _is_other(text)


def is_readable(text: str) -> bool:
    """Tell whether ``text`` may stand in a file as it is, without escapes; on one line."""
    return not has_hidden(_JOINERS.sub("", text))


def double_quoted(text: str) -> str:
    """Return ``text`` between double quotes. Half a character becomes U+FFFD: YAML has none."""
    return '"' + "".join(map(_escaped, _whole(text))) + '"'


def _is_other(text: str) -> bool:
    """Tell whether some reader takes ``text`` for something else than a text."""
    if text.lower() in _WORDS or _NUMBER.match(text) or text.startswith(("---", "...")):
        return True
    return any(pattern.match(text) for _, pattern in _RESOLVERS.get(text[0], ()))


def _escaped(char: str) -> str:
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    if is_readable(char):
        return char
    number = ord(char)
    if number <= _LAST_OF_BYTE:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= _LAST_OF_PLANE else f"\\U{number:08x}"


def as_read(value: JsonValue, depth: int = 0) -> JsonValue:
    """Return ``value`` as it will be read again: what errors.yaml cannot hold becomes a text.

    ``depth`` is how many mappings and lists it stands in.

    Raises:
        NoPlaceError: if it is nested too deep, or a key is too long to be one.
    """
    if isinstance(value, dict | list) and depth >= MAX_DEPTH:
        raise NoPlaceError(f"nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, dict):
        return {_as_key(key): as_read(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [as_read(one, depth + 1) for one in value]
    if isinstance(value, str):
        return _whole(value)
    written = json.dumps(value)
    is_known = value is None or isinstance(value, bool) or _KNOWN_NUMBER.match(written)
    return value if is_known else written


def _as_key(key: str) -> str:
    if len(key_text(key, in_flow=True)) > LONGEST_KEY:
        raise NoPlaceError(f"a key may have {LONGEST_KEY} characters at most")
    return _whole(key)


def same(one: JsonValue, other: JsonValue) -> bool:
    """Tell whether two values are equal, and of one type: 1 is neither 1.0 nor true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def _whole(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
