"""How error bodies look: what all that were found with their code at one place have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from errorbook.catalog import Envelope
from errorbook.catalog.envelope import KNOWN_HOLES, check_envelope
from errorbook.characters import has_hidden
from errorbook.importing.bodies import is_http_status
from errorbook.importing.code_fields import (
    DETAILS,
    MESSAGES,
    REQUEST_IDS,
    STATUSES,
    plainly,
)
from errorbook.importing.envelopes import pattern_constant, pattern_key
from errorbook.importing.openapi.documents import Node
from errorbook.importing.openapi.places import LIST, Found, Path
from errorbook.importing.openapi.prose import plain_text, prose_of
from errorbook.importing.openapi.views import Piece, Views

MOST_FIELDS: Final = 60
MOST_OF_GROUP: Final = 100
"""Codes of a list that the fields beside it are looked at for."""
_LONGEST_NAME: Final = 80
_ROLES: Final = {
    "message": MESSAGES,
    "status": STATUSES,
    "request_id": REQUEST_IDS,
    "details": DETAILS,
}
_TYPES: Final = {
    "message": ("string",),
    "status": ("integer", "number", "string"),
    "request_id": ("string",),
    "details": ("object",),
}
_HOLE: Final = re.compile(r"[^A-Za-z0-9_]+")


@dataclass
class _Field:
    pieces: list[Piece] = field(default_factory=list)
    views: int = 0
    required: int = 0
    codes: set[str] = field(default_factory=set)
    """The codes of the bodies that have it."""
    is_open: bool = False
    """Whether a body that may have any code has it."""
    is_shared: bool = False
    """Whether a body with several codes has it, or with any."""


@dataclass
class _Level:
    views: int = 0
    schemas: int = 0
    is_open: bool = False
    fields: dict[str, _Field] = field(default_factory=dict)

    def always_has(self, seen: _Field) -> bool:
        """Tell whether schemas require a field, and no example is without it."""
        return 0 < self.schemas == seen.required and seen.views == self.views


class Shape:
    """Bodies of one media type that have their code at one place."""

    def __init__(self, views: Views, found: Found, media_type: str) -> None:
        self.uses = 0
        self.media_type = media_type
        self._views = views
        self._first = found
        self._levels: dict[Path, _Level] = {}
        self._codes: set[str] = set()
        self._is_open = False
        self._all_numbers = True
        self.shared: set[tuple[str, tuple[str | int, ...]]] = set()
        """The schemas of bodies with several codes, or any."""

    def add(self, found: Found) -> None:
        """Count one kind of body in."""
        codes = {str(one.value) for one in found.values}
        self._codes |= codes
        is_open = not (found.values and (found.is_listed or found.leaf.is_example))
        self._is_open = self._is_open or is_open
        self._all_numbers = self._all_numbers and found.is_number
        is_shared = len(codes) != 1 or is_open
        if is_shared:
            self.shared |= {key for view in found.levels.values() for key in view.nodes}
        for path, view in found.levels.items():
            level = self._levels.setdefault(path, _Level())
            level.views += 1
            level.schemas += not view.is_example
            level.is_open = level.is_open or not (view.is_closed or view.is_example)
            named = [name for name in view.fields if is_plain(name) or name == found.path[-1]]
            for name in named[:MOST_FIELDS]:
                pieces = view.fields[name]
                seen = level.fields.setdefault(name, _Field())
                seen.pieces += pieces if len(seen.pieces) < 50 else []
                seen.views += 1
                seen.required += name in view.required
                seen.is_shared = seen.is_shared or is_shared
                seen.is_open = seen.is_open or is_open or len(codes) > MOST_OF_GROUP
                seen.codes |= codes if len(codes) <= MOST_OF_GROUP else set()

    def settle(self) -> None:
        """Decide what each field is, once all bodies are counted in."""
        self.roles: dict[str, Path] = {}
        around = [self.code[:end] for end in range(len(self.code) - 1, -1, -1)]
        levels = [path for path in around if path in self._levels]
        for role, names in _ROLES.items():
            for path in levels[:1] if role == "details" else levels:
                found = self._named(path, role, names)
                if found is not None:
                    self.roles[role] = found
                    break

    @property
    def code(self) -> Path:
        """Where the code is."""
        return self._first.path

    @property
    def node(self) -> Node:
        """The field that holds the code."""
        return self._first.leaf.fields[self.code[-1]][0].node

    def role_of(self, path: Path) -> str:
        """Return which hole of its own a field has; empty if none."""
        return next((role for role, place in self.roles.items() if place == path), "")

    def is_detail(self, name: str) -> bool:
        """Tell whether a field beside the code belongs to single codes, and not to every body."""
        level = self._levels[self.code[:-1]]
        seen, path = level.fields.get(name), (*self.code[:-1], name)
        if path == self.code or self.role_of(path):
            return False
        if seen is None:
            return True
        if self._constant(seen, level) is not None or seen.is_open:
            return False
        is_everywhere = seen.views == level.views
        if seen.is_shared:
            return not is_everywhere and (self._is_open or seen.codes != self._codes)
        return not (is_everywhere and len(self._codes) > 1)

    def envelope(self) -> dict[str, JsonValue] | None:
        """Return the envelope as errors.yaml has it; None if it cannot be one."""
        told: dict[str, JsonValue] = {}
        body = self._inside((), told)
        value: dict[str, JsonValue] = {"body": body}
        if self.media_type != "application/json":
            value["content_type"] = self.media_type
        if told:
            value["fields"] = told
        try:
            envelope = Envelope.model_validate(value)
        except ValueError:
            return None
        return None if any(check_envelope(envelope)) else value

    def _named(self, path: Path, role: str, names: Iterable[str]) -> Path | None:
        fields = {plainly(name): name for name in reversed(self._levels[path].fields)}
        for word in names:
            here = (*path, fields[word]) if word in fields else None
            if here and here != self.code and self._fits(role, here) and not self.role_of(here):
                return here
        return None

    def _fits(self, role: str, path: Path) -> bool:
        if self.code[: len(path)] == path:
            return False
        seen = self._levels[path[:-1]].fields[path[-1]]
        kind = self._views.type_of(seen.pieces)
        if kind is None and role == "status" and plainly(path[-1]) != "code":
            return True
        if kind not in _TYPES[role]:
            return False
        if role != "status":
            return True
        values = [*self._views.values(seen.pieces), *self._views.samples(seen.pieces)]
        if plainly(path[-1]) == "code" and not values:
            return False
        is_number = kind != "string" or bool(values)
        return is_number and all(is_http_status(one.value) for one in values)

    def _inside(self, path: Path, told: dict[str, JsonValue]) -> JsonValue:
        if self.code[len(path)] == LIST:
            return [self._inside((*path, LIST), told)]
        level = self._levels[path]
        is_leaf = path == self.code[:-1]
        pattern: dict[str, JsonValue] = {}
        for name, seen in level.fields.items():
            here = (*path, name)
            if here == self.code[: len(here)] and here != self.code:
                pattern[pattern_key(name)] = self._inside(here, told)
                continue
            if is_leaf and "details" not in self.roles and self.is_detail(name):
                continue
            value = self._hole(here, seen, level, told)
            is_sure = here == self.code or level.always_has(seen)
            pattern[pattern_key(name) + "?" * (not is_sure)] = value
        has_details = "details" in self.roles
        is_closed = level.schemas > 0 and not level.is_open and not self._has_details(level)
        if is_leaf and not has_details and not is_closed:
            pattern["*"] = "{details}"
        return pattern

    def _has_details(self, level: _Level) -> bool:
        return any(self.is_detail(name) for name in level.fields if name != self.code[-1])

    def _hole(
        self, path: Path, seen: _Field, level: _Level, told: dict[str, JsonValue]
    ) -> JsonValue:
        constant = self._constant(seen, level)
        role = self.role_of(path)
        if path == self.code:
            role = "code"
        elif not role and constant is not None:
            return pattern_constant(constant) if isinstance(constant, str) else constant
        name = role or _hole_name(path[-1])
        described = next(self._descriptions(seen.pieces), "")
        if described and name not in told:
            told[name] = {"meaning": described}
        if role != "code":
            return f"{{{name}}}"
        hole = "{code:integer}" if self._all_numbers else "{code}"
        return pattern_constant(self._first.prefix) + hole if self._first.prefix else hole

    def _constant(self, seen: _Field, level: _Level) -> str | bool | int | None:
        """Return the one value that a field has in every body; None if it may have others."""
        value = self._views.constant(seen.pieces) if level.always_has(seen) else None
        if isinstance(value, (bool, int)) or (isinstance(value, str) and is_plain(value)):
            return value
        return None

    def _descriptions(self, pieces: Iterable[Piece]) -> Iterator[str]:
        for node in self._views.nodes(pieces if isinstance(pieces, list) else list(pieces)):
            text = node.text("description")
            told = prose_of(str(text.value)).text if text is not None else ""
            if told:
                yield told


def values_at(found: Found, path: Path) -> list[Piece]:
    """Return what a body has at ``path``; nothing if it has no such field."""
    level = found.levels.get(path[:-1])
    return list(level.fields.get(path[-1], ())) if level is not None else []


def media_type_of(text: str) -> str:
    """Return a media type without its parameters."""
    plain = plain_text(text.partition(";")[0]).casefold()
    return "application/json" if plain in ("", "*/*") else plain


def is_plain(name: str) -> bool:
    """Tell whether a field may be called so in a catalog: not too long, and nothing hidden."""
    return 0 < len(name) <= _LONGEST_NAME and not has_hidden(name)


def _hole_name(name: str) -> str:
    plain = _HOLE.sub("_", name)[:60].strip("_") or "field"
    plain = plain if plain[0].isalpha() else f"field_{plain}"
    return f"{plain}_field" if plain in KNOWN_HOLES else plain
