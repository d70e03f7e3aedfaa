"""TypeScript: one module of typed errors for each API, which depends on nothing."""

from collections.abc import Mapping

from errorbook.catalog import Catalog
from errorbook.outputs.typescript.misnomers import problems
from errorbook.outputs.typescript.naming import (
    LANGUAGE,
    aliases,
    attribute,
    attributes,
    base_class,
    constant,
    is_told,
    module_name,
    own_class,
    parents,
    parents_of,
    raised_class,
    sdk_base,
)
from errorbook.outputs.typescript.snippet import catch_snippet

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
    "is_told",
    "module_name",
    "own_class",
    "parents",
    "parents_of",
    "problems",
    "raised_class",
    "render",
    "sdk_base",
]

NAME: str = LANGUAGE
TITLE: str = "TypeScript"
FILE: str = "errors.ts"
BESIDE: tuple[str, ...] = ()
SUMMARY: str = "an ES module of typed errors for each API, with its types"


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the module of each API of ``catalog``, by path: ``artifacta/errors.ts``."""
    # What renders takes long to import, and most ask for names alone.
    from errorbook.outputs.typescript import module  # noqa: PLC0415

    return module.render(catalog)
