"""What a page about one code shows, whichever format it is in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from errorbook.catalog import Catalog
from errorbook.outputs.error_facts import HEADINGS, ErrorIndex, Gone


def index(**api: Any) -> ErrorIndex:
    found = Catalog.model_validate_json(json.dumps({"apis": {"shop": api}}))
    return ErrorIndex("shop", found.apis["shop"])


FILLED: dict[str, dict[str, Any]] = {
    "causes": {"causes": ["x"]},
    "fix": {"fix": "x"},
    "actions": {"actions": [{"do": "wait"}]},
    "details": {"details": {"x": {"type": "string"}}},
    "operations": {"operations": ["x"]},
}


@pytest.mark.parametrize("part", FILLED)
def test_a_part_is_there_if_the_error_says_something_of_it(part: str) -> None:
    assert index(errors={"e": FILLED[part]}).parts("e") == sorted(
        ["code", part], key=list(HEADINGS).index
    )


def test_all_parts_stand_in_the_order_of_the_headings() -> None:
    said = {key: value for one in FILLED.values() for key, value in one.items()}
    api = index(
        envelopes=[{"body": "{code}"}],
        errors={"e": {**said, "status": 400}, "f": {"status": 400}},
        troubleshooting=[{"symptom": "x", "errors": ["e"]}],
    )
    assert api.parts("e") == list(HEADINGS)


def test_there_is_no_code_to_copy_where_nothing_can_be_caught() -> None:
    assert index(errors={"e": {"sdk": {"python": {"exception": "no name"}}}}).parts("e") == []


def test_a_code_that_is_gone_has_no_parts() -> None:
    assert index(retired={"old": {"meaning": "x"}}).parts("old") == []


def test_an_error_has_the_rows_that_name_it_once_each() -> None:
    rows = [
        {"symptom": "a", "errors": ["e", "e"]},
        {"symptom": "b"},
        {"symptom": "c", "errors": ["f", "e"]},
    ]
    api = index(errors={"e": {}, "f": {}}, troubleshooting=rows)
    assert [row.symptom for row in api.symptoms("e")] == ["a", "c"]
    assert [row.symptom for row in api.symptoms("f")] == ["c"]
    assert api.symptoms("g") == ()


def test_what_follows_is_that_of_the_code_that_was_asked_for() -> None:
    api = index(errors={"a": {"status": 400}, "b": {"status": 400}})
    for code, other in (("a", "b"), ("b", "a"), ("b", "a"), ("a", "b")):
        assert api.derived(code)["exception"]["python"] == f"{code.upper()}Error"
        assert api.near(code).same_status == [other]


@pytest.mark.parametrize(
    ("code", "gone"),
    [
        ("present", None),
        ("unknown", None),
        ("before", Gone("renamed", "present")),
        ("bare", Gone("retired")),
        ("old", Gone("retired", "present", "v2", "Why.", (404,), "What.")),
        ("both", Gone("renamed", "present", "v1", "Why.")),
    ],
)
def test_a_code_that_is_gone_is_told_from_one_that_has_another_name(
    code: str, gone: Gone | None
) -> None:
    old = {
        "removed": "v2",
        "replaced_by": "present",
        "reason": "Why.",
        "status": 404,
        "meaning": "What.",
    }
    api = index(
        errors={"present": {"renamed_from": ["before", "both"]}},
        retired={"bare": {}, "old": old, "both": {"removed": "v1", "reason": "Why."}},
    )
    assert api.gone(code) == gone
