"""Exception classes: what they are called, what catches them, and where they are imported from.

Each language that the API tells of is compared by itself. What follows from another change is not
told again: a renamed code has another class, a changed status or group other base classes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from errorbook.catalog.models import Api, Error
from errorbook.contract.ancestry import Ancestries, Ancestry, selectors
from errorbook.contract.class_names import (
    base_classes,
    classes,
    derived_class,
    listed_aliases,
    names_of,
    still_works,
)
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.outputs.language import Language
from errorbook.problems import CatalogPath

Drafts = Iterator[Draft]


def sdk_changes(pair: Pair, ancestries: Ancestries, told: Collection[str] = ()) -> Drafts:
    """Yield what happened to the classes of the whole API, each class once in each language.

    ``told`` are the groups that are gone: that takes their classes along.
    """
    yield from _modules(pair)
    for ancestry in ancestries.each:
        yield from _Sdk(pair, ancestry).changes(told)


def class_changes(one: ErrorPair) -> Drafts:
    """Yield what happened to the classes of one error that has the code it had."""
    if one.former_code != one.code or one.before.sdk == one.after.sdk:
        return
    for language in one.api.kept_languages:
        drafts = (*_own_class(one, language), *_constant(one, language))
        yield from (replace(draft, languages=(language.NAME,)) for draft in drafts)


def _modules(pair: Pair) -> Drafts:
    """Yield the languages that an API began, or ceased, to tell of: with all that is theirs."""
    kept = {language.NAME for language in pair.kept_languages}
    for language in pair.languages:
        if language.NAME not in kept:
            module = language.module_name(pair.name, pair.before)
            yield _module("sdk-module-removed", pair, language, module, "")
    for language in pair.languages_now:
        if language.NAME not in kept:
            module = language.module_name(pair.name, pair.after)
            yield _module("sdk-module-added", pair, language, "", module)


def _module(rule: str, pair: Pair, language: Language, before: str, after: str) -> Draft:
    path, languages = pair.at("sdk", language.NAME), (language.NAME,)
    return Draft(rule, path, "", before, after, languages=languages)


def _own_class(one: ErrorPair, language: Language) -> Drafts:
    before, after = (language.own_class(one.code, side) for side in (one.before, one.after))
    path = one.at("sdk", language.NAME, "exception")
    if before == after:
        return
    if before is None:
        yield Draft("class-added", path, one.code, "", after or "")
    elif after is None:
        yield Draft("class-removed", path, one.code, before, "")
    else:
        case = "alias" if still_works(one.api, language, before) else ""
        yield Draft("class-renamed", path, one.code, before, after, case)


def _constant(one: ErrorPair, language: Language) -> Drafts:
    before, after = (language.constant(one.code, side) for side in (one.before, one.after))
    if before and before != after:
        path = one.at("sdk", language.NAME, "constant")
        yield Draft("constant-renamed", path, one.code, before, after or "none")


@dataclass(frozen=True)
class _Sdk:
    """What one language makes of an API, before and after."""

    pair: Pair
    ancestry: Ancestry

    @property
    def language(self) -> Language:
        return self.ancestry.language

    def at(self, *steps: str) -> CatalogPath:
        return self.pair.at("sdk", self.language.NAME, *steps)

    def changes(self, told: Collection[str]) -> Drafts:
        languages = (self.language.NAME,)
        yield from (replace(draft, languages=languages) for draft in self._all(told))

    def _all(self, told: Collection[str]) -> Drafts:
        pair, name = self.pair, self.language.NAME
        sides = (pair.before, pair.after)
        before, after = (self.language.module_name(pair.name, api) for api in sides)
        if before != after:
            yield Draft("sdk-module-moved", self.at("package"), "", before, after)
        yield from self._bases()
        renamed = self.ancestry.renamed
        for old, new in renamed.items():
            yield self._class_renamed(old, new, self.at("parents"))
        if pair.before.sdk.get(name) != pair.after.sdk.get(name) or renamed:
            yield from self._ancestors(told)
        yield from self._aliases()

    def _class_renamed(self, old: str, new: str, path: CatalogPath) -> Draft:
        case = "alias" if old in listed_aliases(self.language, self.pair.after) else ""
        return Draft("class-renamed", path, old, old, new, case)

    def _bases(self) -> Drafts:
        sides = (self.pair.before, self.pair.after)
        before, after = (base_classes(self.language, self.pair.name, api) for api in sides)
        lost = [name for name in before if name not in after]
        gained = [name for name in after if name not in before]
        path = self.at("base")
        if len(lost) == len(gained):
            for old, new in zip(lost, gained, strict=True):
                yield self._class_renamed(old, new, path)
            return
        for name in lost:
            yield Draft("ancestor-lost", path, name, name, "all exceptions")
        for name in gained:
            yield Draft("ancestor-gained", path, name, "all exceptions", name)

    def _ancestors(self, told: Collection[str]) -> Drafts:
        """Yield which parents catch more or less than they did, by what the API says of them."""
        pair, groups, renamed = self.pair, self.ancestry.groups, self.ancestry.renamed
        kept = [
            one
            for one in pair.kept
            if one.same_status
            and groups.get(one.before.group or "", one.before.group) == one.after.group
        ]
        caught = self._members(pair.before, {one.code: one.before for one in kept})
        catches = self._members(pair.after, {one.code: one.after for one in kept})
        now = {renamed.get(name, name): codes for name, codes in caught.items()}
        for name in dict.fromkeys((*now, *catches)):
            lost = sorted(now.get(name, set()) - catches.get(name, set()))
            gained = sorted(catches.get(name, set()) - now.get(name, set()))
            if lost:
                families = self._families(name, lost)
                yield Draft("ancestor-lost", self.at("parents"), name, name, families)
            if gained:
                families = self._families(name, gained)
                yield Draft("ancestor-gained", self.at("parents"), name, families, name)
        known = self.language.parents(pair.before).items()
        of_groups = {name for one, name in known if one in told}
        yield from self._childless({*now, *catches, *of_groups})

    def _families(self, name: str, codes: list[str]) -> str:
        """Return the groups and statuses that a parent is for on one side only, else the codes."""
        groups = self.ancestry.groups
        known = self.language.parents(self.pair.before).items()
        before = {groups.get(selector, selector) for selector, one in known if one == name}
        now = self.language.parents(self.pair.after).items()
        after = {selector for selector, one in now if one == name}
        return ", ".join(sorted(before ^ after) or codes)

    def _childless(self, told: set[str]) -> Drafts:
        """Yield the parents that came or went without an error below them."""
        path, renamed = self.at("parents"), self.ancestry.renamed
        known = self.language.parents(self.pair.before).values()
        before = dict.fromkeys(renamed.get(one, one) for one in known)
        after = dict.fromkeys(self.language.parents(self.pair.after).values())
        for name in before:
            if name not in after and name not in told:
                yield Draft("class-removed", path, name, name, "")
        for name in after:
            if name not in before and name not in told:
                yield Draft("class-added", path, name, "", name)

    def _members(self, api: Api, errors: Mapping[str, Error]) -> dict[str, set[str]]:
        """Return the codes that each parent catches."""
        known = self.language.parents(api)
        found: dict[str, set[str]] = {}
        for code, error in errors.items():
            if self.language.own_class(code, error) is None:
                continue
            by_status = (known[one] for one in selectors(error.status) if one in known)
            for name in {*self.language.parents_of(api, error), *by_status}:
                found.setdefault(name, set()).add(code)
        return found

    def _aliases(self) -> Drafts:
        """Yield the former names that came or went by themselves, not with a code or its rename."""
        pair, language = self.pair, self.language
        if not any(_may_have_aliases(language, api) for api in (pair.before, pair.after)):
            return
        before = language.aliases(pair.name, pair.before)
        now = names_of(language, pair.name, pair.after)
        gone = {
            language.own_class(code, pair.old[code]) for code in pair.old if code not in pair.new
        }
        told = _of_former_codes(pair, language)
        for name, target in sorted(before.items()):
            if name not in now and target not in gone and name not in told:
                yield Draft("class-alias-removed", self.at(), name, name, "")
        was = {*before, *classes(language, pair.name, pair.before)}
        for name in sorted(language.aliases(pair.name, pair.after)):
            if name not in was and name not in told:
                yield Draft("class-alias-added", self.at(), name, "", name)


def _may_have_aliases(language: Language, api: Api) -> bool:
    return bool(listed_aliases(language, api)) or any(
        error.renamed_from or any(one.aliases for one in error.sdk.values())
        for error in api.errors.values()
    )


def _of_former_codes(pair: Pair, language: Language) -> set[str | None]:
    """Return the class names that followed from former codes."""
    return {
        derived_class(language, code)
        for api in (pair.before, pair.after)
        for error in api.errors.values()
        for code in error.renamed_from
    }
