"""Python: one module of typed exceptions for each API, standard library only."""

from errorbook.outputs.python.module import FORMAT, SUMMARY, module_name, module_path, render
from errorbook.outputs.python.naming import (
    attribute,
    base_class,
    derive_class,
    own_class,
    package,
    problems,
    raised_class,
)
from errorbook.outputs.python.snippet import except_snippet

__all__ = [
    "FORMAT",
    "SUMMARY",
    "attribute",
    "base_class",
    "derive_class",
    "except_snippet",
    "module_name",
    "module_path",
    "own_class",
    "package",
    "problems",
    "raised_class",
    "render",
]
