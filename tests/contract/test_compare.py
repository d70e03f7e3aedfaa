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

    assert rules(edited(()), edited(edits)) == ["operation-renamed"]


def test_an_exit_code_goes_and_comes_with_the_only_code_that_ends_in_it() -> None:
    plain: Edit = ("errors/plain", {"status": 404, "meaning": "It is plain."})
    named: list[Edit] = [plain, ("exit_codes/7", {"name": "PLAIN", "for": ["plain"]})]
    own: list[Edit] = [plain, ("exit_codes/7", {"name": "PLAIN"}), ("errors/plain/exit_code", 7)]

    for one in (named, own):
        assert rules(edited(one), edited(())) == ["code-removed"]
        assert rules(edited(()), edited(one)) == ["code-added"]


def test_an_exit_code_that_a_situation_ends_in_too_is_told_beside_the_code() -> None:
    first: list[Edit] = [("exit_codes/7", {"name": "ODD", "for": ["odd", "timeout"]})]
    gone: list[Edit] = [*first, ("errors/odd", None), ("exit_codes/7", None)]

    assert rules(edited(first), edited(gone)) == ["code-removed", "exit-code-removed"]


def test_a_group_and_its_class_are_one_cause_however_many_codes_they_have() -> None:
    codes: list[Edit] = [
        (f"errors/c{at}", {"status": 403, "meaning": f"Reason {at}.", "group": "access"})
        for at in range(20)
    ]
    moved = [(f"errors/c{at}/group", "entry") for at in range(20)]
    renamed: list[Edit] = [
        *codes,
        ("groups/access -> entry", {}),
        ("errors/forbidden/group", "entry"),
        *moved,
    ]
    other_class: Edit = ("sdk/python/parents", {"entry": "EntryError"})
    same_class: Edit = ("sdk/python/parents", {"entry": "AccessError"})
    folded = [(path, "limits") for path, _ in moved]
    removed: list[Edit] = [
        *codes,
        ("groups/access", None),
        ("errors/forbidden/group", "limits"),
        *folded,
        ("sdk/python/parents", None),
    ]

    assert rules(edited(codes), edited([*renamed, same_class])) == ["group-renamed"]
    assert rules(edited(codes), edited([*renamed, other_class])) == [
        "class-renamed",
        "group-renamed",
    ]
    assert rules(edited(codes), edited(removed)) == ["group-removed"]


def test_operations_that_have_the_same_errors_are_not_taken_for_each_other() -> None:
    def two(*names: str) -> Catalog:
        operations: Edit = ("operations", {name: {} for name in (*names, "get", "list")})
        return edited([operations, ("errors/payment_failed/operations", list(names))])

    assert rules(two("a", "b"), two("c", "d")) == [
        *["operation-added"] * 2,
        *["operation-removed"] * 2,
    ]


def test_another_name_for_a_hole_of_a_path_is_no_change() -> None:
    assert rules(edited(()), edited([("operations/get/path", "/things/{thing}")])) == []


def test_windows_say_how_soon_a_sunset_may_be() -> None:
    soon: list[Edit] = [
        ("errors/odd/deprecated", "2026-06-01"),
        ("errors/odd/sunset", "2026-07-15"),
    ]

    assert rules(edited(()), edited(soon)) == ["sunset-too-soon"]
    windows = {"stable": 44, "evolving": 0, "experimental": 0}
    assert rules(edited(()), edited(soon), windows=windows) == ["deprecated"]
    assert rules(edited(()), edited(soon), windows={**windows, "stable": 45}) == ["sunset-too-soon"]


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
    before, after = row.sides

    (change,) = compare(before, after, today=TODAY, levels={row.rule: "dangerous"})

    assert change.severity == "dangerous"
    left = {one.rule for one in compare(before, after, today=TODAY, levels={row.rule: "off"})}
    assert left == MADE_OF.get(row.rule, set())


MADE_OF: dict[str, set[str]] = {
    "code-renamed": {"code-removed", "code-added"},
    "code-case-changed": {"code-removed", "code-added"},
    "code-repurposed": {"class-renamed", "status-changed", "meaning-reworded"},
    "code-split": {"code-removed", "code-added"},
    "code-merged": {"code-removed", "former-code-remembered"},
    "detail-renamed": {"detail-removed", "detail-added"},
    "group-renamed": {"group-removed"},
    "group-removed": {"group-changed"},
    "operation-code-substituted": {"operation-gained-code", "operation-lost-code"},
}
"""What is told where a rule is switched off that stands for several changes."""


def test_a_new_code_is_told_where_nobody_tells_that_it_takes_the_place_of_another() -> None:
    first: list[Edit] = [("errors/not_found/operations", ["get", "create"])]
    then: list[Edit] = [
        *first,
        ("errors/not_found/operations", ["create"]),
        ("errors/new", {"status": 404, "meaning": "Something new.", "operations": ["get"]}),
    ]
    sides = edited(first), edited(then)

    assert rules(*sides) == ["operation-code-substituted"]
    found = rules(*sides, levels={"operation-code-substituted": "off"})
    assert found == ["code-added", "operation-lost-code"]


def test_a_code_may_be_renamed_and_made_internal_at_once() -> None:
    then: list[Edit] = [("errors/forbidden -> verboten", {"visibility": "internal"})]

    found = rules(edited(()), edited(then), audience="internal")

    assert found == ["code-made-internal", "code-renamed"]
    assert rules(edited(()), edited(then)) == ["code-removed"]


def test_what_was_internal_is_told_to_those_who_use_it_as_anything_else() -> None:
    first: Edit = ("errors/odd/visibility", "internal")

    (change,) = compare(
        edited([first]), edited([first, ("errors/odd/status", 409)]), audience="internal"
    )

    assert (change.rule, change.severity) == ("status-changed", "breaking")


def test_codes_of_which_one_was_relied_on_are_not_merged_safely() -> None:
    first: list[Edit] = [("errors/not_found/stability", "experimental")]
    then: list[Edit] = [
        *first,
        ("errors/not_found", None),
        ("retired/not_found", {}),
        ("errors/forbidden", None),
        ("retired/forbidden", {}),
        ("errors/odd/renamed_from", ["strange", "not_found", "forbidden"]),
    ]

    (change,) = compare(edited(first), edited(then), today=TODAY)

    assert (change.rule, change.severity) == ("code-merged", "breaking")


def test_codes_that_went_into_one_are_told_apart_where_their_merge_is_switched_off() -> None:
    then: list[Edit] = [
        ("errors/not_found", None),
        ("retired/not_found", {"replaced_by": "odd"}),
        ("errors/forbidden", None),
        ("retired/forbidden", {"replaced_by": "odd"}),
    ]

    found = rules(edited(()), edited(then), levels={"code-merged": "off"})

    assert found == ["code-removed", "code-removed"]


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


@pytest.mark.parametrize(
    ("before", "after", "is_bound"),
    [
        ("v1", "v1", True),
        ("v1", "v2", False),
        ("1.4.2", "1.4.3", True),
        ("1.4.2", "1.5.0", True),
        ("1.4.2", "2.0.0", False),
        ("v1", "v0", True),
        ("v1", None, True),
        (None, None, True),
        (None, "v1", True),
        ("2026-01-31", "2026-02-01", False),
        ("2026-01-31", "2025-12-31", True),
        ("beta", "next", False),
    ],
)
def test_a_promise_binds_until_the_version_rises_as_far_as_what_breaks_needs(
    before: str | None, after: str | None, *, is_bound: bool
) -> None:
    promised: list[Edit] = [("contract/statuses", "permanent"), ("version", before)]
    then: list[Edit] = [*promised, ("version", after), ("errors/odd/status", [404, 409])]

    (change,) = compare(*(edited(_some(edits)) for edits in (promised, then)))

    assert change.severity == ("breaking" if is_bound else "dangerous")


def _some(edits: list[Edit]) -> list[Edit]:
    """Return ``edits`` so that the version is taken away once, where it is."""
    versions = [value for path, value in edits if path == "version"]
    others = [edit for edit in edits if edit[0] != "version"]
    return [*others, ("version", versions[-1])]


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
