"""A YAML file of somebody else, to which entries are added: all that stands there stays.

It is read as nodes with their places, and never turned into values: tags such as ``!ENV`` or
``!!python/name`` are kept, unread. An addition is text that goes in at one place. The file is read
again afterwards, and has to say what it said before and the addition, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import yaml
from pydantic import JsonValue
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from errorbook.init.yaml_entries import block, flow

MAX_CHARACTERS: Final = 256 * 1024
_MOST_NODES: Final = 200_000
"""Nodes that a file may have once its aliases are written out."""
_DEEPEST: Final = 100
_NULL: Final = "tag:yaml.org,2002:null"
_TEXT: Final = "tag:yaml.org,2002:str"
_MERGE: Final = "tag:yaml.org,2002:merge"
_MAPPING: Final = "tag:yaml.org,2002:map"
_OWN_TAG: Final = re.compile(r"tag:yaml\.org,2002:(?:str|map|seq|int|float|bool|null|timestamp)\Z")

Shape = tuple[str, object]
"""What a node says, its tag and its order included, wherever it stands."""


class NotYamlError(ValueError):
    """A text is no YAML file. The message says where."""


class EditError(ValueError):
    """An entry has no place that it could be added to safely. The message says why."""


class YamlLines:
    """The text of a YAML file whose root is a mapping."""

    def __init__(self, text: str) -> None:
        """Read ``text``.

        Raises:
            NotYamlError: if it is no single mapping.
        """
        self.text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._root = _read(text)

    def get(self, *keys: str) -> JsonValue:
        """Return the value at ``keys`` as texts, lists and mappings; None if absent or tagged."""
        node: Node | None = self._root
        for key in keys:
            node = _known(node, key) if isinstance(node, MappingNode) else None
        return _plain(node)

    def texts(self) -> Iterator[str]:
        """Yield every text that stands in it: keys and values, not comments."""
        for node in _nodes(self._root):
            if isinstance(node, ScalarNode):
                yield str(node.value)

    def has(self, key: str) -> bool:
        """Tell whether the root has ``key``, whatever stands there."""
        return _known(self._root, key) is not None

    def append(self, key: str, item: JsonValue) -> None:
        """Add ``item`` to the list that is the value of ``key``; the list is made if need be.

        Raises:
            EditError: if there is no list that it could be added to; nothing has changed.
        """
        with self._editing(key, [item]):
            node = self._place(key, [item])
            if isinstance(node, SequenceNode) and node.flow_style:
                self._replace(_end(node.value[-1]), 0, f", {flow(item)}")
            elif isinstance(node, SequenceNode):
                self._insert_lines(node, block([item], node.start_mark.column))
            elif node is not None:
                raise EditError(f"{key!r} is no list")

    def put(self, key: str, name: str, value: JsonValue) -> None:
        """Add ``name`` with ``value`` to the mapping that is the value of ``key``.

        Raises:
            EditError: if there is no mapping that it could be added to; nothing has changed.
        """
        with self._editing(key, {name: value}):
            node = self._place(key, {name: value})
            if isinstance(node, MappingNode) and node.flow_style:
                self._replace(_end(node.value[-1][1]), 0, f", {name}: {flow(value)}")
            elif isinstance(node, MappingNode):
                self._insert_lines(node, block({name: value}, node.start_mark.column))
            elif node is not None:
                raise EditError(f"{key!r} is no mapping")

    @contextmanager
    def _editing(self, key: str, added: JsonValue) -> Iterator[None]:
        """Read the text again after an edit; take the edit back unless it says what it shall."""
        former = self.text
        wanted = _with(_shape(self._root), key, _shape(yaml.compose(flow(added), yaml.SafeLoader)))
        try:
            yield
            root = _read(self.text)
            if _shape(root) != wanted:
                raise EditError(f"{key!r} is written in an unusual way")
        except NotYamlError:
            self.text = former
            raise EditError(f"{key!r} is written in an unusual way") from None
        except EditError:
            self.text = former
            raise
        self._root = root

    def _place(self, key: str, value: JsonValue) -> Node | None:
        """Return the collection at ``key`` that ``value`` goes into; None where it is there now."""
        node = _value(self._root, key)
        if node is None:
            self._add_to_root(key, value)
            return None
        if _is_empty(node):
            self._fill(node, value)
            return None
        self._check(key, node)
        return node

    def _check(self, key: str, node: Node) -> None:
        """Refuse a collection that is another's, or more than a collection."""
        if not _OWN_TAG.match(node.tag):
            raise EditError(f"{key!r} has a tag")
        if sum(one is node for one in _nodes(self._root)) > 1:
            raise EditError(f"{key!r} is repeated by an alias")

    def _add_to_root(self, key: str, value: JsonValue) -> None:
        root = self._root
        if _known(root, key) is not None:
            raise EditError(f"{key!r} comes through a merge key, and would be hidden")
        if root is None:
            self._at_end(len(self.text), block({key: value}, 0))
        elif root.flow_style:
            before = ", " if root.value else ""
            at = _end(root.value[-1][1]) if root.value else root.start_mark.index + 1
            self._replace(at, 0, f"{before}{key}: {flow(value)}")
        else:
            self._at_end(root.end_mark.index, block({key: value}, root.start_mark.column))

    def _fill(self, node: Node, value: JsonValue) -> None:
        """Put ``value`` where nothing stands: no text, ``null``, ``[]`` or ``{}``."""
        root = self._root
        start, end = node.start_mark.index, node.end_mark.index
        if root is None or root.flow_style:
            self._replace(start, end - start, f" {flow(value)}")
            return
        before = self.text[:start].rstrip(" ")
        self.text = before + self.text[end:]
        self._after_line(len(before), block(value, root.start_mark.column + 2))

    def _insert_lines(self, node: Node, lines: list[str]) -> None:
        last = _last(node)
        if isinstance(last, ScalarNode) and last.style in ("|", ">"):
            self._at_end(_end(last), lines)
        else:
            self._after_line(_end(last), lines)

    def _after_line(self, index: int, lines: list[str]) -> None:
        found = self.text.find("\n", index)
        self._at_end(len(self.text) if found < 0 else found + 1, lines)

    def _at_end(self, index: int, lines: list[str]) -> None:
        """Insert whole lines at ``index``, which is the beginning of a line or the end of all."""
        before = self.text[:index]
        gap = self._newline if before.strip("\ufeff") and not before.endswith("\n") else ""
        self._replace(index, 0, gap + "".join(line + self._newline for line in lines))

    def _replace(self, index: int, length: int, text: str) -> None:
        self.text = self.text[:index] + text + self.text[index + length :]


def _read(text: str) -> MappingNode | None:
    if len(text) > MAX_CHARACTERS:
        raise NotYamlError("it is larger than 256 KiB")
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" in line {mark.line + 1}" if mark else ""
        raise NotYamlError(f"{error.problem or error.context}{place}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYamlError(str(error).partition("\n")[0]) from None
    if root is None or _is_empty(root):
        return None
    if not isinstance(root, MappingNode):
        raise NotYamlError("it is no mapping")
    _count(root, {}, 0)
    return root


def _count(node: Node, known: dict[int, int], depth: int) -> int:
    """Return how many nodes there are below ``node``, with its aliases written out.

    Raises:
        NotYamlError: if they are too many, or without an end.
    """
    if id(node) not in known:
        known[id(node)] = _MOST_NODES + 1  # as long as it is open: within itself it has no end
        inner = _inner(node) if depth < _DEEPEST else [node]
        known[id(node)] = 1 + sum(_count(one, known, depth + 1) for one in inner)
    if known[id(node)] > _MOST_NODES:
        raise NotYamlError("its aliases or levels are too many")
    return known[id(node)]


def _inner(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [one for pair in node.value for one in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _value(node: MappingNode | None, key: str) -> Node | None:
    """Return the value of ``key``; the last where it stands several times, as MkDocs reads it."""
    pairs = node.value if node else []
    found = [value for name, value in pairs if isinstance(name, ScalarNode) and name.value == key]
    return found[-1] if found else None


def _known(node: MappingNode | None, key: str) -> Node | None:
    """Return the value of ``key``: its own, else the first that a merge key brings."""
    found = _value(node, key)
    for name, value in node.value if node and found is None else ():
        if name.tag == _MERGE:
            merged = value.value if isinstance(value, SequenceNode) else [value]
            every = (_known(one, key) for one in merged if isinstance(one, MappingNode))
            found = next(filter(None, every), None)
    return found


def _is_empty(node: Node) -> bool:
    if isinstance(node, CollectionNode):
        return bool(node.flow_style) and not node.value and bool(_OWN_TAG.match(node.tag))
    return node.tag == _NULL


def _end(node: Node) -> int:
    index: int = node.end_mark.index
    return index


def _last(node: Node) -> Node:
    """Return the last value within ``node`` that is written on lines of its own or in brackets."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node


def _nodes(root: Node | None) -> Iterator[Node]:
    """Yield every place where a node stands: a repeated one comes again, what is in it does not."""
    seen: set[int] = set()
    left = [root] if root else []
    while left:
        node = left.pop()
        yield node
        if id(node) not in seen:
            seen.add(id(node))
            left += _inner(node)


def _plain(node: Node | None) -> JsonValue:
    if node is None or not _OWN_TAG.match(node.tag):
        return None
    if isinstance(node, ScalarNode):
        return None if node.tag == _NULL else str(node.value)
    if isinstance(node, SequenceNode):
        return [_plain(one) for one in node.value]
    pairs: Sequence[tuple[Node, Node]] = node.value
    return {str(key.value): _plain(value) for key, value in pairs}


def _shape(node: Node | None) -> Shape:
    if node is None:
        return (_MAPPING, ())
    if isinstance(node, MappingNode):
        return (node.tag, tuple((_shape(key), _shape(value)) for key, value in node.value))
    if isinstance(node, SequenceNode):
        return (node.tag, tuple(map(_shape, node.value)))
    return (node.tag, node.value)


def _with(root: Shape, key: str, added: Shape) -> Shape:
    """Return ``root`` with what ``added`` holds at the end of what stands at ``key``."""
    pairs: list[tuple[Shape, Shape]] = list(root[1])  # type: ignore[call-overload]  # of a mapping
    for index in reversed(range(len(pairs))):
        name, (tag, held) = pairs[index]
        if name == (_TEXT, key):
            merged = (tag, (*held, *added[1])) if held and isinstance(held, tuple) else added  # type: ignore[misc]
            pairs[index] = (name, merged)
            break
    else:
        pairs.append(((_TEXT, key), added))
    return (root[0], tuple(pairs))
