"""A waiver lets one change pass until a day, and is told about when it no longer does."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from errorbook.catalog.refusals import finding_of
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.contract.waivers import EXPIRED, UNUSED, Sorted, Waiver, sort_out
from tests.contract.reports import change

TODAY = date(2026, 6, 1)
FIELDS = {
    "rule": "code-removed",
    "subject": "shop/sold_out",
    "fingerprint": change().fingerprint,
    "reason": "never shipped",
    "expires": "2026-06-01",
}


def _waiver(**fields: Any) -> Waiver:
    return Waiver.model_validate_json(json.dumps(FIELDS | fields))


def _sorted(*waivers: Waiver, strict: bool = False) -> Sorted:
    return sort_out([change()], waivers, TODAY, strict=strict)


@pytest.mark.parametrize("subject", ["sold_out", "shop/sold_out"])
def test_a_waived_change_does_not_count_up_to_the_last_day(subject: str) -> None:
    waiver = _waiver(subject=subject)
    result = _sorted(waiver)
    assert (result.counted, result.findings) == ((), ())
    assert [(one.change, one.waiver) for one in result.waived] == [(change(), waiver)]


def test_an_expired_waiver_lets_nothing_pass_and_is_an_error() -> None:
    result = _sorted(_waiver(expires="2026-05-31"))
    assert (result.counted, result.waived) == ((change(),), ())
    (finding,) = result.findings
    assert (finding.rule, finding.severity) == (EXPIRED, "error")
    assert finding.path == ("waivers", 0, "expires")
    assert "expired on 2026-05-31" in finding.message


@pytest.mark.parametrize(
    "other", [{"rule": "status-changed"}, {"subject": "bank/sold_out"}, {"subject": "sold"}]
)
def test_a_waiver_of_something_else_matches_nothing(other: dict[str, str]) -> None:
    result = _sorted(_waiver(**other))
    assert result.counted == (change(),)
    (finding,) = result.findings
    assert (finding.rule, finding.severity, finding.hint) == (UNUSED, "warning", "remove it")


def test_a_waiver_of_a_former_change_says_which_it_is_now() -> None:
    result = _sorted(_waiver(fingerprint="C-000000"))
    assert result.counted == (change(),)
    assert change().fingerprint in result.findings[0].hint


def test_unused_waivers_fail_where_that_is_wanted() -> None:
    result = _sorted(_waiver(subject="else", expires="2020-01-01"), strict=True)
    assert [one.severity for one in result.findings] == ["error"]
    assert "expired on 2020-01-01" in result.findings[0].message


def test_one_that_still_holds_counts_whatever_has_expired_beside_it() -> None:
    result = _sorted(_waiver(expires="2026-01-01"), _waiver(expires="2026-12-31"))
    assert len(result.waived) == 1


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_field_is_required_and_filled(field: str) -> None:
    with pytest.raises(ValidationError):
        Waiver.model_validate_json(json.dumps({k: v for k, v in FIELDS.items() if k != field}))
    with pytest.raises(ValidationError):
        _waiver(**{field: " "})


def test_a_day_may_stand_in_yaml_without_quotation_marks() -> None:
    text = "expires: 2026-06-01\n" + "".join(
        f"{key}: {value}\n" for key, value in FIELDS.items() if key != "expires"
    )
    data, problems = read_yaml(text.encode(), "errorbook.yaml")
    assert (problems, data) == ([], FIELDS)


@pytest.mark.parametrize("expires", ["soon", "2026-13-01", 20261301])
def test_a_day_is_a_day(expires: object) -> None:
    with pytest.raises(ValidationError):
        _waiver(expires=expires)


def test_what_is_refused_says_what_is_expected() -> None:
    with pytest.raises(ValidationError) as caught:
        _waiver(reason="", fingerprint="C-1", expires="soon")
    assert sorted(finding_of(one, root=Waiver).message for one in caught.value.errors()) == [
        "expected a day such as 2027-01-31, found 'soon'",
        "expected a fingerprint such as C-4f2c1a, found 'C-1'",
        "expected a text that is not empty, found ''",
    ]
