"""The values that models are made of: codes, numbers and texts, kept as they are written."""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from errorbook.characters import has_hidden

LONGEST_CODE: Final = 128
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z")


def identifier_like(text: str) -> str | None:
    """Return the identifier that ``text`` was most likely meant to be, if that is any."""
    likely = re.sub(r"[^a-z0-9_-]+", "_", text.casefold()).strip("_-")[:64]
    return likely if likely[:1].isalpha() and likely != text else None


def is_address(text: str) -> bool:
    """Tell whether ``text`` begins as an address does, and can be taken apart as one."""
    try:
        return bool(_ADDRESS.match(text) and urlsplit(text).netloc)
    except ValueError:  # brackets that hold no address, or a host that no name may look like
        return False


def _as_written(value: object) -> object:
    """Give a plain number or word back as the text it was: YAML read it, the writer wrote it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return value


def as_several(value: object) -> object:
    """Read one value as a list of one."""
    return tuple(value) if isinstance(value, list) else (value,)


def _as_code(value: object) -> object:
    code = _as_written(value)
    if isinstance(code, str) and (has_hidden(code) or code != code.strip()):
        raise PydanticCustomError("bad-code", "printable text without spaces around it")
    return code


def _as_address(text: str) -> str:
    if not is_address(text):
        raise PydanticCustomError("address", "an address such as https://docs.example.com/")
    return text


def _as_number(key: object) -> object:
    """Read a key of JSON. Of ``1`` and ``01`` only the first is a number, lest they be one key."""
    if not isinstance(key, str):
        return key
    if not _NUMBER.match(key):
        raise PydanticCustomError("bad-number", "a number as it is usually written")
    return int(key)


def _one_or_tuple(value: tuple[object, ...]) -> object:
    return value[0] if len(value) == 1 else list(value)


_TEXT_OR_NUMBER = {"type": ["string", "number", "boolean"]}
Text = Annotated[str, BeforeValidator(_as_written), WithJsonSchema(_TEXT_OR_NUMBER)]
"""A short text that may look like a number: ``version: 1.10`` stays those four characters."""

Code = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_CODE),
    BeforeValidator(_as_code),
    WithJsonSchema({**_TEXT_OR_NUMBER, "description": "An error code, as the API sends it."}),
]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Address = Annotated[
    str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$"), AfterValidator(_as_address)
]
Prose = Annotated[str, "prose"]
"""Text for people. May hold `code`, *emphasis*, **strong** and [links](error:some_code)."""

HttpStatus = Annotated[int, Field(ge=100, le=599)]
ExitNumber = Annotated[int, Field(ge=0, le=255)]
StatusKey = Annotated[HttpStatus, BeforeValidator(_as_number)]
ExitKey = Annotated[ExitNumber, BeforeValidator(_as_number)]
Statuses = Annotated[
    tuple[HttpStatus, ...],
    BeforeValidator(as_several),
    PlainSerializer(_one_or_tuple),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 100, "maximum": 599},
                {"type": "array", "items": {"type": "integer", "minimum": 100, "maximum": 599}},
            ]
        }
    ),
]
Codes = Annotated[tuple[Code, ...], BeforeValidator(as_several)]
