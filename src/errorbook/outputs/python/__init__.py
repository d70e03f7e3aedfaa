"""Python: one module of typed exceptions for each API, standard library only."""

from errorbook.outputs.python.misnomers import problems
from errorbook.outputs.python.module import FORMAT, module_name, module_path, render
from errorbook.outputs.python.naming import (
    attribute,
    attributes,
    base_class,
    constant,
    derive_class,
    own_class,
    package,
    parents,
    parents_of,
    raised_class,
    sdk_base,
)
from errorbook.outputs.python.snippet import except_snippet

__all__ = [
    "FORMAT",
    "attribute",
    "attributes",
    "base_class",
    "constant",
    "derive_class",
    "except_snippet",
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
