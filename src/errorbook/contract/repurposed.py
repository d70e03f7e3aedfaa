"""Codes that are used for another error: what is there of it, and what else changed with it.

A code that is reworded is still the same error. It takes more to make it another one: its class,
words that were another code's, or a status and texts that have nothing in common with what it had.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from errorbook.catalog.models import Error
from errorbook.catalog.statuses import family
from errorbook.contract.class_names import still_works
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.outputs.language import Language

RULE: Final = "code-repurposed"

_CODE: Final = 3
"""Step of the path of an error that is its code."""
_PROSE: Final = {"causes", "fix"}

_WORD: Final = re.compile(r"[a-z0-9]+|[^\W_]")
"""A word in Latin letters; a letter of its own elsewhere, where words cannot be told so easily."""
_SHORTEST: Final = 4
"""Letters of a word that says something: not *the*, *is* or *not*."""
_ALIKE: Final = 0.25
"""Part of the words of the shorter text that two wordings of one thing have in common."""

_TEXTS: Final[tuple[Callable[[Error], str], ...]] = (
    lambda error: " ".join(error.meaning.split()),
    lambda error: " ".join(error.message.split()),
)


def repurposed(pair: Pair) -> Mapping[str, ErrorPair]:
    """Return the errors of which the codes are used for others now, by code."""
    taken = pair.renames.taken_to
    asked = [
        one
        for one in pair.changed
        if one.former_code == one.code and one.code not in taken and _has_other_words(one)
    ]
    if not asked:
        return {}
    owners = tuple(_Owners(pair, text) for text in _TEXTS)
    return {one.code: one for one in asked if _is_another(one, owners)}


def repurposings(found: Mapping[str, ErrorPair]) -> Iterator[Draft]:
    """Yield that codes are used for other errors."""
    for one in found.values():
        was, now = (side.meaning or side.message for side in (one.before, one.after))
        if was == now:
            was, now = one.before.message, one.after.message
        names = list(_other_classes(one))
        if names:
            formers, present = (", ".join(dict.fromkeys(some)) for some in zip(*names, strict=True))
            was, now = f"{formers}: {was}", f"{present}: {now}"
        yield Draft(RULE, one.at(), one.code, was, now, whole=partial(_whole, one))


def claims(found: Mapping[str, ErrorPair], drafts: Iterable[Draft]) -> Mapping[str, list[Draft]]:
    """Return ``drafts`` by the code of ``found`` that they are about, as far as one can tell."""
    by_code: dict[str, list[Draft]] = {code: [] for code in found}
    first = next(iter(found))
    for draft in drafts:
        names = (draft.path[_CODE] if len(draft.path) > _CODE else "", draft.subject, draft.before)
        about = (str(name).partition(".")[0] for name in names)
        by_code[next((name for name in about if name in found), first)].append(draft)
    return by_code


def _whole(one: ErrorPair) -> str:
    """Return all of an error on both sides but for prose that nothing is promised about."""
    sides = [side.model_dump(mode="json", exclude=_PROSE) for side in (one.before, one.after)]
    return json.dumps([_plain(side) for side in sides], sort_keys=True)


def _plain(value: object) -> object:
    """Return ``value`` whatever its order and layout."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted(
            (_plain(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True)
        )
    return " ".join(value.split()) if isinstance(value, str) else value


class _Owners:
    """Which codes have which text, before and after."""

    def __init__(self, pair: Pair, text: Callable[[Error], str]) -> None:
        self._pair = pair
        self._text = text
        self._before = _by_text(pair.old, text)
        self._after = _by_text(pair.new, text)

    def has_taken(self, one: ErrorPair) -> bool:
        """Tell whether the text of ``one`` was that of another code, and of no third one."""
        was, now = self._text(one.before), self._text(one.after)
        formers = self._before.get(now, [])
        if not was or not now or was == now or len(formers) != 1 or self._after[now] != [one.code]:
            return False
        return not _gives_way(self._pair, formers[0], one.code)

    def has_given(self, one: ErrorPair) -> bool:
        """Tell whether the text that ``one`` had is that of another code now, and of no third."""
        was, now = self._text(one.before), self._text(one.after)
        present = self._after.get(was, [])
        if not was or was == now or len(present) != 1 or self._before[was] != [one.code]:
            return False
        return not _gives_way(self._pair, one.code, present[0])

    def has_kept(self, one: ErrorPair) -> bool:
        """Tell whether ``one`` alone has the text that it alone had."""
        was, now = self._text(one.before), self._text(one.after)
        is_own = self._before.get(was) == self._after.get(now) == [one.code]
        return bool(was) and was == now and is_own

    def are_unlike(self, one: ErrorPair) -> bool:
        """Tell whether there are two texts, and more than the wording of one changed."""
        return _are_unlike(self._text(one.before), self._text(one.after))

    def are_there(self, one: ErrorPair) -> bool:
        """Tell whether there is a text on both sides."""
        return bool(self._text(one.before) and self._text(one.after))


def _is_another(one: ErrorPair, owners: tuple[_Owners, ...]) -> bool:
    if _has_another_class(one):
        return True
    if any(owner.has_kept(one) for owner in owners):
        return False
    if any(owner.has_taken(one) for owner in owners):
        return True
    if any(owner.has_given(one) and owner.are_unlike(one) for owner in owners):
        return True
    told = [owner for owner in owners if owner.are_there(one)]
    is_reworded = not all(owner.are_unlike(one) for owner in told)
    return bool(told) and not is_reworded and _has_another_status(one, len(told))


def _has_other_words(one: ErrorPair) -> bool:
    return any(text(one.before) != text(one.after) for text in _TEXTS)


def _has_another_class(one: ErrorPair) -> bool:
    """Tell whether there is another class, and none of the name that there was, in any language.

    Where one language has its class still, it is the other that has another name for the error.
    """
    if one.before.sdk == one.after.sdk:
        return False
    languages = one.api.kept_languages
    return bool(languages) and all(_has_another_class_in(one, language) for language in languages)


def _has_another_class_in(one: ErrorPair, language: Language) -> bool:
    before, after = (language.own_class(one.code, side) for side in (one.before, one.after))
    if before is None or after is None or before == after:
        return False
    return not still_works(one.api, language, before)


def _other_classes(one: ErrorPair) -> Iterator[tuple[str, str]]:
    """Yield the classes that have another name, each with it."""
    for language in one.api.kept_languages:
        before, after = (language.own_class(one.code, side) for side in (one.before, one.after))
        if before is not None and after is not None and before != after:
            yield before, after


def _has_another_status(one: ErrorPair, texts: int) -> bool:
    """Tell whether no status stayed; where one text is all there is, no family either."""
    before, after = set(one.before.status), set(one.after.status)
    if texts < len(_TEXTS):
        return bool(before and after) and set(map(family, before)).isdisjoint(map(family, after))
    return bool(before and after) and before.isdisjoint(after)


def _gives_way(pair: Pair, old: str, new: str) -> bool:
    """Tell whether the catalog says that ``new`` takes the place of ``old``."""
    tombstone, error = pair.after.retired.get(old), pair.new.get(old)
    said = (tombstone and tombstone.replaced_by, error and error.replaced_by)
    return new in said or old in pair.new[new].renamed_from


def _by_text(errors: Mapping[str, Error], text: Callable[[Error], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, error in errors.items():
        found.setdefault(text(error), []).append(code)
    return found


def _are_unlike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    return len(words & others) < _ALIKE * min(len(words), len(others))


def _words(text: str) -> frozenset[str]:
    found = _WORD.findall(text.casefold())
    return frozenset(one for one in found if len(one) >= _SHORTEST or not one.isascii()) or (
        frozenset(found)
    )
