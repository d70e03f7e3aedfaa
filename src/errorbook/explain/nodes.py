"""Values of a published file, each checked when it is read, so that nothing else takes time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorbook.problems import ErrorbookError, Place, Problem, found, shortened


class Node:
    """An object of errors.json, and where it stands."""

    __slots__ = ("_key", "_parent", "data", "file")

    def __init__(self, data: Any, file: str, parent: Node | None = None, key: str = "") -> None:
        self.file = file
        self._parent = parent
        self._key = key
        if not isinstance(data, dict):
            raise self._refused("an object", data)
        self.data: dict[str, Any] = data

    def has(self, key: str) -> bool:
        """Tell whether something stands under ``key``."""
        return self.data.get(key) is not None

    def node(self, key: str) -> Node:
        """Return the object under ``key``; an empty one if there is none."""
        return Node(self.data.get(key, {}), self.file, self, key)

    def nodes(self, key: str) -> Iterator[tuple[str, Node]]:
        """Yield the objects of the object under ``key``, each with its name."""
        inner = self.node(key)
        return ((name, inner.node(name)) for name in inner.data)

    def items(self, key: str) -> list[Node]:
        """Return the objects of the list under ``key``."""
        values = enumerate(self._list(key))
        return [Node(value, self.file, self, f"{key}.{at}") for at, value in values]

    def text(self, key: str) -> str:
        """Return the text under ``key``; "" if there is none."""
        value = self.data.get(key, "")
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        raise self._wrong(key, "a text", value)

    def texts(self, key: str) -> list[str]:
        """Return the texts of the list under ``key``; one text is a list of one."""
        value = self.data.get(key, [])
        values = [value] if isinstance(value, str) else self._list(key)
        for one in values:
            if not isinstance(one, str):
                raise self._wrong(key, "texts", one)
        return values

    def number(self, key: str) -> int | None:
        """Return the whole number under ``key``, if there is one."""
        value = self.data.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self._wrong(key, "a whole number", value)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return the whole numbers under ``key``: one, several or none."""
        value = self.data.get(key, ())
        if type(value) is int:
            return (value,)
        values = self._list(key)
        for one in values:
            if type(one) is not int:
                raise self._wrong(key, "whole numbers", one)
        return tuple(values)

    def flag(self, key: str) -> bool:
        """Return whether ``key`` is true."""
        value = self.data.get(key, False)
        if isinstance(value, bool):
            return value
        raise self._wrong(key, "true or false", value)

    def triples(self, key: str) -> list[tuple[str, str, str]]:
        """Return the list under ``key``, of lists of three texts."""
        values = self._list(key)
        for one in values:
            if not (isinstance(one, list) and len(one) == 3 and all(type(x) is str for x in one)):
                raise self._wrong(key, "lists of three texts", one)
        return [(one[0], one[1], one[2]) for one in values]

    def _list(self, key: str) -> list[Any]:
        value = self.data.get(key, ())
        if isinstance(value, (list, tuple)):
            return list(value)
        raise self._wrong(key, "a list", value)

    def _wrong(self, key: str, expected: str, value: Any) -> ErrorbookError:
        return Node({}, self.file, self, key)._refused(expected, value)  # own class

    def _refused(self, expected: str, value: Any) -> ErrorbookError:
        message = f"{self._path()}: expected {expected}, found {found(value)}"
        hint = "`errorbook validate` with this file says everything that is wrong"
        return ErrorbookError([Problem("wrong-type", Place(self.file, 1, 1), message, hint)])

    def _path(self) -> str:
        steps: list[str] = []
        node: Node | None = self
        while node is not None and node._parent is not None:  # own class
            steps.append(shortened(node._key))  # own class
            node = node._parent  # own class
        return ".".join(reversed(steps)) or "the file"
