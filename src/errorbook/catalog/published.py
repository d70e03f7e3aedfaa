"""A published errors.json read back: what is derived is dropped, the rest is a catalog again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from errorbook.catalog.json_walk import NotPlainError, Walk
from errorbook.catalog.positions import Position
from errorbook.catalog.yaml_events import MAX_DEPTH
from errorbook.catalog.yaml_slips import Mark
from errorbook.problems import CatalogPath, ErrorbookError, Place, Problem
from errorbook.published import Fields, read_published

_DERIVED: Final = "derived"
_TOKEN: Final = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|[{}\[\],:]|\n|[^\s{}\[\],:\"]+")
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)")
_ESCAPED: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_Inner = dict[str | int, "_Spot"]


def read_catalog(content: bytes, name: str) -> tuple[Fields | None, list[Problem]]:
    """Return what errors.yaml would hold for a published errors.json, and why it cannot be read.

    Keys that the format may have gained since stay; ``without`` drops them, as that format asks
    of its readers.
    """
    try:
        apis = read_published(content, name, unique=True)["apis"]
    except ErrorbookError as error:
        return None, list(error.problems)
    if _is_deeper(apis, MAX_DEPTH):
        message = f"nested more than {MAX_DEPTH} levels deep"
        return None, [Problem("too-deep", Place(name, 1, 1), message, "far fewer will do")]
    for api in _mappings(apis):
        api.pop(_DERIVED, None)
        for one in _mappings(api.get("errors")):
            one.pop(_DERIVED, None)
    return {"apis": apis}, []


def without(content: bytes, paths: Iterable[CatalogPath]) -> bytes:
    """Return JSON without the keys that ``paths`` lead to."""
    data = json.loads(content)
    for path in paths:
        _remove(data, path)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(
        errors="surrogatepass"
    )


class JsonPositions:
    """The positions of the values of one JSON file.

    Where the file is no JSON after all, they are found sign by sign, as far as there are any.
    """

    def __init__(self, content: bytes) -> None:
        self._text = content.decode("utf-8-sig", errors="replace")
        self._walk = Walk(self._text)

    @cached_property
    def _root(self) -> _Spot:
        return _spots(self._text)

    def find(self, path: CatalogPath) -> tuple[int, Position | None]:
        """Return how many steps of ``path`` exist in this file, and the position of the last."""
        try:
            steps, key, value = self._walk.find(path)
        except NotPlainError:
            return self._find(path)
        return steps, Position(key, value)

    def _find(self, path: CatalogPath) -> tuple[int, Position | None]:
        spot, steps = self._root, 0
        for step in path:
            following = spot.inner.get(step) or spot.inner.get(str(step))
            if following is None:
                break
            spot, steps = following, steps + 1
        return steps, Position(spot.key, spot.value)


class _Spot:
    """Where a key and its value stand, and what stands in that value."""

    __slots__ = ("inner", "is_list", "key", "value")

    def __init__(self, key: Mark, value: Mark, *, is_list: bool = False) -> None:
        self.key = key
        self.value = value
        self.is_list = is_list
        self.inner: _Inner = {}


def _spots(text: str) -> _Spot:
    root = _Spot(Mark(1, 1), Mark(1, 1))
    opened: list[_Spot] = []
    line, begin = 1, 0
    key: tuple[str, Mark] | None = None
    last: tuple[str, Mark] | None = None
    for token in _TOKEN.finditer(text):
        sign = token[0]
        mark = Mark(line, token.start() - begin + 1)
        if sign == "\n":
            line, begin = line + 1, token.end()
        elif sign == ":":
            key = last
        elif sign in "}]":
            if opened:
                opened.pop()
        elif sign != ",":
            last = (token[1], mark) if token[1] is not None else None
            spot = _Spot(mark, mark, is_list=sign == "[")
            if not opened:
                root = spot
            elif opened[-1].is_list:
                opened[-1].inner[len(opened[-1].inner)] = spot
            elif key is not None:
                spot.key = key[1]
                opened[-1].inner.setdefault(_unescaped(key[0]), spot)
                key = None
            if sign in "{[":
                opened.append(spot)
    return root


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(lambda one: chr(int(one[1], 16)) if one[1] else _letter(one[2]), text)
    # Characters beyond the first plane stand as two.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _letter(sign: str) -> str:
    return _ESCAPED.get(sign, sign)


def _mappings(value: Any) -> list[Fields]:
    inner = value.values() if isinstance(value, dict) else ()
    return [one for one in inner if isinstance(one, dict)]


def _is_deeper(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [
            inner
            for one in level
            if isinstance(one, (dict, list))
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _remove(data: Any, path: CatalogPath) -> None:
    *steps, last = path
    for step in steps:
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif isinstance(data, dict):
            data = data.get(str(step))
        else:
            return
    if isinstance(data, dict):
        data.pop(str(last), None)
