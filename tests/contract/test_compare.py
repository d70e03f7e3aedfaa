"""Comparisons as a whole: one cause, one change; the settings; and the 25 mutations measured."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from errorbook.catalog.models import Catalog
from errorbook.contract.changes import shown
from errorbook.contract.compare import compare
from tests.contract.catalogs import Edit, catalog, edited
from tests.contract.mutations import ROWS

TODAY = date(2026, 6, 1)


def rules(before: Catalog, after: Catalog, **settings: Any) -> list[str]:
    return [one.rule for one in compare(before, after, today=TODAY, **settings)]


@pytest.mark.parametrize("profile", ["default", "strict"])
def test_nothing_changed_is_no_change(profile: Any) -> None:
    assert compare(edited(()), edited(()), profile=profile, today=TODAY) == []


def test_a_removed_code_takes_its_details_class_page_and_operations_with_it() -> None:
    edits: list[Edit] = [("errors/rate_limited", None), ("groups/limits", None)]

    assert rules(edited(()), edited(edits)) == ["code-removed"]


def test_an_envelope_is_told_once_however_many_codes_and_forms_it_has() -> None:
    two = [{"body": {key: {"code": "{code}", **more}}} for key, more in FORMS]
    other = [{"body": {f"{key}s": {"code": "{code}", **more}}} for key, more in FORMS]

    found = compare(edited([("envelopes", two)]), edited([("envelopes", other)]))

    assert [(one.rule, one.before, one.after) for one in found] == [
        ("envelope-wrapper-changed", "error.*", "errors.*")
    ]


FORMS: list[tuple[str, dict[str, str]]] = [
    ("error", {"*": "{details}"}),
    ("error", {"message": "{message}", "*": "{details}"}),
]


def test_a_renamed_code_may_change_otherwise_too_and_each_is_told_once() -> None:
    renamed: Edit = ("errors/rate_limited -> too_many", {"status": 503})

    assert rules(edited(()), edited([renamed])) == ["code-renamed", "status-family-changed"]


def test_a_generic_message_does_not_make_two_codes_one() -> None:
    same = {"status": 404, "message": "Not found.", "meaning": "It is not there."}
    first: list[Edit] = [("errors/a", same), ("errors/b", same)]
    then: list[Edit] = [*first, ("errors/a", None), ("errors/c", same)]

    assert rules(edited(first), edited(then)) == ["code-removed", "code-added"]


def test_a_status_that_moves_the_exit_code_and_the_base_class_is_one_change() -> None:
    parents: Edit = ("sdk/python/parents", {"4xx": "ClientError", "5xx": "ServerError"})
    exits: Edit = ("exit_codes/2", {"name": "SERVER_ERROR", "for": ["5xx"]})
    status: Edit = ("errors/rate_limited/status", 503)

    found = rules(edited([parents, exits]), edited([parents, exits, status]))

    assert found == ["status-family-changed"]


def test_an_operation_with_another_id_is_the_same_operation() -> None:
    edits: list[Edit] = [
        ("operations/get -> fetch", {}),
        ("errors/not_found/operations", ["fetch"]),
    ]

    assert rules(edited(()), edited(edits)) == []


def test_a_unit_that_is_spelt_otherwise_is_the_same_unit() -> None:
    def unit(name: str) -> Catalog:
        return edited([("errors/rate_limited/details/seconds/unit", name)])

    assert rules(unit("ms"), unit("milliseconds")) == []


def test_the_class_of_a_renamed_code_breaks_nobody_where_its_alias_is_generated() -> None:
    declared: list[Edit] = [
        ("errors/odd -> weird", {"renamed_from": ["strange", "odd"], "sdk": {}}),
        ("retired/odd", {"removed": "v2"}),
    ]
    plain: Edit = ("errors/odd/sdk", {})

    (change,) = compare(edited([plain]), edited([plain, *declared]))

    assert change.who == ("wire",)


@pytest.mark.parametrize("row", [one for one in ROWS if not one.case], ids=str)
def test_a_rule_can_be_given_another_severity_or_none(row: Any) -> None:
    before, after = edited(row.first), edited((*row.first, *row.then))

    (change,) = compare(before, after, today=TODAY, levels={row.rule: "dangerous"})

    assert change.severity == "dangerous"
    assert compare(before, after, today=TODAY, levels={row.rule: "off"}) == []


def test_what_is_written_down_for_the_first_time_breaks_no_promise() -> None:
    promised: list[Edit] = [
        ("contract", {"details": "permanent", "statuses": "permanent"}),
        ("errors/odd/status", None),
    ]
    then: list[Edit] = [
        *promised,
        ("errors/odd/status", 404),
        ("errors/rate_limited/details/secret/format", "uuid"),
    ]

    found = compare(edited(promised), edited(then))

    assert [(one.rule, one.severity) for one in found] == [
        ("status-added", "safe"),
        ("detail-format-changed", "safe"),
    ]


def test_a_promise_binds_within_one_version_of_the_api() -> None:
    promised: list[Edit] = [("contract/statuses", "permanent"), ("version", "v1")]
    then: list[Edit] = [*promised, ("errors/odd/status", [404, 409])]

    (within,) = compare(edited(promised), edited(then))
    (beyond,) = compare(edited(promised), edited([*then, ("version", "v2")]))

    assert (within.severity, beyond.severity) == ("breaking", "dangerous")


def test_a_rule_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no rule 'code-remove' \(did you mean 'code-removed'"):
        compare(edited(()), edited(()), levels={"code-remove": "off"})


def test_without_today_no_sunset_has_passed() -> None:
    edits: list[Edit] = [("errors/going", None), ("retired/going", {})]

    (change,) = compare(edited(()), edited(edits))

    assert (change.rule, change.severity) == ("code-removed-after-sunset", "dangerous")


def test_the_worst_comes_first() -> None:
    edits: list[Edit] = [
        ("errors/not_found/message", "No {thing}."),
        ("errors/rate_limited/retry", {"when": "never"}),
        ("errors/odd", None),
    ]

    found = compare(edited(()), edited(edits))

    assert [one.severity for one in found] == ["breaking", "dangerous", "safe"]


def test_text_of_a_catalog_acts_on_nobody() -> None:
    message: Edit = ("errors/odd/message", "a\x1b[31m\n\u202e {0.__class__} " + "x" * 500)

    (change,) = compare(edited(()), edited([message]))

    assert change.after.isprintable()
    assert len(change.after) <= 80
    assert change.message.isprintable()


def test_long_texts_that_begin_alike_have_fingerprints_of_their_own() -> None:
    long = "x" * 200

    def reworded(text: str) -> str:
        return compare(edited(()), edited([("errors/odd/meaning", text)]))[0].fingerprint

    assert reworded(f"{long}a") != reworded(f"{long}b")
    assert shown(f"{long}a") == shown(f"{long}a")


def test_ten_thousand_codes_take_no_search_for_each() -> None:
    before = _synthetic()
    after = json.loads(json.dumps(before))
    errors = after["apis"]["synthetic"]["errors"]
    for number, (code, error) in enumerate(list(errors.items())):
        _disturb(errors, code, error, number % 50)
    one, other = catalog(before), catalog(after)

    begin = time.process_time()
    found = compare(one, other, today=TODAY)
    spent = time.process_time() - begin

    expected = {"code-removed", "code-renamed", "code-added", "status-changed", "message-reworded"}
    assert Counter(change.rule for change in found) == dict.fromkeys(expected, 200)
    assert spent < 3  # a search for each would take minutes


def _synthetic() -> dict[str, Any]:
    bench = str(Path(__file__).parents[2] / "bench")
    sys.path.insert(0, bench)
    try:
        import synthetic  # type: ignore[import-not-found]  # noqa: PLC0415  # a folder of scripts
    finally:
        sys.path.remove(bench)
    found: dict[str, Any] = json.loads(json.dumps(synthetic.catalog(10_000)))
    return found


def _disturb(errors: dict[str, Any], code: str, error: dict[str, Any], kind: int) -> None:
    if kind == 0:
        error["status"] = 404 if error["status"] == 410 else 410
    elif kind == 1:
        error["message"] += " Sorry."
    elif kind == 2:
        del errors[code]
    elif kind == 3:
        errors[f"{code}_now"] = errors.pop(code)
    elif kind == 4:
        errors[f"{code}_too"] = {"status": 404, "meaning": "New."}
