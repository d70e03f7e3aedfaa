"""Which keys the models know, looked up by a path in the catalog."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel

from errorbook.catalog.models import Catalog
from errorbook.problems import CatalogPath

_INCLUDE = "include"


def fields_at(path: CatalogPath, root: type[BaseModel] = Catalog) -> tuple[str, ...]:
    """Return the keys that are known at ``path`` in a file that ``root`` describes.

    There are none where any key is allowed.
    """
    return _names(_kind_at(path, root))


def entry_for(path: CatalogPath, word: str, root: type[BaseModel] = Catalog) -> str | None:
    """Return the entry that somebody meant who wrote just ``word`` for the mapping at ``path``."""
    kind = _kind_at(path, root)
    fields = kind.model_fields if _is_model(kind) else {}
    for name, field in fields.items():
        if word in get_args(_unwrapped(field.annotation)):
            return f"{name}: {word}"
    required = [name for name, field in fields.items() if field.is_required()]
    likely = [*required, *(name for name in ("meaning",) if name in fields)]
    return f"{likely[0]}: …" if likely else None


def _kind_at(path: CatalogPath, root: type[BaseModel]) -> Any:
    kind: Any = root
    for step in path:
        kind = _inner(kind, str(step))
    return kind


@lru_cache
def _names(kind: Any) -> tuple[str, ...]:
    if not _is_model(kind):
        return ()
    names = [field.alias or name for name, field in kind.model_fields.items()]
    return (*names, _INCLUDE) if kind is Catalog else tuple(names)


@lru_cache
def _inner(kind: Any, step: str) -> Any:
    """Return the type of what stands under ``step`` in a value of type ``kind``."""
    if _is_model(kind):
        by_name = {field.alias or name: field for name, field in kind.model_fields.items()}
        return _unwrapped(by_name[step].annotation) if step in by_name else None
    return _unwrapped(_entry(get_args(kind)))


def _entry(arguments: tuple[Any, ...]) -> Any:
    """Return the type of an entry, the ``X`` in ``dict[str, X]`` and ``tuple[X, ...]``."""
    entries = [one for one in arguments if one is not ...]
    return entries[-1] if entries else None


def _unwrapped(kind: Any) -> Any:
    """Return what is inside ``Annotated`` and ``… | None``."""
    arguments = [one for one in get_args(kind) if one is not type(None)]
    is_optional = type(None) in get_args(kind)
    if hasattr(kind, "__metadata__") or (is_optional and len(arguments) == 1):
        return _unwrapped(arguments[0])
    return kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
