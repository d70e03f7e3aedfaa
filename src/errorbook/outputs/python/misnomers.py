"""Which names Python will not have."""

from __future__ import annotations

import keyword
from typing import Final

from errorbook.outputs.class_misnomers import Misnomers, Refusals
from errorbook.outputs.python.builtin_names import BUILTIN_NAMES
from errorbook.outputs.python.naming import NAMES, attribute
from errorbook.problems import quoted

RESERVED_NAMES: Final = frozenset(
    {
        "ASCII",
        "Action",
        "ActionWord",
        "Any",
        "Callable",
        "Code",
        "EXIT_CODES",
        "ExitCode",
        "FACTS",
        "Facts",
        "Final",
        "IntEnum",
        "Iterable",
        "Iterator",
        "JSONDecoder",
        "KnownCode",
        "Literal",
        "Mapping",
        "NamedTuple",
        "Protocol",
        "Sequence",
        "TYPE_CHECKING",
        "TypeAlias",
        "TypeGuard",
        "TypeVar",
        "TypedDict",
        "annotations",
        "cache",
        "cast",
        "datetime",
        "escape",
        "from_response",
        "loads",
        "lru_cache",
        "match",
        "sub",
        "time",
        "timedelta",
        "timezone",
        "warn",
    }
)
"""Names that a generated module uses itself."""


def _misnomers(name: str) -> Misnomers:
    """Yield the rule and the message for what speaks against a class called ``name``."""
    if not _is_name(name):
        yield "bad-class-name", f"{quoted(name)} cannot be a class name"
    elif name in BUILTIN_NAMES:
        yield "builtin-class-name", f"the class {name} would hide Python's own"
    elif name in RESERVED_NAMES or name.startswith("_"):
        yield "reserved-class-name", f"the module itself uses the name {quoted(name)}"


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)


def _is_module(text: str) -> bool:
    return all(map(_is_name, text.split(".")))


problems = Refusals(
    names=NAMES,
    attribute=attribute,
    is_name=_is_name,
    is_package=_is_module,
    is_module=_is_module,
    misnomers=_misnomers,
    member="attribute",
    make="raise",
).problems
