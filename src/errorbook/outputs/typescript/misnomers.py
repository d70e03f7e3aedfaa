"""Which names TypeScript will not have.

``TypeError`` is none of Python's either, but ``RangeError`` is JavaScript's alone, and a package
may have a scope.
"""

from __future__ import annotations

import re
from typing import Final

from errorbook.outputs.class_misnomers import Misnomers, Refusals
from errorbook.outputs.typescript.global_names import GLOBAL_NAMES, WORDS
from errorbook.outputs.typescript.naming import NAMES, attribute, is_identifier
from errorbook.problems import quoted

RESERVED_NAMES: Final = frozenset(
    {
        "Action",
        "ActionWord",
        "CLASSES",
        "Chosen",
        "Code",
        "DEEPEST",
        "Details",
        "EPOCH",
        "EXIT_CODES",
        "ErrorClass",
        "ErrorData",
        "ErrorInit",
        "ErrorOf",
        "Example",
        "ExitCode",
        "FACTS",
        "FIRST_MOMENT",
        "Facts",
        "Fits",
        "Found",
        "HeaderMap",
        "HeadersLike",
        "KnownCode",
        "LAST_MOMENT",
        "LONGEST",
        "LONGEST_BODY",
        "LONGEST_KEPT",
        "MOST_DIGITS",
        "MOST_LEVELS",
        "Made",
        "Read",
        "Own",
        "ResponseLike",
        "SHARED",
        "Shown",
        "UNKNOWN",
        "UnknownCode",
        "Wait",
        "Written",
    }
)
"""Names with a capital that a generated module uses itself; its functions begin with none."""
_SEGMENT: Final = re.compile(r"@?[A-Za-z0-9_][A-Za-z0-9_.-]*")


def _misnomers(name: str) -> Misnomers:
    """Yield the rule and the message for what speaks against a class called ``name``."""
    if not is_identifier(name) or name in WORDS:
        yield "bad-class-name", f"{quoted(name)} cannot be a class name of TypeScript"
    elif name in GLOBAL_NAMES:
        yield "builtin-class-name", f"the class {name} would hide JavaScript's own"
    elif name in RESERVED_NAMES:
        yield "reserved-class-name", f"the module itself uses the name {quoted(name)}"
    elif not name[0].isupper():
        message = f"{quoted(name)} begins with no capital, as functions of the module do"
        yield "reserved-class-name", message


def _is_package(text: str) -> bool:
    return all(map(_SEGMENT.fullmatch, text.split("/")))


problems = Refusals(
    names=NAMES,
    attribute=attribute,
    is_name=is_identifier,
    is_package=_is_package,
    is_module=bool,  # It may be a path, and stands in quotation marks.
    misnomers=_misnomers,
    member="member",
    make="make",
).problems
