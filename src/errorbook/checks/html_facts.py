"""What a page says of an error, and what the catalog says, in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from errorbook.catalog import Api
from errorbook.catalog.facts import exit_code
from errorbook.html_tree import Element
from errorbook.outputs import python

NONE: Final = "none"


@dataclass
class Said:
    """What one place of a page says of a code, by aspect; the APIs it may be speaking of."""

    code: str
    apis: tuple[str, ...]
    aspects: dict[str, str] = field(default_factory=dict)
    example: Element | None = None
    place: Element | None = None
    """The element that says so: a row, or a heading."""
    doubtful: bool = False
    """Whether the code is only one as others of its column are."""


def listed(values: Iterable[object]) -> str:
    """Return ``values`` as one text, or a word for none."""
    return ", ".join(map(str, values)) or NONE


def facts_of(name: str, api: Api, code: str) -> Mapping[str, str]:
    """Return what the catalog says of one error, by aspect."""
    error, ending = api.errors[code], exit_code(api, code)
    return {
        "status": listed(error.status),
        "exception": python.raised_class(name, api, code),
        "exit code": NONE if ending is None else str(ending),
        "retry": error.retry.when,
        "actions": listed(one.do for one in error.actions),
    }
