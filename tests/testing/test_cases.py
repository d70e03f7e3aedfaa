"""What a test is told of an error."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from errorbook.testing import ErrorCase, open_project
from errorbook.testing.cases import error_cases, fixture_names
from errorbook.testing.project import NoProjectError
from tests.testing.repository import write

HEAD = "apis:\n  shop:\n    errors:\n"
NAMED = "sdk: {python: {exception: SomeError, constant: SOME}}"


def cases(folder: Path, catalog: str) -> dict[str, ErrorCase]:
    write(folder, {"errors.yaml": catalog})
    project = open_project(folder)
    return {case.name: case for case in error_cases(project, project.catalog.apis)}


def test_a_case_says_what_a_client_has_to_make_of_it(original: Path) -> None:
    project = open_project(original)
    case = next(one for one in error_cases(project, ["shop"]) if one.code == "too_fast")
    assert (case.name, case.exit_code, case.retryable, case.retry_after) == (
        *("shop/too_fast", 1, True),
        7.0,
    )
    assert case.exception_name == "TooFastError"
    assert case.response.status == 429
    assert case.response.headers == {"Content-Type": "application/json"}
    assert case.response.body == (
        b'{"error": {"code": "too_fast", "message": "Wait 7 seconds.", "wait": 7}}'
    )


def test_the_exception_comes_from_the_generated_file_where_nothing_imports_it(
    original: Path,
) -> None:
    project = open_project(original)
    for case in error_cases(project, project.catalog.apis):
        error = case.exception()
        assert (type(error).__name__, error.code) == (case.exception_name, case.code)
        assert error.retry_after == case.retry_after


def test_the_exception_is_of_the_class_that_other_code_imports(
    original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = open_project(original)
    monkeypatch.syspath_prepend(original / "sdk")
    module = importlib.import_module("shop.errors")
    try:
        case = next(iter(error_cases(project, ["shop"])))
        assert type(case.exception()) is module.SoldOutError
    finally:
        for name in ("shop.errors", "shop"):
            del sys.modules[name]


def test_an_error_without_a_module_says_so(tmp_path: Path) -> None:
    case = cases(tmp_path, f"{HEAD}      gone: {{status: 410}}\n")["shop/gone"]
    with pytest.raises(NoProjectError, match=r"no module shop\.errors can be imported, and errorb"):
        case.exception()


def test_an_api_without_a_python_sdk_says_so(tmp_path: Path) -> None:
    head = HEAD.replace("shop:\n", "shop:\n    sdk: {python: {base: none}}\n")
    case = cases(tmp_path, f"{head}      gone: {{status: 410}}\n")["shop/gone"]
    with pytest.raises(NoProjectError, match="shop has no Python module"):
        case.exception()


def test_an_error_without_an_envelope_is_its_message(tmp_path: Path) -> None:
    case = cases(tmp_path, f"{HEAD}      gone: {{status: 410, message: Grüße}}\n")["shop/gone"]
    assert (case.response.status, case.response.body) == (410, "Grüße".encode())
    assert case.response.headers == {}


def test_an_internal_error_is_no_case(tmp_path: Path) -> None:
    catalog = f"{HEAD}      a: {{status: 410}}\n      b: {{status: 500, visibility: internal}}\n"
    assert list(cases(tmp_path, catalog)) == ["shop/a"]


def test_a_code_gets_the_envelope_that_takes_it(tmp_path: Path) -> None:
    envelopes = '    envelopes: [{body: {n: "{code:integer}"}}, {body: {c: "{code}"}}]\n'
    catalog = f"apis:\n  shop:\n{envelopes}    errors: {{7: {{status: 410}}, x: {{status: 400}}}}\n"
    found = cases(tmp_path, catalog)
    assert found["shop/7"].response.body == b'{"n": 7}'
    assert found["shop/x"].response.body == b'{"c": "x"}'


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("rate_limited", "shop_rate_limited"),
        ("TTL-expired", "shop_TTL_expired"),
        ("1:30", "shop_1_30"),
        ("grün", "shop_grün"),
        ("a b/c", "shop_a_b_c"),
        ("x²", "shop_x2"),
    ],
)
def test_a_fixture_is_called_by_api_and_code(tmp_path: Path, code: str, name: str) -> None:
    found = cases(tmp_path, f"{HEAD}      {code!r}: {{status: 410, {NAMED}}}\n")
    assert list(fixture_names(found.values())) == [name]
    assert name.isidentifier()
