"""In which order the keys of each part of a file belong: as the fields of its model stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from errorbook.catalog.models import Catalog
from errorbook.catalog.values import Prose
from errorbook.project_file import Project

_PROSE: Final = get_args(Prose)[1]
_TOP: Final = ("include", "apis")
"""Keys of a catalog: what it includes may stand above or below what it says itself."""


@dataclass(frozen=True, eq=False)
class Shape:
    """What is known of a value: its keys in their order, or what each of its entries is.

    Without either, it is a single value, or one that is the writer's own.
    """

    ranks: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, Shape] = field(default_factory=dict)
    each: Shape | None = None
    is_prose: bool = False

    @property
    def has_order(self) -> bool:
        """Whether its keys have an order."""
        return bool(self.ranks)

    @property
    def is_deep(self) -> bool:
        """Whether its keys hold more than single values and lists of them."""
        inner = [one.each or one for one in self.fields.values()]
        return any(one.fields or one.each for one in inner)

    @property
    def holds_many(self) -> bool:
        """Whether it is so large a thing that it has parts with parts of their own."""
        return any(one.each is not None and one.each.is_deep for one in self.fields.values())

    def at(self, key: str | int) -> Shape:
        """Return what is known of the entry ``key``."""
        if isinstance(key, str) and key in self.fields:
            return self.fields[key]
        return self.each or FREE

    def rank(self, key: str) -> int:
        """Return where ``key`` belongs: a smaller number is further up. Unknown keys come last."""
        return self.ranks.get(key, len(self.ranks))


FREE: Final = Shape()
"""A value of which nothing is known."""


@cache
def file_shape() -> Shape:
    """Return the shape of a catalog or a project: they share no key."""
    catalog, project = of_model(Catalog), of_model(Project)
    behind = max(catalog.ranks.values()) + 1
    ranks = {
        **{name: behind + rank for name, rank in project.ranks.items()},
        **catalog.ranks,
        **dict.fromkeys(_TOP, 0),
    }
    return Shape(ranks, {**project.fields, **catalog.fields})


@cache
def of_model(model: type[BaseModel]) -> Shape:
    """Return the shape of what ``model`` describes."""
    fields = {one.alias or name: one for name, one in model.model_fields.items()}
    ranks = {name: rank for rank, name in enumerate(fields)}
    inner = {name: _of(one.annotation, tuple(one.metadata)) for name, one in fields.items()}
    return Shape(ranks, inner)


def _of(annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        shapes = [_of(one) for one in arguments]
        return next((one for one in shapes if one is not FREE), FREE)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return of_model(annotation)
    if origin is dict:
        return Shape(each=_of(arguments[1]))
    if origin is tuple:
        return Shape(each=_of(arguments[0]))
    return _PROSE_SHAPE if annotation is str and _PROSE in metadata else FREE


_PROSE_SHAPE: Final = Shape(is_prose=True)
