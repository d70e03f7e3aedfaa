"""What somebody asks for: which errors a word means, and in which way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import Final, Literal

from errorbook.explain.book import Book, BookApi, Entry, squeeze
from errorbook.explain.prose import shown

By = Literal["code", "exception", "base", "exit", "status", "spelling", "prefix", "all"]

OFFERED: Final = 5
"""Codes that are offered for one that does not exist."""
_LONGEST: Final = 200
"""Characters above which a question is no code of any API."""
_NEAR: Final = 0.6
"""Codes with a smaller part of their letters in common have nothing to do with each other."""
_LONGEST_TYPO: Final = 80
_EXIT = re.compile(
    r"(?:exit(?:ed with)?(?:[ _-]?(?:code|status))?|\$\?)[\s:=]*([0-9]{1,3})\Z", re.IGNORECASE
)
_STATUS = re.compile(
    r"(?:(?:http(?:/[0-9.]+)?|status)(?:[ _-]?code)?[\s:=]*)?([1-5](?:[0-9]{2}|xx))\Z",
    re.IGNORECASE,
)
_CLASS = re.compile(r"(?:([\w./]+)[.:])?([^\W\d]\w*)\Z")


@dataclass(frozen=True)
class Hit:
    """An error that was meant, and why."""

    entry: Entry
    by: By
    """How the word names it."""
    word: str = ""
    """What was written."""


@dataclass(frozen=True)
class Ending:
    """An exit code of an API's command, which may end so without an error."""

    api: BookApi
    number: int
    name: str
    meaning: str


@dataclass(frozen=True)
class Hits:
    """What was found for a question."""

    hits: Sequence[Hit]
    missing: Sequence[str]
    """Words that mean nothing."""
    offered: Sequence[Entry]
    """What they may have been meant to be."""
    endings: Sequence[Ending] = ()
    """The exit codes that were asked for."""

    @property
    def is_whole(self) -> bool:
        """Whether every word means something."""
        return bool(self.hits or self.endings) and not self.missing


def look_up(book: Book, words: Sequence[str], exit_code: int | None = None) -> Hits:
    """Return what ``words`` mean: all of them as one question, else each as one of its own."""
    hits: dict[Entry, Hit] = {}
    missing: list[str] = []
    endings: list[Ending] = []
    questions = _questions(book, words)
    if exit_code is not None:
        questions.append(f"exit code {exit_code}")
    for word in questions:
        found, ending = _answered(book, word)
        if book.further is not None:
            more, more_ending = _answered(book.further, word)
            # A common word or number must not bring what nobody asked for.
            found += [hit for hit in more if hit.by == "code"] if found or ending else more
            ending += more_ending
        for hit in found:
            hits.setdefault(hit.entry, hit)
        endings += ending
        if not found and not ending:
            missing.append(word)
    if not questions:
        hits = {entry: Hit(entry, "all") for entry in book.entries if not entry.is_retired}
    near = dict.fromkeys(entry for word in missing for entry in near_to(book, word))
    if not near and book.further is not None:
        near = dict.fromkeys(entry for word in missing for entry in near_to(book.further, word))
    return Hits(list(hits.values()), missing, list(near)[:OFFERED], endings)


def _answered(book: Book, word: str) -> tuple[list[Hit], list[Ending]]:
    """Return the errors that a word means, and the exit codes."""
    found = _meant(book, word)
    return found, _endings(book, word) if all(hit.by == "exit" for hit in found) else []


def near_to(book: Book, word: str) -> list[Entry]:
    """Return the errors whose codes look most like ``word``: those with most of its letter pairs.

    As the explorer does it, whose offers are the same.
    """
    name, _, code = word.rpartition("/")
    asked = squeeze(code.rpartition(".")[2] or code)[:_LONGEST_TYPO]
    wanted = frozenset(_pairs(asked))
    total = len(asked) - 1
    found: list[tuple[float, Entry]] = []
    for entry in book.entries if total > 0 else ():
        if entry.is_retired or (name in book.apis and entry.api.id != name):
            continue
        written = squeeze(entry.code)
        shared = sum(map(wanted.__contains__, _pairs(written)))
        # What somebody remembers of a code may be a part of it.
        near = max(2 * shared / (len(written) - 1 + total), shared / total - 0.1)
        if near >= _NEAR:
            found.append((near, entry))
    found.sort(key=lambda one: -one[0])
    return [entry for _, entry in found[:OFFERED]]


def _pairs(text: str) -> Iterator[str]:
    return map(add, text, text[1:])


def _questions(book: Book, words: Sequence[str]) -> list[str]:
    whole = " ".join(words).strip()
    if len(words) > 1 and (
        _EXIT.match(whole)
        or _STATUS.match(whole)
        or _meant(book, whole)
        or (book.further is not None and _meant(book.further, whole))
    ):
        return [whole]
    return list(dict.fromkeys(word.strip() for word in words))


def _meant(book: Book, word: str) -> list[Hit]:
    """Return the errors that a word means: what it most likely is decides."""
    if not word or len(word) > _LONGEST:
        return []
    if "://" in word:
        return _by_address(book, word)
    ending, status = _EXIT.match(word), _STATUS.match(word)
    return (
        _by_code(book, word)
        or _by_exception(book, word)
        or (_by_exit(book, int(ending[1]), word) if ending else [])
        or _by_exit_name(book, word)
        or (_by_status(book, status[1].lower(), word) if status else [])
        or _by_spelling(book, word)
        or _by_prefix(book, word)
    )


def _by_code(book: Book, word: str) -> list[Hit]:
    """Find a code, with or without its API."""
    name, _, code = word.partition("/")
    found = [api.find(word) for api in book.apis.values()]
    if name in book.apis and code:
        found.append(book.apis[name].find(code))
    return [Hit(entry, "code", word) for entry in found if entry]


def _by_address(book: Book, word: str) -> list[Hit]:
    """Find what an address documents, as exceptions print it; the last slash may be missing."""
    asked = _trimmed(word)
    return [
        Hit(entry, "code", word)
        for entry in book.entries
        if (link := _trimmed(entry.node.node("derived").text("link")))
        and (asked == link or asked.endswith(f"/{link}"))
    ]


def _trimmed(address: str) -> str:
    return address.removesuffix("index.html").rstrip("/")


def _by_exception(book: Book, word: str) -> list[Hit]:
    match = _CLASS.match(word)
    if not match:
        return []
    module, name = (match[1] or "").strip("."), match[2]
    sdks = {
        api: [sdk for sdk in api.sdks if not module or _is_of(sdk.module, module)]
        for api in book.apis.values()
    }
    own = [
        Hit(entry, "exception", word)
        for api, some in sdks.items()
        if all(name != sdk.base for sdk in some)
        for entry in api.errors.values()
        if any(sdk in some and raised == name for sdk, raised in entry.exceptions)
    ]
    bases = (api for api, some in sdks.items() if any(sdk.base == name for sdk in some))
    return own or [Hit(entry, "base", word) for api in bases for entry in api.errors.values()]


def _is_of(whole: str, module: str) -> bool:
    """Tell whether a class of ``whole`` may be written as one of ``module``."""
    whole, module = whole.replace("/", "."), module.replace("/", ".")
    return (
        f".{whole}.".endswith(f".{module}.")
        or whole.startswith(f"{module}.")
        or module.endswith(f".{whole}")
    )


def _by_exit(book: Book, number: int, word: str) -> list[Hit]:
    return [
        Hit(entry, "exit", word)
        for entry in book.entries
        if entry.exit_code == number and not entry.is_retired
    ]


def _by_exit_name(book: Book, word: str) -> list[Hit]:
    """Find the errors that end in an exit code of this name, such as CLIENT_ERROR."""
    return [
        Hit(entry, "exit", word)
        for api in book.apis.values()
        for number, exit_code in api.node.nodes("exit_codes")
        if exit_code.text("name") == word
        for entry in api.errors.values()
        if str(entry.exit_code) == number
    ]


def _endings(book: Book, word: str) -> list[Ending]:
    """Return the exit codes that a word names, by number or name."""
    match = _EXIT.match(word)
    asked = int(match[1]) if match else None
    return [
        Ending(api, int(number), node.text("name"), shown(node.text("meaning")))
        for api in book.apis.values()
        for number, node in api.node.nodes("exit_codes")
        if number.isdecimal() and (word == node.text("name") or asked == int(number))
    ]


def _by_status(book: Book, status: str, word: str) -> list[Hit]:
    def has(entry: Entry) -> bool:
        if status.endswith("xx"):
            return any(str(one)[0] == status[0] for one in entry.statuses)
        return int(status) in entry.statuses

    return [
        Hit(entry, "status", word) for entry in book.entries if not entry.is_retired and has(entry)
    ]


def _by_spelling(book: Book, word: str) -> list[Hit]:
    """Find codes that differ in case and separators alone."""
    name, _, code = word.rpartition("/")
    asked = squeeze(code)
    return [
        Hit(entry, "spelling", word)
        for entry in book.entries
        if asked and squeeze(entry.code) == asked and name in ("", entry.api.id)
    ]


def _by_prefix(book: Book, word: str) -> list[Hit]:
    """Find codes that begin so, with or without the API before them; or all of an API."""
    begin = word.lower()
    return [
        Hit(entry, "prefix", word)
        for entry in book.entries
        if not entry.is_retired
        and (
            entry.code.lower().startswith(begin)
            or (entry.ref.lower().startswith(begin) and ("/" in begin or begin == entry.api.id))
        )
    ]
