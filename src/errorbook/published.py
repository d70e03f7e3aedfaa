"""errors.json as it is published: recognised, and read as JSON within limits.

Nothing of it is validated here but its format, and nothing heavy is imported: `errorbook explain`
answers from a large file in the time that other verbs take to start.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from errorbook.problems import ErrorbookError, Place, Problem, found, quoted

FORMAT: Final = 1
"""The newest format that is read."""
MINOR: Final = 0
"""The newest additions to it that are understood; readers ignore those that came later."""
MAX_BYTES: Final = 32 * 1024 * 1024

Fields = dict[str, Any]

_BEGIN: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*(\"format\"\s*:)?")
_SCHEMES: Final = ("https://", "http://")
"""What an address begins with, and the name of a file does not."""
_UPDATE: Final = "upgrade errorbook"
_GENERATE: Final = "generate it again, or name the errors.yaml it came from"


@dataclass(frozen=True, order=True)
class Edition:
    """Which format a file has: the number in `format`, and that in `format_minor`, 0 if absent.

    A reader of an older format cannot read a newer one; it can read one with a newer minor, and
    ignores what that has added.
    """

    format: int
    minor: int = 0

    def __str__(self) -> str:
        return f"{self.format}.{self.minor}"


KNOWN: Final = Edition(FORMAT, MINOR)
"""The newest that is understood in full."""


class _RepeatedKeyError(ValueError):
    """A key stands twice in one object."""


def is_address(word: str) -> bool:
    """Tell whether ``word`` is meant as an address rather than as the name of a file."""
    return word.lower().startswith(_SCHEMES)


def edition(content: bytes) -> Edition | None:
    """Return which format a published errors.json says that it has; None if it does not say."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    major, minor = data.get("format"), data.get("format_minor", 0)
    if type(major) is not int or type(minor) is not int or min(major, minor) < 0:
        return None
    return Edition(major, minor)


def is_published(content: bytes) -> bool:
    """Tell a published errors.json from an errors.yaml: a JSON object with `format` and `apis`.

    What begins with its format is taken for one even where it is cut short.
    """
    begin = _BEGIN.match(content)
    if begin is None:
        return False
    if begin[1]:
        return True
    if b'"format"' not in content or b'"apis"' not in content or len(content) > MAX_BYTES:
        return False
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and {"format", "apis"} <= data.keys()


def read_published(content: bytes, name: str, *, unique: bool = False) -> Fields:
    """Return the fields of a published errors.json that problems call ``name``.

    ``unique`` refuses keys that stand twice in one object, which takes longer.

    Raises:
        ErrorbookError: with the one reason why it cannot be read.
    """
    if len(content) > MAX_BYTES:
        message = f"the file is larger than the {MAX_BYTES:,} bytes that are read"
        raise _refused("too-large", name, message)
    data = _parsed(content, name, unique=unique)
    if not isinstance(data, dict):
        raise _refused("wrong-type", name, f"expected a JSON object, found {found(data)}")
    _check_format(data.get("format"), name)
    if not isinstance(data.get("apis"), dict):
        raise _refused("missing-key", name, "'apis' is missing, or no object", _GENERATE)
    return data


def _parsed(content: bytes, name: str, *, unique: bool) -> Any:
    hook = _unique if unique else None
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=hook)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg}"
        raise _refused("not-json", Place(name, error.lineno, error.colno), message) from None
    except UnicodeDecodeError as error:
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        raise _refused("not-utf-8", name, message, "save the file as UTF-8") from None
    except RecursionError:
        raise _refused("too-deep", name, "nested far too deep", "far less will do") from None
    except _RepeatedKeyError as error:
        raise _refused("duplicate-key", name, f"{error} is set twice", "keep one") from None
    except ValueError as error:
        raise _refused("not-json", name, f"this is not JSON: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> Fields:
    data = dict(pairs)
    if len(data) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _RepeatedKeyError(quoted(key))
            seen.add(key)
    return data


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _check_format(number: Any, name: str) -> None:
    is_number = isinstance(number, int) and not isinstance(number, bool)
    if is_number and number > FORMAT:
        message = f"format {number} is newer than format {FORMAT}, the newest this errorbook reads"
        raise _refused("newer-format", name, message, _UPDATE)
    if not is_number or number != FORMAT:
        message = f"expected format {FORMAT}, found {found(number)}"
        raise _refused("unknown-format", name, message, _GENERATE)


def _refused(rule: str, where: str | Place, message: str, hint: str = "") -> ErrorbookError:
    place = Place(where, 1, 1) if isinstance(where, str) else where
    return ErrorbookError([Problem(rule, place, message, hint)])
