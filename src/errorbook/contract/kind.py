"""A kind of change: how bad it is, whom it breaks, what it means and how it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from errorbook.contract.changes import SEVERITIES, Severity, Who
from errorbook.rules.shipped import prose_of

Profile = Literal["default", "strict"]
Promise = Literal["codes", "statuses", "details", "messages"]
PROMISED: Final = "permanent"


@dataclass(frozen=True)
class Case:
    """A circumstance that makes a change of some kind better or worse than it is as a rule.

    ``who`` is whom it breaks then, and ``meaning`` what it does to them, where that is not what
    the kind says, with ``elsewhere`` as there. A case called ``PROMISED`` holds where it is a
    promise that makes a change worse.
    """

    id: str
    when: str
    default: Severity
    strict: Severity
    who: tuple[Who, ...] | None = None
    meaning: str = ""
    elsewhere: str = ""


@dataclass(frozen=True)
class Kind:
    """One row of the table.

    ``says`` is what a message tells of one change (with ``{subject}``, ``{before}``, ``{after}``).
    ``mirror`` is the kind of the opposite change; where there is none, ``no_mirror`` says why.
    ``promise`` is the one that the change breaks, if the API makes it. ``elsewhere`` is what it
    does in other languages than the first, where the meaning is in the words of that one.

    What a change of the kind means and how it is mended stands in the catalog of errorbook's own
    rules, in ``rules/changes.yaml``: there the meaning begins with the title.
    """

    id: str
    title: str
    default: Severity
    strict: Severity
    who: tuple[Who, ...]
    says: str
    mirror: str | None = None
    no_mirror: str = ""
    promise: Promise | None = None
    cases: tuple[Case, ...] = ()
    elsewhere: str = ""

    @property
    def is_of_sdk(self) -> bool:
        """Whether nobody but users of SDKs notices."""
        return self.who == ("sdk",)

    @property
    def meaning(self) -> str:
        """What any change of the kind does to people."""
        title = capitalised(self.title)
        said = _plain(prose_of(self.id, "meaning")).removeprefix(f"{title}: ")
        return capitalised(said) or f"{title}."

    @property
    def fix(self) -> str:
        """How it is mended, as a hint: no sentence."""
        said = _plain(prose_of(self.id, "fix")).removesuffix(".")
        return said[:1].lower() + said[1:]

    def promised(self, decided: Severity, profile: Profile) -> Case | None:
        """Return the case that a promise made of a change, if one made it worse than the rule."""
        row = self.strict if profile == "strict" else self.default
        if SEVERITIES.index(decided) >= SEVERITIES.index(row):
            return None
        return next((one for one in self.cases if one.id == PROMISED), None)

    def meaning_of(self, case: Case | None, *, is_elsewhere: bool = False) -> str:
        """Return what a change of the kind does to people in a case.

        ``is_elsewhere`` says that it is not about the first language alone.
        """
        row = case if case and case.meaning else self
        if is_elsewhere and row.elsewhere:
            return row.elsewhere
        return _plain(row.meaning)

    def who_of(self, case: Case | None) -> tuple[Who, ...]:
        """Return whom a change of the kind breaks in a case."""
        return self.who if case is None or case.who is None else case.who

    def case(self, wanted: str) -> Case | None:
        """Return the case called ``wanted``; None for ``""``, which is the rule.

        Raises:
            KeyError: if there is no such case.
        """
        return {one.id: one for one in self.cases}[wanted] if wanted else None


def by_id(kinds: Iterable[Kind]) -> Mapping[str, Kind]:
    """Return ``kinds`` by their ids, in order.

    Raises:
        ValueError: if two have one id.
    """
    found: dict[str, Kind] = {}
    for kind in kinds:
        if kind.id in found:
            raise ValueError(f"two kinds of change are called {kind.id}")
        found[kind.id] = kind
    return found


def capitalised(text: str) -> str:
    """Return ``text`` with its first letter, and no other, made a capital."""
    return text[:1].upper() + text[1:]


def _plain(prose: str) -> str:
    """Return prose as messages show it: with quotation marks around what is code."""
    return prose.replace("`", "'")
