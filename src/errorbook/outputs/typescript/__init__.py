"""TypeScript: one module of typed errors for each API, which depends on nothing."""

from collections.abc import Mapping

from errorbook.catalog import Api, Catalog
from errorbook.outputs.typescript import naming
from errorbook.outputs.typescript.misnomers import problems
from errorbook.outputs.typescript.naming import attribute, is_told
from errorbook.outputs.typescript.snippet import catch_snippet

__all__ = [
    "attribute",
    "base_class",
    "catch_snippet",
    "is_told",
    "module_name",
    "problems",
    "raised_class",
    "render",
]


def module_name(name: str, api: Api) -> str:
    """Return what the module is imported as; "" where the API does not speak of TypeScript."""
    return naming.module_name(name, api) if is_told(api) else ""


def base_class(name: str, api: Api) -> str:
    """Return the base class of all errors; "" where the API does not speak of TypeScript."""
    return naming.base_class(name, api) if is_told(api) else ""


def raised_class(name: str, api: Api, code: str) -> str:
    """Return the class of ``code``; "" where the API does not speak of TypeScript."""
    return naming.raised_class(name, api, code) if is_told(api) else ""


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the module of each API of ``catalog``, by path: ``artifacta/errors.ts``."""
    # What renders takes long to import, and most ask for names alone.
    from errorbook.outputs.typescript import module  # noqa: PLC0415

    return module.render(catalog)
