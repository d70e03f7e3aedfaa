"""Exception classes: what they are called, what catches them, and where they are imported from.

What follows from another change is not told again: a renamed code has another class, a changed
status or group other base classes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from errorbook.catalog.kept import kept_by_api
from errorbook.catalog.models import Api, Error
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.outputs.python.naming import (
    LANGUAGE,
    aliases,
    api_aliases,
    base_class,
    constant,
    derive_class,
    derives,
    module_name,
    own_class,
    parents,
    parents_of,
    sdk_base,
    selectors,
)

Drafts = Iterator[Draft]


def still_works(pair: Pair, name: str) -> bool:
    """Tell whether a class name that there was is still there, as a class or as an alias."""
    return name in _names(pair.after).of(pair.name)


class Ancestry:
    """The classes between base class and errors: which are above which error, before and after.

    Former names are told as they are now: of groups that have another id, and of classes.
    """

    def __init__(self, pair: Pair, groups: Mapping[str, str]) -> None:
        self.groups = groups
        before = {groups.get(one, one): name for one, name in parents(pair.before).items()}
        after = parents(pair.after)
        self.renamed = _renamed_parents(pair, before)
        """The classes that have another name, each with it."""
        self._before = {one: self.renamed.get(name, name) for one, name in before.items()}
        self._after = after
        self.gone = frozenset(self._before.values()) - frozenset(after.values())
        """The classes that there are no more."""

    def lost_by_group(self, one: ErrorPair) -> set[str]:
        """Return the classes that caught an error by its former group, and no longer do."""
        return self._of_group(one, is_before=True) - self._above(one, is_before=False)

    def gained_by_group(self, one: ErrorPair) -> set[str]:
        """Return the classes that catch an error by its group, and did not before."""
        return self._of_group(one, is_before=False) - self._above(one, is_before=True)

    def lost_by_status(self, one: ErrorPair) -> set[str]:
        """Return the classes that caught an error by its status, and no longer do.

        Classes that are gone altogether are told by themselves.
        """
        lost = self._of_status(one, is_before=True) - self._above(one, is_before=False)
        return lost - self.gone

    def gained_by_status(self, one: ErrorPair) -> set[str]:
        """Return the classes that catch an error by its status, and did not before."""
        return self._of_status(one, is_before=False) - self._above(one, is_before=True)

    def _above(self, one: ErrorPair, *, is_before: bool) -> set[str]:
        return self._of_group(one, is_before=is_before) | self._of_status(one, is_before=is_before)

    def _of_group(self, one: ErrorPair, *, is_before: bool) -> set[str]:
        code, error, known = self._side(one, is_before=is_before)
        group = self.groups.get(error.group or "", error.group) if is_before else error.group
        has_class = own_class(code, error) is not None
        return {known[group]} if has_class and group is not None and group in known else set()

    def _of_status(self, one: ErrorPair, *, is_before: bool) -> set[str]:
        _, error, known = self._side(one, is_before=is_before)
        return {known[selector] for selector in selectors(error.status) if selector in known}

    def _side(self, one: ErrorPair, *, is_before: bool) -> tuple[str, Error, Mapping[str, str]]:
        if is_before:
            return one.former_code, one.before, self._before
        return one.code, one.after, self._after


def sdk_changes(pair: Pair, ancestry: Ancestry, told: Collection[str] = ()) -> Drafts:
    """Yield what happened to the classes of the whole API, each class once.

    ``told`` are the groups that are gone: that takes their classes along.
    """
    before, after = (module_name(pair.name, api) for api in (pair.before, pair.after))
    path = pair.at("sdk", LANGUAGE)
    if before != after:
        yield Draft("sdk-module-moved", (*path, "package"), "", before, after)
    yield from _bases(pair)
    renamed = ancestry.renamed
    for old, new in renamed.items():
        yield _class_renamed(pair, old, new, (*path, "parents"))
    if pair.before.sdk.get(LANGUAGE) != pair.after.sdk.get(LANGUAGE) or renamed:
        yield from _ancestors(pair, ancestry, told)
    yield from _aliases(pair)


def class_changes(one: ErrorPair) -> Drafts:
    """Yield what happened to the class of one error that has the code it had."""
    if one.former_code != one.code or one.before.sdk == one.after.sdk:
        return
    before, after = own_class(one.code, one.before), own_class(one.code, one.after)
    path = one.at("sdk", LANGUAGE, "exception")
    if before != after and before is None:
        yield Draft("class-added", path, one.code, "", after or "")
    elif before != after and after is None:
        yield Draft("class-removed", path, one.code, before or "", "")
    elif before != after:
        told = (before or "", after or "")
        case = "alias" if still_works(one.api, told[0]) else ""
        yield Draft("class-renamed", path, one.code, *told, case=case)
    names = constant(one.code, one.before), constant(one.code, one.after)
    if names[0] != names[1]:
        told = (names[0] or "", names[1] or "none")
        if told[0]:
            path = one.at("sdk", LANGUAGE, "constant")
            yield Draft("constant-renamed", path, one.code, *told)


@kept_by_api
def _names(api: Api) -> _NamesByApi:
    return _NamesByApi(api)


class _NamesByApi:
    """The names of classes that work in an API, below the id that it has in a catalog."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._found: dict[str, frozenset[str]] = {}

    def of(self, name: str) -> frozenset[str]:
        if name not in self._found:
            found = (*aliases(name, self._api), *_classes(name, self._api))
            self._found[name] = frozenset(found)
        return self._found[name]


def _classes(name: str, api: Api) -> Iterator[str]:
    yield from _chain(name, api)
    yield from parents(api).values()
    yield from filter(None, (own_class(code, error) for code, error in api.errors.items()))


def _chain(name: str, api: Api) -> list[str]:
    """Return the classes that every exception comes below."""
    theirs = sdk_base(api)
    return [base_class(name, api), *([theirs[1]] if theirs else [])]


def _class_renamed(pair: Pair, old: str, new: str, path: tuple[str | int, ...]) -> Draft:
    case = "alias" if old in api_aliases(pair.after) else ""
    return Draft("class-renamed", path, old, old, new, case)


def _bases(pair: Pair) -> Drafts:
    before, after = _chain(pair.name, pair.before), _chain(pair.name, pair.after)
    lost = [name for name in before if name not in after]
    gained = [name for name in after if name not in before]
    path = pair.at("sdk", LANGUAGE, "base")
    if len(lost) == len(gained):
        for old, new in zip(lost, gained, strict=True):
            yield _class_renamed(pair, old, new, path)
        return
    for name in lost:
        yield Draft("ancestor-lost", path, name, name, "all exceptions")
    for name in gained:
        yield Draft("ancestor-gained", path, name, "all exceptions", name)


def _renamed_parents(pair: Pair, before: Mapping[str, str]) -> Mapping[str, str]:
    """Return the parents that have another name, each with it.

    ``before`` has the former ones by what they stand for, under the ids that groups have now.
    """
    after = parents(pair.after)
    found = {
        name: after[selector]
        for selector, name in before.items()
        if after.get(selector, name) not in before.values() and name not in after.values()
    }
    listed = api_aliases(pair.after)
    known = (name for name in before.values() if name in listed and listed[name] in after.values())
    return {**found, **{name: listed[name] for name in known if name not in after.values()}}


def _ancestors(pair: Pair, ancestry: Ancestry, told: Collection[str]) -> Drafts:
    """Yield which parents catch more or less than they did, by what the API says of them."""
    path = pair.at("sdk", LANGUAGE, "parents")
    groups, renamed = ancestry.groups, ancestry.renamed
    kept = [
        one
        for one in pair.kept
        if one.same_status
        and groups.get(one.before.group or "", one.before.group) == one.after.group
    ]
    caught = _members(pair.before, {one.code: one.before for one in kept})
    catches = _members(pair.after, {one.code: one.after for one in kept})
    now = {renamed.get(name, name): codes for name, codes in caught.items()}
    for name in dict.fromkeys((*now, *catches)):
        lost = sorted(now.get(name, set()) - catches.get(name, set()))
        gained = sorted(catches.get(name, set()) - now.get(name, set()))
        if lost:
            yield Draft("ancestor-lost", path, name, name, _families(pair, groups, name, lost))
        if gained:
            families = _families(pair, groups, name, gained)
            yield Draft("ancestor-gained", path, name, families, name)
    of_groups = {name for one, name in parents(pair.before).items() if one in told}
    yield from _childless(pair, renamed, {*now, *catches, *of_groups})


def _families(pair: Pair, groups: Mapping[str, str], name: str, codes: list[str]) -> str:
    """Return the groups and statuses that a parent is for on one side only, else the codes."""
    known = parents(pair.before).items()
    before = {groups.get(selector, selector) for selector, one in known if one == name}
    after = {selector for selector, one in parents(pair.after).items() if one == name}
    return ", ".join(sorted(before ^ after) or codes)


def _childless(pair: Pair, renamed: Mapping[str, str], told: set[str]) -> Drafts:
    """Yield the parents that came or went without an error below them."""
    path = pair.at("sdk", LANGUAGE, "parents")
    before = dict.fromkeys(renamed.get(one, one) for one in parents(pair.before).values())
    after = dict.fromkeys(parents(pair.after).values())
    for name in before:
        if name not in after and name not in told:
            yield Draft("class-removed", path, name, name, "")
    for name in after:
        if name not in before and name not in told:
            yield Draft("class-added", path, name, "", name)


def _members(api: Api, errors: Mapping[str, Error]) -> dict[str, set[str]]:
    """Return the codes that each parent catches."""
    known = parents(api)
    found: dict[str, set[str]] = {}
    for code, error in errors.items():
        if own_class(code, error) is None:
            continue
        by_status = (known[one] for one in selectors(error.status) if one in known)
        for name in {*parents_of(api, error), *by_status}:
            found.setdefault(name, set()).add(code)
    return found


def _aliases(pair: Pair) -> Drafts:
    """Yield the former names that came or went by themselves, not with a code or its rename."""
    if not _may_have_aliases(pair.before) and not _may_have_aliases(pair.after):
        return
    before, now = aliases(pair.name, pair.before), _names(pair.after).of(pair.name)
    gone = {own_class(code, pair.old[code]) for code in pair.old if code not in pair.new}
    told = _of_former_codes(pair)
    for name, target in sorted(before.items()):
        if name not in now and target not in gone and name not in told:
            yield Draft("class-alias-removed", pair.at("sdk", LANGUAGE), name, name, "")
    was = {*before, *_classes(pair.name, pair.before)}
    for name in sorted(aliases(pair.name, pair.after)):
        if name not in was and name not in told:
            yield Draft("class-alias-added", pair.at("sdk", LANGUAGE), name, "", name)


def _may_have_aliases(api: Api) -> bool:
    return bool(api_aliases(api)) or any(
        error.renamed_from or any(one.aliases for one in error.sdk.values())
        for error in api.errors.values()
    )


def _of_former_codes(pair: Pair) -> set[str]:
    """Return the class names that followed from former codes."""
    return {
        derive_class(code)
        for api in (pair.before, pair.after)
        for error in api.errors.values()
        for code in error.renamed_from
        if derives(code)
    }
