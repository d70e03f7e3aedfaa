"""The figure of completeness: which fields apply, what counts as filled, how it is rounded."""

from __future__ import annotations

from typing import Any

import pytest

from errorbook.catalog.models import Api, Error
from errorbook.checks.completeness import (
    Completeness,
    completeness,
    fields,
    has_to_be_mended,
    is_settled,
)


def _error(**said: Any) -> Error:
    return Error.model_validate(said, strict=False)


def _api(**errors: dict[str, Any]) -> Api:
    return Api.model_validate({"errors": errors}, strict=False)


FULL = {
    "status": 409,
    "meaning": "No copy is left.",
    "message": "{title} is sold out.",
    "causes": ["A sale."],
    "fix": "Choose another book.",
    "actions": [{"do": "use_alternative", "how": "Offer another book."}],
    "retry": {"when": "never"},
    "details": {"title": {"type": "string", "example": "Emma", "meaning": "The book."}},
}
"""An error of which all is said that can be asked for."""


def test_of_a_full_error_nothing_is_missing() -> None:
    found = list(fields(_error(**FULL)))
    assert [name for name, is_filled in found if not is_filled] == []
    assert [name for name, _ in found] == [
        "meaning",
        "causes",
        "fix",
        "message",
        "actions",
        "retry",
        "how",
        "meaning of values",
        "example of values",
    ]


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("meaning", "meaning"),
        ("message", "message"),
        ("causes", "causes"),
        ("fix", "fix"),
        ("actions", "actions"),
        ("retry", "retry"),
    ],
)
def test_what_is_left_out_is_missing(left_out: str, missing: str) -> None:
    said = {key: value for key, value in FULL.items() if key != left_out}
    assert [name for name, is_filled in fields(_error(**said)) if not is_filled] == [missing]


def test_blanks_say_nothing() -> None:
    said = {**FULL, "meaning": "  ", "causes": [" "]}
    missing = [name for name, is_filled in fields(_error(**said)) if not is_filled]
    assert missing == ["meaning", "causes"]


def test_an_error_without_a_status_has_neither_message_nor_actions_nor_retry() -> None:
    assert [name for name, _ in fields(_error(meaning="It broke."))] == ["meaning", "causes", "fix"]


@pytest.mark.parametrize(
    ("actions", "is_asked"),
    [
        ([], True),
        (["wait"], False),
        (["wait", "retry"], False),
        (["retry", "escalate"], True),
        (["treat_as_success", "abort"], False),
        (["abort"], True),
    ],
)
def test_a_fix_is_asked_of_what_does_not_pass_by_itself(actions: list[str], is_asked: bool) -> None:
    error = _error(status=409, actions=[{"do": word, "when": "if so"} for word in actions])
    assert has_to_be_mended(error) is is_asked
    assert ("fix" in dict(fields(error))) is is_asked


def test_a_figure_is_rounded_down_to_one_decimal() -> None:
    assert Completeness(1999, 2000, {}).percent == 99.9
    assert Completeness(2, 3, {}).percent == 66.6
    assert Completeness(3, 3, {}).percent == 100.0


def test_of_nothing_nothing_is_missing() -> None:
    assert completeness(_api()).percent == 100.0


def test_the_figure_is_the_share_of_all_fields_of_an_api() -> None:
    found = completeness(_api(full=FULL, bare={"meaning": "It broke."}))
    assert (found.filled, found.applying, found.percent) == (10, 12, 83.3)
    assert found.missing == {"bare": ("causes", "fix")}


@pytest.mark.parametrize("said", [{"stability": "experimental"}, {"deprecated": "2.0"}])
def test_what_is_on_trial_or_on_its_way_out_does_not_count(said: dict[str, str]) -> None:
    assert not is_settled(_error(**said))
    assert completeness(_api(full=FULL, bare=said)).percent == 100.0


def test_gaps_name_the_errors_with_most_of_them_and_count_the_others() -> None:
    missing = {"a": ("fix",), "b": ("fix", "causes"), "c": ("how", "how"), "d": ("fix",)}
    found = Completeness(0, 6, missing)
    assert found.gaps() == "b (fix, causes), c (how), a (fix) and 1 more"


def test_gaps_name_first_what_was_not_known_before() -> None:
    found = Completeness(0, 3, {"new": ("fix",), "old": ("fix", "causes")})
    assert found.gaps({"old"}) == "new (fix), old (fix, causes)"
