"""Renames: which code became which, by what the catalog says or by what they have in common.

Every search goes through an index, so that time is linear in the number of codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from errorbook.catalog.models import NO_EXCEPTION, Error


@dataclass(frozen=True)
class Renames:
    """Which codes became which."""

    renamed: Mapping[str, str]
    """Each former code with the one it has now."""
    split: Mapping[str, tuple[str, ...]]
    """Each former code with the several that it became."""
    merged: Mapping[str, tuple[str, ...]]
    """Each present code with the others that became it."""

    @property
    def taken_from(self) -> frozenset[str]:
        """The codes that became others."""
        merged = (code for codes in self.merged.values() for code in codes)
        return frozenset((*self.renamed, *self.split, *merged))

    @property
    def taken_to(self) -> frozenset[str]:
        """The codes that others became."""
        split = (code for codes in self.split.values() for code in codes)
        return frozenset((*self.renamed.values(), *split, *self.merged))

    def without(self, rules: Collection[str]) -> Renames:
        """Return those that ``rules`` do not tell: by the others a code is gone, another is new."""
        kept = {old: new for old, new in self.renamed.items() if rename_rule(old, new) not in rules}
        split = {} if "code-split" in rules else self.split
        return Renames(kept, split, {} if "code-merged" in rules else self.merged)


def rename_rule(old: str, new: str) -> str:
    """Return the rule that tells that ``old`` became ``new``."""
    return "code-case-changed" if old.casefold() == new.casefold() else "code-renamed"


def find_renames(
    old: Mapping[str, Error], new: Mapping[str, Error], languages: Iterable[str]
) -> Renames:
    """Return which codes of ``old`` became which of ``new``.

    ``languages`` are those whose classes count.
    """
    gone = {code: one for code, one in old.items() if code not in new}
    if not gone:
        return Renames({}, {}, {})
    declared = _declared(gone, old, new)
    renamed, split = dict(declared.renamed), dict(declared.split)
    gone = {code: one for code, one in gone.items() if code not in declared.taken_from}
    come = {
        code: one for code, one in new.items() if code not in old and code not in declared.taken_to
    }
    for key in _keys(languages):
        sides = (old, new) if key.everywhere else (gone, come)
        for former, codes in _alike(key, *sides, gone, come):
            if len(codes) == 1:
                renamed[former] = codes[0]
            else:
                split[former] = codes
            for code in codes:
                del come[code]
            del gone[former]
    return Renames(renamed, split, declared.merged)


def _declared(gone: Collection[str], old: Collection[str], new: Mapping[str, Error]) -> Renames:
    """Return what ``renamed_from`` says. A code that takes in others beside its own is merged."""
    became: dict[str, list[str]] = {}
    for code, error in new.items():
        for former in dict.fromkeys(error.renamed_from):
            if former in gone:
                became.setdefault(former, []).append(code)
    split = {former: tuple(codes) for former, codes in became.items() if len(codes) > 1}
    sources: dict[str, list[str]] = {}
    for former, codes in became.items():
        if former not in split:
            sources.setdefault(codes[0], []).append(former)
    renamed = {
        formers[0]: code
        for code, formers in sources.items()
        if len(formers) == 1 and code not in old
    }
    merged = {
        code: tuple(formers) for code, formers in sources.items() if len(formers) > 1 or code in old
    }
    return Renames(renamed, split, merged)


@dataclass(frozen=True)
class _Key:
    """What two entries have in common if they are one error; None where nothing can be said.

    ``quick`` is a part of it that is cheap to look at. ``everywhere`` says that no other code of
    the API may have it, not only none that is gone or new. ``may_split`` says that it is sure
    enough to tell one code that became several.
    """

    quick: Callable[[str, Error], str | None]
    full: Callable[[str, Error], Hashable]
    everywhere: bool = True
    may_split: bool = False


def _alike(
    key: _Key,
    old: Mapping[str, Error],
    new: Mapping[str, Error],
    gone: Mapping[str, Error],
    come: Mapping[str, Error],
) -> list[tuple[str, tuple[str, ...]]]:
    """Return each code of ``gone`` with those of ``come`` that alone have its key."""
    wanted = {key.quick(*one) for one in gone.items()} & {key.quick(*one) for one in come.items()}
    wanted.discard(None)
    if not wanted:
        return []
    before, after = (_index(key, entries, wanted) for entries in (old, new))
    return [
        (formers[0], tuple(after[found]))
        for found, formers in before.items()
        if len(formers) == 1
        and formers[0] in gone
        and (len(after.get(found, ())) == 1 or (key.may_split and found in after))
        and all(code in come for code in after[found])
    ]


def _index(
    key: _Key, entries: Mapping[str, Error], wanted: Container[str | None]
) -> dict[Hashable, list[str]]:
    index: dict[Hashable, list[str]] = {}
    for code, error in entries.items():
        if key.quick(code, error) in wanted:
            index.setdefault(key.full(code, error), []).append(code)
    return index


def _folded(code: str, _: Error) -> str:
    return code.casefold()


def _letters(code: str, _: Error) -> str | None:
    letters = "".join(filter(str.isalnum, code.casefold()))
    return None if letters.isdecimal() else letters or None


def _class(language: str, _: str, error: Error) -> str | None:
    chosen = error.sdk.get(language)
    name = chosen.exception if chosen else None
    return None if name == NO_EXCEPTION else name


def _message(_: str, error: Error) -> str | None:
    return error.message or None


def _meaning(_: str, error: Error) -> str | None:
    return error.meaning or None


def _entry(_: str, error: Error) -> Hashable:
    return (error.message, error.meaning, _details(error))


def _message_and_details(_: str, error: Error) -> Hashable:
    return (error.message, _details(error))


def _meaning_and_details(_: str, error: Error) -> Hashable:
    return (error.meaning, _details(error))


def _details(error: Error) -> Hashable:
    return frozenset((name, detail.type) for name, detail in error.details.items())


_BY_CODE: Final = (
    _Key(_folded, _folded, everywhere=False),
    _Key(_letters, _letters, everywhere=False),
)
_BY_TEXT: Final = (
    _Key(_message, _entry, may_split=True),
    _Key(_message, _message_and_details),
    _Key(_meaning, _meaning_and_details),
)


def _keys(languages: Iterable[str]) -> tuple[_Key, ...]:
    """Return what two codes may have in common, the surest first."""
    by_class = (partial(_class, language) for language in languages)
    return (*_BY_CODE, *(_Key(found, found) for found in by_class), *_BY_TEXT)
