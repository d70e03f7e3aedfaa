"""What remains of a catalog when all that its models refuse is taken out, and what rules say of it.

A rule must not complain of something that is only missing because it was refused: one slip of the
pen is one problem.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from errorbook.catalog.fields import fields_at
from errorbook.catalog.models import Catalog
from errorbook.catalog.rules import check_catalog
from errorbook.catalog.values import identifier_like
from errorbook.problems import CatalogPath, Finding, nearest

_MOST_ROUNDS: Final = 5
_GONE: Final = object()
_MAPPINGS: Final = ("dict_type", "model_type")
_DEPTH_OF_API: Final = 2
_DEPTH_OF_ERROR: Final = 4
"""Length of a path such as ``apis, artifacta, errors, rate_limited``."""
_UNRULED: Final = ("how", "meaning", "title", "unit")
"""Fields that no rule compares with anything."""
_IN_API: Final = {
    "envelopes": (
        "envelope-without-code",
        "code-without-place",
        "detail-overwrites-field",
        "detail-without-place",
        "unknown-field",
        "unknown-retry-after",
    ),
    "errors": ("unknown-code", "unknown-selector"),
    "groups": ("unknown-group",),
    "operations": ("unknown-operation",),
    "retired": ("unknown-code",),
}
"""Parts of an API, and the rules that complain where an entry of one is missing."""
_IN_ERROR: Final = {
    "actions": ("action-contradicts-retry",),
    "deprecated": ("sunset-without-deprecated",),
    "details": ("undeclared-placeholder", "unknown-retry-after"),
    "message": ("unused-placeholder",),
    "placeholders": ("undeclared-placeholder",),
    "retry": ("action-contradicts-retry",),
}
"""Fields of an error, and the rules that complain where one, or an entry of it, is missing."""


def is_key(detail: ErrorDetails) -> bool:
    """Tell whether it is a key that was refused, not the value behind it."""
    *_, key, mark = ("", *detail["loc"])
    return mark == "[key]" and str(key) == str(detail["input"])


class Remains:
    """A catalog that shrinks until the models accept it."""

    def __init__(self, content: bytes) -> None:
        self._data: Any = json.loads(content)
        self._kept: dict[CatalogPath, list[int]] = {}
        """For lists that lost entries, which entries of the file are still there."""
        self._torn: dict[CatalogPath, list[Any]] = {}
        self._renamed: dict[str | int, str] = {}
        """APIs whose ids are refused, by the ids they were meant to have."""
        self._silent: dict[CatalogPath, set[str]] = defaultdict(set)

    def findings(self, refused: Iterable[ErrorDetails]) -> list[Finding]:
        """Return what the rules say when ``refused`` is taken out."""
        for _ in range(_MOST_ROUNDS):
            self._take_out(refused)
            try:
                catalog = Catalog.model_validate_json(json.dumps(self._data))
            except ValidationError as error:
                refused = error.errors(include_url=False)
                continue
            return self._heard(check_catalog(catalog))
        return []

    def _take_out(self, refused: Iterable[ErrorDetails]) -> None:
        for detail in refused:
            path, kind = detail["loc"], detail["type"]
            is_entry = is_key(detail) or kind == "missing"
            self._remove(path[:-1] if is_entry else path, kind)
        for path, items in self._torn.items():
            kept = self._kept.get(path, range(len(items)))
            self._kept[path] = [
                index for index, item in zip(kept, items, strict=True) if item is not _GONE
            ]
            items[:] = [item for item in items if item is not _GONE]
        self._torn.clear()

    def _remove(self, path: CatalogPath, kind: str) -> None:
        """Remove what stands at ``path``, or empty it if it should have been a mapping."""
        container, path = self._container(path)
        if container is None:
            return
        if len(path) == _DEPTH_OF_API and self._rename(container, str(path[-1])):
            return
        key, written = path[-1], self._as_written(path)
        meant = _meant(path)
        if meant not in _UNRULED and (meant or kind != "extra_forbidden"):
            self._silence(written, kind)
        if isinstance(container, list):
            container[int(key)] = {} if kind in _MAPPINGS else _GONE
            self._torn[written[:-1]] = container
        elif kind in _MAPPINGS:
            container[str(key)] = {}
        else:
            del container[str(key)]

    def _rename(self, apis: dict[str, Any], name: str) -> bool:
        """Give an API the id that it was meant to have, so that all in it can be looked at."""
        meant = identifier_like(name)
        if meant is None or meant in apis:
            return False
        apis[meant] = apis.pop(name)
        self._renamed[meant] = name
        return True

    def _container(self, path: CatalogPath) -> tuple[Any, CatalogPath]:
        """Return what holds the last step of ``path``, and ``path`` as far as the data goes."""
        container, at = None, self._data
        for depth, step in enumerate(path):
            if not isinstance(at, dict | list):
                return container, path[:depth]
            key: Any = step if isinstance(at, list) else str(step)
            if isinstance(at, dict) and key not in at:
                return None, ()
            container, at = at, at[key]
        return container, path

    def _as_written(self, path: CatalogPath) -> CatalogPath:
        """Return ``path`` with the entries of lists counted as they are in the file."""
        written: CatalogPath = ()
        for step in path:
            kept = self._kept.get(written)
            name = self._renamed.get(step, step) if len(written) == 1 else step
            written = (*written, kept[step] if kept and isinstance(step, int) else name)
        return written

    def _silence(self, path: CatalogPath, kind: str) -> None:
        """Silence the rules that would complain because ``path`` is gone."""
        if len(path) <= _DEPTH_OF_API:
            self._silent[()].add("unknown-code")
            return
        api, part = path[:_DEPTH_OF_API], _meant(path[: _DEPTH_OF_API + 1])
        is_whole = len(path) < _DEPTH_OF_ERROR
        is_gone = len(path) == _DEPTH_OF_ERROR and kind not in _MAPPINGS
        if part == "envelopes" or is_whole or is_gone:
            self._silent[api].update(_IN_API.get(part, ()))
        if part == "errors" and is_whole:
            self._silent[()].add("unknown-code")
        if part == "errors" and len(path) > _DEPTH_OF_ERROR:
            field = _meant(path[: _DEPTH_OF_ERROR + 1])
            self._silent[path[:_DEPTH_OF_ERROR]].update(_IN_ERROR.get(field, ()))

    def _heard(self, findings: Iterable[Finding]) -> list[Finding]:
        written = (replace(one, path=self._as_written(one.path)) for one in findings)
        return [finding for finding in written if not self._is_silent(finding)]

    def _is_silent(self, finding: Finding) -> bool:
        scopes = (finding.path[:depth] for depth in (0, _DEPTH_OF_API, _DEPTH_OF_ERROR))
        return any(finding.rule in self._silent.get(scope, ()) for scope in scopes)


def _meant(path: CatalogPath) -> str:
    """Return the key that the last step of ``path`` is, or was most likely meant to be."""
    known, name = fields_at(path[:-1]), str(path[-1])
    return name if name in known else nearest(name, known) or ""
