"""The errors of a published file, to be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from errorbook.explain.nodes import Node

_NO_LANGUAGE = "statuses"
"""What is said of an API beside what its SDKs are called."""
_BETWEEN = re.compile(r"[\s_.\"'-]+")


@dataclass(frozen=True)
class Sdk:
    """A language in which the errors of an API are raised."""

    language: str
    module: str
    base: str


class BookApi:
    """An API, with its errors and then its retired codes."""

    def __init__(self, name: str, node: Node, words: Node) -> None:
        self.id = name
        self.node = node
        self.words = words
        """What is said for the words of the catalog."""
        self.title = node.text("title") or name
        derived = node.node("derived")
        said = {key: derived.node(key) for key in derived.data if key != _NO_LANGUAGE}
        self.sdks = [
            Sdk(language, names.text("package"), names.text("base"))
            for language, names in said.items()
            if names.text("base")
        ]
        self.errors = {
            code: Entry(self, code, error, is_retired=False) for code, error in node.nodes("errors")
        }
        self.retired = {
            code: Entry(self, code, entry, is_retired=True)
            for code, entry in node.nodes("retired")
            if code not in self.errors
        }

    @property
    def entries(self) -> Iterator[Entry]:
        """All of them."""
        yield from self.errors.values()
        yield from self.retired.values()

    @cached_property
    def renamed(self) -> dict[str, str]:
        """The codes that retired ones were renamed to."""
        errors = self.errors.items()
        return {old: code for code, error in errors for old in error.node.texts("renamed_from")}

    def find(self, code: str) -> Entry | None:
        """Return the error of ``code``, or the retired code."""
        return self.errors.get(code) or self.retired.get(code)


class Entry:
    """One error, or a retired code."""

    __slots__ = ("api", "code", "is_retired", "node")

    def __init__(self, api: BookApi, code: str, node: Node, *, is_retired: bool) -> None:
        self.api = api
        self.code = code
        self.node = node
        self.is_retired = is_retired

    @property
    def statuses(self) -> tuple[int, ...]:
        """Its HTTP statuses."""
        return self.node.numbers("status")

    @property
    def exceptions(self) -> Iterator[tuple[Sdk, str]]:
        """The class that is raised for it in each language, if there is one."""
        derived = self.node.node("derived")
        for sdk in self.api.sdks if derived.has("exception") else ():
            name = derived.node("exception").text(sdk.language)
            if name:
                yield sdk, name

    @property
    def exit_code(self) -> int | None:
        """What a command ends with that meets it."""
        return self.node.node("derived").number("exit_code")

    @property
    def ref(self) -> str:
        """The code with its API."""
        return f"{self.api.id}/{self.code}"

    def successor(self) -> Entry | None:
        """Return the error that took the place of this retired code, however many were between."""
        passed = {self.code}
        now: Entry | None = self
        while now is not None and now.is_retired:
            following = now.node.text("replaced_by") or now.api.renamed.get(now.code, "")
            now = None if following in passed else now.api.find(following)
            passed.add(following)
        return None if now is self else now


class Book:
    """All errors of a file, or those of one API."""

    def __init__(self, data: object, file: str) -> None:
        root = Node(data, file)
        self.file = file
        words = root.node("words")
        self.apis = {name: BookApi(name, node, words) for name, node in root.nodes("apis")}
        self.further: Book | None = None
        """What is asked, too: where this one has no answer, or where a word is one of its codes."""

    def only(self, api: str) -> None:
        """Leave out all APIs but one, which must be there."""
        self.apis = {api: self.apis[api]}
        self.further = None

    @cached_property
    def entries(self) -> list[Entry]:
        """Every error and every retired code."""
        return [entry for api in self.apis.values() for entry in api.entries]


def squeeze(code: str) -> str:
    """Return a code without case and separators."""
    return _BETWEEN.sub("", code.lower())
