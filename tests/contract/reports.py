"""Reports that tests show in every format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from errorbook.contract.changes import Change, Severity
from errorbook.contract.report import Found, Report, in_order
from errorbook.contract.waivers import Waiver
from errorbook.problems import Place

HOSTILE = "\x1b[31m@everyone\n::error::x %0A ##[group] <img src=x> | `a` ](http://x.example) \u202e"
"""Text that would act on a terminal, a CI or a page."""


def change(
    rule: str = "code-removed", severity: Severity = "breaking", subject: str = "sold_out"
) -> Change:
    """Return a change of the API ``shop``."""
    return Change(
        rule,
        severity,
        "shop",
        subject,
        "was",
        "is",
        ("wire", "python"),
        f"{subject} is not what it was.",
        f"keep {subject}",
        ("apis", "shop", "errors", subject),
    )


def hostile_change(severity: Severity = "breaking") -> Change:
    """Return a change of which every text that a catalog may give is hostile."""
    return replace(
        change(severity=severity),
        subject=HOSTILE,
        before=HOSTILE,
        after=HOSTILE,
        message=HOSTILE,
        hint=HOSTILE,
    )


def found(*changes: Change) -> tuple[Found, ...]:
    """Return ``changes`` with the lines they are on: the first on line 10, and so on."""
    places = {one: Place("errors.yaml", at, 7) for at, one in enumerate(changes, 10)}
    return tuple(Found(one, places.__getitem__) for one in changes)


def report(*changes: Change) -> Report:
    """Return the report of a comparison that found ``changes``."""
    return Report(
        "errors.yaml",
        "v1.0",
        codes=412,
        found=in_order(found(*changes)),
        commit="4f2c1a9" + "0" * 33,
        seconds=0.094,
    )


def waived_report() -> Report:
    """Return a report with nothing but a change that is waived."""
    waiver = Waiver(
        rule="code-removed",
        subject="shop/sold_out",
        fingerprint=change().fingerprint,
        reason="never shipped",
        expires=date(2027, 1, 31),
    )
    (one,) = found(change())
    return replace(report(), waived=(replace(one, waiver=waiver),))
