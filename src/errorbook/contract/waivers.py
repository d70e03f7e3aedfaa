"""Waivers: changes that a repository lets pass for a while, each for a reason it writes down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from errorbook.catalog.models import Model
from errorbook.contract.changes import Change
from errorbook.problems import Finding, quoted

WAIVERS: Final = "waivers"
"""The key of errorbook.yaml they stand under."""
EXPIRED: Final = "waiver-expired"
UNUSED: Final = "waiver-unused"

Key = tuple[str, str, str]
"""Fingerprint, rule and subject of a waiver: what it is about."""

_FINGERPRINT: Final = re.compile(r"C-[0-9a-f]{6}")


def _filled(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty", "a text that is not empty")
    return text


def _fingerprint(text: str) -> str:
    if not _FINGERPRINT.fullmatch(text):
        raise PydanticCustomError("bad-fingerprint", "a fingerprint such as C-4f2c1a")
    return text


def _day(text: object) -> object:
    if not isinstance(text, str):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("bad-day", "a day such as 2027-01-31") from None


_Filled = Annotated[str, StringConstraints(max_length=500), AfterValidator(_filled)]


class Waiver(Model):
    """One change that does not count, until a day."""

    rule: _Filled = Field(description="Id of the kind of change, such as `code-removed`.")
    subject: _Filled = Field(
        description="What it is about, as the report names it: `api/code`, `code` or `api`."
    )
    fingerprint: Annotated[str, AfterValidator(_fingerprint)] = Field(
        description="Fingerprint of the change, from the report: another change of the same "
        "subject is not waived."
    )
    reason: _Filled = Field(description="Why it may pass, for whoever reads the report.")
    expires: Annotated[date, BeforeValidator(_day)] = Field(
        description="Last day on which it counts, such as `2027-01-31`."
    )
    approved_by: _Filled | None = Field(None, description="Who agreed to it.")

    @property
    def key(self) -> Key:
        """What it is about."""
        return self.fingerprint, self.rule, self.subject

    def is_about(self, change: Change) -> bool:
        """Tell whether its rule and subject are those of ``change``."""
        return self.rule == change.rule and self.subject in (change.subject, subject_of(change))


@dataclass(frozen=True)
class Waived:
    """A change that does not count, and the waiver that says so."""

    change: Change
    waiver: Waiver


@dataclass(frozen=True)
class Sorted:
    """Changes that count, those that are waived, and what is wrong with the waivers."""

    counted: tuple[Change, ...]
    waived: tuple[Waived, ...]
    findings: tuple[Finding, ...]


def subject_of(change: Change) -> str:
    """Return what a change is about, with its API."""
    return f"{change.api}/{change.subject}" if change.subject else change.api


def sort_out(
    changes: Iterable[Change], waivers: Iterable[Waiver], today: date, *, strict: bool = False
) -> Sorted:
    """Return which of ``changes`` count on the day ``today``.

    What a waived change claimed counts in its place. A waiver that has expired lets nothing pass,
    and is a finding; so is one that matches no change, which is an error if ``strict``.
    """
    found, known = list(changes), tuple(waivers)
    holding = {waiver.key: waiver for waiver in known if today <= waiver.expires}
    waived = []
    counted = []
    for change in found:
        waiver = _waiver_of(change, holding)
        if waiver is None:
            counted.append(change)
        else:
            waived.append(Waived(change, waiver))
            found += change.claims  # looked at in their turn
    findings = _findings(found, known, today, strict=strict)
    return Sorted(tuple(counted), tuple(waived), tuple(findings))


def _waiver_of(change: Change, holding: dict[Key, Waiver]) -> Waiver | None:
    if not holding:
        return None
    names = (change.subject, subject_of(change))
    keys = ((change.fingerprint, change.rule, name) for name in names)
    return next((holding[key] for key in keys if key in holding), None)


def _findings(
    changes: list[Change], waivers: tuple[Waiver, ...], today: date, *, strict: bool
) -> Iterator[Finding]:
    for index, waiver in enumerate(waivers):
        about = [change for change in changes if waiver.is_about(change)]
        is_used = any(change.fingerprint == waiver.fingerprint for change in about)
        name = f"{waiver.fingerprint} ({waiver.rule} of {quoted(waiver.subject)})"
        if is_used and waiver.expires < today:
            message = f"the waiver {name} expired on {waiver.expires}: its change counts again"
            hint = "undo the change, release it as a new version, or agree on another date"
            yield Finding(EXPIRED, (WAIVERS, index, "expires"), message, hint)
        elif not is_used:
            is_late = f", and expired on {waiver.expires}" if waiver.expires < today else ""
            message = f"the waiver {name} matches no change{is_late}"
            severity: Literal["error", "warning"] = "error" if strict else "warning"
            yield Finding(UNUSED, (WAIVERS, index), message, _mend(about), severity)


def _mend(about: list[Change]) -> str:
    if not about:
        return "remove it"
    others = ", ".join(sorted(change.fingerprint for change in about)[:3])
    return f"what changes there now is another thing: {others}"
