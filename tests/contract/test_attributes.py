"""A detail that is read from another attribute is told of, in each language that it is one in."""

from __future__ import annotations

from datetime import date

import pytest

from errorbook.contract.changes import Change
from errorbook.contract.compare import compare
from errorbook.outputs.language import Language
from errorbook.outputs.languages import LANGUAGES
from tests.contract.catalogs import Edit, edited

TODAY = date(2026, 6, 1)
FIRST = next(iter(LANGUAGES.values()))
WAIT, AFTER = "errors/rate_limited/details/retry_after", "errors/rate_limited/retry/after"
HINTS = ["seconds", "header:Retry-After"]
PLAIN: tuple[Edit, ...] = ((WAIT, {"type": "number", "unit": "seconds"}), (AFTER, HINTS))
NAMED: tuple[Edit, ...] = (*PLAIN, (AFTER, [*HINTS, "retry_after"]))


def told_of(language: Language) -> tuple[Edit, ...]:
    """Return what makes an API tell of a language beside the first one."""
    return () if language is FIRST else ((f"sdk/{language.NAME}", {}),)


def between(before: tuple[Edit, ...], after: tuple[Edit, ...]) -> list[Change]:
    return compare(edited(before), edited(after), today=TODAY)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda one: one.NAME)
def test_a_wait_that_becomes_that_of_every_error_gets_its_attribute(language: Language) -> None:
    told = told_of(language)
    before, after = (edited((*told, *edits)) for edits in (PLAIN, NAMED))
    names = [
        language.attribute(side.apis["demo"].errors["rate_limited"], "retry_after") or ""
        for side in (before, after)
    ]

    changes = compare(before, after, today=TODAY)
    (change,) = (one for one in changes if one.who == (language.NAME,))
    (back,) = (one for one in compare(after, before, today=TODAY) if one.who == change.who)

    assert names[0] != names[1]
    assert (change.rule, change.severity) == ("attribute-renamed", "breaking")
    assert [change.subject, change.before, change.after] == ["rate_limited.retry_after", *names]
    assert change.path == ("apis", "demo", *WAIT.split("/"))
    assert (back.rule, back.before, back.after) == ("attribute-renamed", *reversed(names))
    assert "retry-hint-added" in {one.rule for one in changes}, "who reads bodies is told, too"


def test_it_is_told_of_a_policy_that_turns_and_of_a_code_that_is_renamed() -> None:
    plain: tuple[Edit, ...] = (*PLAIN, ("errors/rate_limited/retry", {"when": "never"}))
    turned = (*plain, ("errors/rate_limited/retry", {"when": "as_is", "after": ["retry_after"]}))
    renamed: tuple[Edit, ...] = (
        *NAMED,
        ("errors/rate_limited -> too_fast", {"renamed_from": ["rate_limited"]}),
        ("retired/rate_limited", {"removed": "v1"}),
    )

    assert {"attribute-renamed", "retry-allowed"} <= {one.rule for one in between(plain, turned)}
    subjects = [one.subject for one in between(PLAIN, renamed) if one.rule == "attribute-renamed"]
    assert subjects == ["too_fast.retry_after"]


@pytest.mark.parametrize(
    "then",
    [
        (AFTER, ["header:Retry-After"]),
        (f"{WAIT}/sensitive", True),
        (f"{WAIT} -> retry-after", {}),
        (WAIT, None),
    ],
)
def test_what_is_told_as_another_change_is_not_told_again(then: Edit) -> None:
    assert "attribute-renamed" not in {one.rule for one in between(PLAIN, (*PLAIN, then))}
