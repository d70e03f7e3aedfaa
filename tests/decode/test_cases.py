"""Python decides of every shared case as the case says."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.decode.homes import SHARED, Python, catalog, differences

CASES: list[dict[str, Any]] = SHARED["cases"]


@cache
def python() -> Python:
    return Python(catalog())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_is_decided_as_it_says(case: dict[str, Any]) -> None:
    expected = {name: value for name, value in case.items() if name not in ("name", "paste")}
    assert list(differences(expected, python().decode(case["paste"]))) == []


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "field", ["api", "code", "kind", "envelope", "status", "message", "details", "values", "wait"]
)
def test_every_field_of_a_fit_is_compared_in_some_case(field: str) -> None:
    assert any(field in fit for case in CASES for fit in case.get("fits", ()))


def test_a_difference_is_found() -> None:
    got = {"kind": "error", "fits": [{"code": "a", "details": {"n": 1}}]}
    assert list(differences({"kind": "error", "fits": [{"code": "a"}]}, got)) == []
    assert list(differences({"fits": [{"details": {}}]}, got)) != []
    assert list(differences({"fits": [{"code": "a"}, {"code": "b"}]}, got)) != []
    assert list(differences({"line": 1}, got)) != []
