"""Read one YAML file into plain data, strictly: no surprises of YAML 1.1, no bombs, no tags.

PyYAML parses; what the events become is ours, because its own constructor turns ``0401`` into 257
and ``no`` into False, keeps the last of two equal keys, and expands any alias.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from errorbook.catalog.yaml_events import (
    MAX_DEPTH,
    UnreadableError,
    begin,
    decode,
    open_events,
    refused,
    too_deep,
)
from errorbook.catalog.yaml_slips import Mark
from errorbook.problems import Place, Problem, quoted

MAX_EXPANSION: Final = 4
"""How many times the size of the written file its aliases may add to it."""
MAX_EXPANSION_FLOOR: Final = 1_000_000
"""Characters that aliases may add, whatever the size of the file."""

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_WORDS: Final[dict[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}
_YAML_TAG: Final = "tag:yaml.org,2002:"

Data = dict[str, Any]


def read_yaml(
    content: bytes, path: str, *, first_key: str = "apis"
) -> tuple[Data | None, list[Problem]]:
    """Return the mapping that ``content`` holds, or None, and every problem found on the way.

    Plain ``true``, ``false``, ``null`` and numbers in their one canonical spelling become values
    of that type; everything else stays the text that was written, and keys always do.

    Problems call the file ``path``. Where it holds no mapping, they name the ``first_key`` of one.
    """
    problems: list[Problem] = []
    data = None
    try:
        data = _Builder(decode(content), path, problems).mapping_root(first_key)
    except UnreadableError as error:
        slip = error.slip
        place = Place(path, slip.mark.line, slip.mark.column)
        problems.append(Problem(slip.rule, place, slip.message, slip.hint))
    return data, sorted(problems, key=lambda problem: problem.place)


@dataclass
class _Anchored:
    """A value with a name, for aliases to repeat. ``None`` as its size: it is still open."""

    event: NodeEvent
    value: Any = None
    text: str | None = None
    size: int | None = None
    height: int = 0
    used: bool = False


class _Builder:
    """Turns events into plain data, and keeps count of depth and of what aliases add."""

    def __init__(self, text: str, path: str, problems: list[Problem]) -> None:
        self._next = open_events(text)
        self._path = path
        self._problems = problems
        self._most = max(MAX_EXPANSION_FLOOR, MAX_EXPANSION * len(text))
        self._added = 0
        self._deepest = 0
        self._last: Event = StreamEndEvent()
        self._anchors: dict[str, _Anchored] = {}

    def mapping_root(self, first_key: str) -> Data:
        """Return the only document of the file."""
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            raise _nothing(first_key)
        root = self._next()
        data: Data = self._value(root, 0)
        self._end()
        if not isinstance(root, MappingStartEvent):
            raise _wrong_root(root, first_key)
        return data

    def _end(self) -> None:
        self._next()
        following = self._next()
        if not isinstance(following, StreamEndEvent):
            message = "a second document begins here"
            raise refused("two-documents", begin(following), message, "remove the '---'")
        for name, anchored in self._anchors.items():
            if anchored.text is not None and not anchored.used:
                message = f"no alias repeats the anchor {quoted('&' + name)}"
                hint = "remove it; a text that begins with '&' must be quoted"
                self._report("unused-anchor", anchored.event, message, hint)

    def _value(self, event: Event, depth: int) -> Any:
        if isinstance(event, ScalarEvent):
            if event.tag is not None or event.anchor is not None:
                self._decorated(event)
            return _scalar(event)
        if isinstance(event, CollectionStartEvent):
            return self._collection(event, depth)
        return self._repeated(event, depth).value

    def _decorated(self, event: ScalarEvent) -> None:
        self._check_tag(event, event.tag)
        if event.anchor is not None:
            size = len(event.value) + 1
            self._anchors[event.anchor] = _Anchored(event, _scalar(event), event.value, size)

    def _collection(self, event: CollectionStartEvent, depth: int) -> Any:
        if depth >= MAX_DEPTH:
            raise too_deep(event)
        if depth >= self._deepest:
            self._deepest = depth + 1
        self._check_tag(event, event.tag)
        if event.anchor is not None:
            return self._anchored(event, event.anchor, depth)
        return self._content(event, depth + 1)

    def _content(self, event: CollectionStartEvent, depth: int) -> Any:
        is_list = isinstance(event, SequenceStartEvent)
        return self._sequence(depth) if is_list else self._mapping(depth)

    def _anchored(self, event: CollectionStartEvent, name: str, depth: int) -> Any:
        anchored = self._anchors[name] = _Anchored(event)
        added, deepest, self._deepest = self._added, self._deepest, depth + 1
        anchored.value = self._content(event, depth + 1)
        anchored.height = self._deepest - depth
        anchored.size = self._written_since(event) + self._added - added
        self._deepest = max(deepest, self._deepest)
        return anchored.value

    def _written_since(self, event: Event) -> int:
        start, end = event.start_mark, self._last.end_mark
        return end.index - start.index if start and end else 0

    def _sequence(self, depth: int) -> list[Any]:
        following, items = self._next, []
        while not isinstance(event := following(), SequenceEndEvent):
            items.append(self._value(event, depth))
        self._last = event
        return items

    def _mapping(self, depth: int) -> Data:
        following = self._next
        data: Data = {}
        keys: dict[str, Event] = {}
        while not isinstance(event := following(), MappingEndEvent):
            name = self._key(event, keys, depth)
            value = self._value(following(), depth)
            if name is not None:
                data[name] = value
        self._last = event
        return data

    def _key(self, event: Event, keys: dict[str, Event], depth: int) -> str | None:
        """Return the key that ``event`` is; None, with a problem, where it cannot be one."""
        name = self._key_text(event, depth)
        if name is None:
            self._report("wrong-type", event, "a key must be a text", "quote it")
        elif name in keys:
            line = begin(keys[name]).line
            message = f"{quoted(name)} is set twice; the first is on line {line}"
            self._report("duplicate-key", event, message, "keep one of them")
        elif name == "<<" and isinstance(event, ScalarEvent) and event.implicit[0]:
            hint = "write the fields out, or quote the '<<'"
            self._report("merge-key", event, "merge keys ('<<') are not read", hint)
        else:
            keys[name] = event
            return name
        return None

    def _key_text(self, event: Event, depth: int) -> str | None:
        if isinstance(event, ScalarEvent):
            if event.tag is not None or event.anchor is not None:
                self._decorated(event)
            return event.value
        if isinstance(event, AliasEvent):
            return self._repeated(event, depth).text
        self._value(event, depth)
        return None

    def _repeated(self, event: Event, depth: int) -> _Anchored:
        """Return what the alias ``event`` repeats, if that may be repeated here."""
        name = (isinstance(event, NodeEvent) and event.anchor) or ""
        anchored = self._anchors.get(name)
        if anchored is None:
            message = f"no anchor {quoted('&' + name)} stands above this alias"
            hint = "a text that begins with '*' must be quoted"
            raise refused("unknown-alias", begin(event), message, hint)
        if anchored.size is None:
            message = f"the alias {quoted('*' + name)} stands inside what it repeats"
            raise refused("alias-loop", begin(event), message, "write the value out")
        anchored.used = True
        self._added += anchored.size
        if self._added > self._most:
            message = "aliases make the file far larger than it is written"
            raise refused("alias-explosion", begin(event), message, "write the values out")
        if depth + anchored.height > MAX_DEPTH:
            raise too_deep(event)
        self._deepest = max(self._deepest, depth + anchored.height)
        return anchored

    def _check_tag(self, event: Event, tag: str | None) -> None:
        if tag is not None:
            shown = quoted(tag.replace(_YAML_TAG, "!!"))
            hint = "remove it; a text that begins with '!' must be quoted"
            self._report("yaml-tag", event, f"tags are not read, found {shown}", hint)

    def _report(self, rule: str, event: Event, message: str, hint: str) -> None:
        mark = begin(event)
        place = Place(self._path, mark.line, mark.column)
        self._problems.append(Problem(rule, place, message, hint))


def _nothing(first_key: str) -> UnreadableError:
    message = "the file is empty, or holds nothing but comments"
    return refused("empty-file", Mark(1, 1), message, f"it should begin with '{first_key}:'")


def _wrong_root(event: Event, first_key: str) -> UnreadableError:
    if isinstance(event, ScalarEvent) and not event.value:
        return _nothing(first_key)
    found = "a list" if isinstance(event, SequenceStartEvent) else "a single value"
    message = f"expected a mapping that begins with '{first_key}:', found {found}"
    return refused("wrong-type", begin(event), message)


def _scalar(event: ScalarEvent) -> Any:
    """Return the value of a plain scalar, if writing that value gives the same text again."""
    text = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first == "-" or "0" <= first <= "9":
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text) and repr(float(text)) == text:
            return float(text)
    return text
