"""Python: one module of typed exceptions for each API, standard library only."""

from collections.abc import Mapping

from errorbook.catalog import Api, Catalog
from errorbook.outputs.python.misnomers import problems
from errorbook.outputs.python.naming import (
    LANGUAGE,
    aliases,
    attribute,
    attributes,
    base_class,
    constant,
    derive_class,
    has_exceptions,
    module_name,
    module_path,
    own_class,
    package,
    parents,
    parents_of,
    raised_class,
    sdk_base,
)
from errorbook.outputs.python.snippet import catch_snippet

__all__ = [
    "BESIDE",
    "FILE",
    "NAME",
    "SUMMARY",
    "TITLE",
    "aliases",
    "attribute",
    "attributes",
    "base_class",
    "catch_snippet",
    "constant",
    "derive_class",
    "has_exceptions",
    "is_told",
    "module_name",
    "module_path",
    "own_class",
    "package",
    "parents",
    "parents_of",
    "problems",
    "raised_class",
    "render",
    "sdk_base",
]

NAME: str = LANGUAGE
TITLE: str = "Python"
FILE: str = "errors.py"
BESIDE: tuple[str, ...] = ("errors.json", "py.typed")
SUMMARY: str = "a module of typed exceptions for each API, py.typed and errors.json beside it"


def is_told(_: Api, /) -> bool:
    """Tell of Python wherever an API is told of."""
    return True


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the files of each API of ``catalog``, by path: ``artifacta/errors.py``, …"""
    # What renders takes long to import, and most ask for names alone.
    from errorbook.outputs.python import files  # noqa: PLC0415

    return files.render(catalog)
