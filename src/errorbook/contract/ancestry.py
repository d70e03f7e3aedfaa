"""The classes between base class and errors: which are above which error, before and after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from errorbook.catalog.models import Error
from errorbook.catalog.statuses import family
from errorbook.contract.class_names import listed_aliases
from errorbook.contract.pair import ErrorPair, Pair
from errorbook.outputs.language import Language


class Ancestry:
    """Those of one language.

    Former names are told as they are now: of groups that have another id, and of classes.
    """

    def __init__(self, pair: Pair, language: Language, groups: Mapping[str, str]) -> None:
        self.language = language
        self.groups = groups
        known = language.parents(pair.before).items()
        before = {groups.get(one, one): name for one, name in known}
        after = language.parents(pair.after)
        self.renamed = _renamed_parents(pair, language, before)
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

    def lost_by_group_alone(self, one: ErrorPair) -> set[str]:
        """Return those of ``lost_by_group`` that there still are."""
        return self.lost_by_group(one) - self.gone

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
        has_class = self.language.own_class(code, error) is not None
        return {known[group]} if has_class and group is not None and group in known else set()

    def _of_status(self, one: ErrorPair, *, is_before: bool) -> set[str]:
        _, error, known = self._side(one, is_before=is_before)
        return {known[selector] for selector in selectors(error.status) if selector in known}

    def _side(self, one: ErrorPair, *, is_before: bool) -> tuple[str, Error, Mapping[str, str]]:
        if is_before:
            return one.former_code, one.before, self._before
        return one.code, one.after, self._after


class Ancestries:
    """Those of every language that an API told of and still does."""

    def __init__(self, pair: Pair, groups: Mapping[str, str]) -> None:
        self.each = tuple(Ancestry(pair, language, groups) for language in pair.kept_languages)

    def where(self, asked: Callable[[Ancestry], Collection[str]]) -> tuple[str, ...]:
        """Return the languages in which some class is what is ``asked``."""
        return tuple(one.language.NAME for one in self.each if asked(one))

    def by_classes(
        self, asked: Callable[[Ancestry], Collection[str]]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the classes that are ``asked``, each list once, with the languages that have it."""
        found: dict[str, list[str]] = {}
        for one in self.each:
            names = ", ".join(sorted(asked(one)))
            if names:
                found.setdefault(names, []).append(one.language.NAME)
        yield from ((names, tuple(languages)) for names, languages in found.items())


def selectors(statuses: tuple[int, ...]) -> Iterator[str]:
    """Yield the status and the family that all of ``statuses`` are of: what classes stand for."""
    if len(set(statuses)) == 1:
        yield str(statuses[0])
    families = set(map(family, statuses))
    if len(families) == 1:
        yield from families


def _renamed_parents(
    pair: Pair, language: Language, before: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the parents that have another name, each with it.

    ``before`` has the former ones by what they stand for, under the ids that groups have now.
    """
    after = language.parents(pair.after)
    found = {
        name: after[selector]
        for selector, name in before.items()
        if after.get(selector, name) not in before.values() and name not in after.values()
    }
    listed = listed_aliases(language, pair.after)
    known = (name for name in before.values() if name in listed and listed[name] in after.values())
    return {**found, **{name: listed[name] for name in known if name not in after.values()}}
