"""Python: one module of typed exceptions for each API, standard library only."""

from collections.abc import Mapping

from errorbook.catalog import Catalog
from errorbook.outputs.python.misnomers import problems
from errorbook.outputs.python.naming import (
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
from errorbook.outputs.python.snippet import except_snippet

__all__ = [
    "attribute",
    "attributes",
    "base_class",
    "constant",
    "derive_class",
    "except_snippet",
    "has_exceptions",
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


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the module of each API of ``catalog``, by path: ``artifacta/errors.py``."""
    # What renders takes long to import, and most ask for names alone.
    from errorbook.outputs.python import module  # noqa: PLC0415

    return module.render(catalog)
