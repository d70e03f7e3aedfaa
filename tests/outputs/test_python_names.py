"""What things are called in Python, and what is said when that does not work."""

from __future__ import annotations

import ast
import builtins
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from errorbook import outputs
from errorbook.catalog import Catalog, Detail, Error, Retry, load
from errorbook.catalog.models import LONGEST_CODE
from errorbook.outputs.python import attribute, derive_class, own_class
from errorbook.outputs.python.builtin_names import BUILTIN_NAMES
from errorbook.outputs.python.misnomers import RESERVED_NAMES
from errorbook.outputs.python.module import render
from errorbook.outputs.python.naming import RESERVED_MEMBERS


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("rate_limited", "RateLimitedError"),
        ("rate-limited", "RateLimitedError"),
        ("INTERNAL_ERROR", "InternalError"),
        ("resourceNotFound", "ResourceNotFoundError"),
        ("parse_exception", "ParseException"),
        ("20003", "Error20003"),
        ("42P01", "Error42P01"),
        ("E1001", "E1001Error"),
    ],
)
def test_a_class_is_named_after_its_code(code: str, name: str) -> None:
    assert derive_class(code) == name


@pytest.mark.parametrize(
    ("detail", "name"),
    [
        ("retry_after", "retry_after_"),
        ("retry-after", "retry_after_"),
        ("max.size", "max_size"),
        ("from", "from_"),
        ("status", "status_"),
        ("int", "int_"),
        ("id", "id"),
        ("2fa", None),
        ("_links", None),
        ("größe", None),
        ("", None),
    ],
)
def test_an_attribute_is_named_after_its_detail(detail: str, name: str | None) -> None:
    error = Error(details={detail: Detail(type="string")})
    assert attribute(error, detail) == name


def test_a_detail_that_is_the_waiting_time_is_what_every_exception_has() -> None:
    details = {"retry_after": Detail(type="integer")}
    error = Error(details=details, retry=Retry.model_validate({"after": ["retry_after"]}))
    assert attribute(error, "retry_after") == "retry_after"


def test_a_sensitive_detail_is_no_attribute() -> None:
    error = Error(details={"token": Detail(type="string", sensitive=True)})
    assert attribute(error, "token") is None


def _said(text: str, folder: Path) -> list[str]:
    """Return what is wrong with the names of a catalog: line, column and rule of each problem."""
    file = folder / "errors.yaml"
    file.write_text(text, encoding="utf-8")
    loaded = load(file, name="errors.yaml")
    problems = loaded.place(outputs.problems(loaded.catalog))
    return [f"{problem.place} {problem.rule}" for problem in problems]


def _with_errors(*lines: str) -> str:
    return "\n".join(["apis:", "  shop:", "    errors:", *(f"      {line}" for line in lines)])


def test_two_codes_must_not_be_one_class(tmp_path: Path) -> None:
    text = _with_errors("sold_out: {}", "sold-out: {}")
    assert _said(text, tmp_path) == ["errors.yaml:5:7 class-name-clash"]


def test_no_class_may_be_the_base_class(tmp_path: Path) -> None:
    assert _said(_with_errors("shop: {}"), tmp_path) == ["errors.yaml:4:7 class-name-clash"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("None", "bad-class-name"),
        ("class", "bad-class-name"),
        ("9Lives", "bad-class-name"),
        ("Sold Out", "bad-class-name"),
        ("'A(Exception): pass #'", "bad-class-name"),
        ("FaçadeError", "bad-class-name"),
        ("''", "bad-class-name"),
        ("TimeoutError", "builtin-class-name"),
        ("Facts", "reserved-class-name"),
        ("Literal", "reserved-class-name"),
        ("_Private", "reserved-class-name"),
    ],
)
def test_a_class_name_that_was_chosen_must_work(tmp_path: Path, name: str, rule: str) -> None:
    text = _with_errors("sold_out:", "  sdk:", f"    python: {{exception: {name}}}")
    assert _said(text, tmp_path) == [f"errors.yaml:6:31 {rule}"]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("timeout", "builtin-class-name"),
        ("größe", "bad-class-name"),
        ("пapa", "bad-class-name"),
        ("'***'", "bad-class-name"),
    ],
)
def test_a_class_name_that_was_derived_must_work(tmp_path: Path, code: str, rule: str) -> None:
    assert _said(_with_errors(f"{code}: {{}}"), tmp_path) == [f"errors.yaml:4:7 {rule}"]


def test_every_name_that_python_has_built_in_is_known() -> None:
    assert {*dir(builtins)} - {"_"} <= BUILTIN_NAMES, "all but what a prompt answered last"
    assert all(name.isidentifier() for name in BUILTIN_NAMES)


@pytest.mark.parametrize("name", ["WindowsError", "PythonFinalizationError", "ExceptionGroup"])
def test_a_name_that_only_some_pythons_have_is_refused_by_all(tmp_path: Path, name: str) -> None:
    text = _with_errors(f"sold_out: {{sdk: {{python: {{exception: {name}}}}}}}")
    assert _said(text, tmp_path) == ["errors.yaml:4:44 builtin-class-name"]


@pytest.mark.parametrize(
    "code", ["a\u202eb", "a\u200bb", "a\u3000b", "\x9b", "a\U00013439", "a\ue000"]
)
def test_no_code_has_a_hidden_character(code: str) -> None:
    with pytest.raises(ValidationError, match="printable text"):
        Catalog.model_validate({"apis": {"shop": {"errors": {code: {}}}}})


def test_a_code_may_have_a_character_that_comes_with_a_later_unicode() -> None:
    catalog = Catalog.model_validate({"apis": {"shop": {"errors": {"\u0c5b\U000323b0": {}}}}})
    assert list(catalog.apis["shop"].errors) == ["\u0c5b\U000323b0"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Code", "reserved-class-name"),
        ("Action", "reserved-class-name"),
        ("Facts", "reserved-class-name"),
        ("_Row", "reserved-class-name"),
        ("Exception", "builtin-class-name"),
        ("a b", "bad-base-class"),
    ],
)
def test_the_name_of_an_imported_base_class_must_work(tmp_path: Path, name: str, rule: str) -> None:
    text = f'apis:\n  shop:\n    sdk: {{python: {{base: "house.base:{name}"}}}}'
    assert _said(text, tmp_path) == [f"errors.yaml:3:26 {rule}"]


def test_a_code_without_a_class_may_be_called_anything(tmp_path: Path) -> None:
    text = _with_errors("größe: {sdk: {python: {exception: none}}}")
    assert _said(text, tmp_path) == []


def test_two_details_must_not_be_one_attribute(tmp_path: Path) -> None:
    text = _with_errors(
        "sold_out:",
        "  details:",
        "    days-left: {type: integer}",
        "    days_left: {type: integer}",
    )
    assert _said(text, tmp_path) == ["errors.yaml:7:11 attribute-name-clash"]


@pytest.mark.parametrize(
    "name", ["'a b'", "a..b", "'../a'", "/etc", "a/b", "class", "a.import", "1a", "ä"]
)
def test_a_package_must_be_importable(tmp_path: Path, name: str) -> None:
    text = f"apis:\n  shop:\n    sdk:\n      python: {{package: {name}}}"
    assert _said(text, tmp_path) == ["errors.yaml:4:25 bad-package-name"]


def test_a_package_that_follows_from_the_api_must_be_importable(tmp_path: Path) -> None:
    assert _said("apis:\n  global: {}", tmp_path) == ["errors.yaml:2:3 bad-package-name"]


def test_two_apis_must_not_be_one_package(tmp_path: Path) -> None:
    text = "apis:\n  a-b: {}\n  a_b: {}\n  c: {sdk: {python: {package: A_b}}}"
    assert _said(text, tmp_path) == [
        "errors.yaml:3:3 package-name-clash",
        "errors.yaml:4:31 package-name-clash",
    ]


def test_a_misspelt_language_is_said_with_the_nearest_one(tmp_path: Path) -> None:
    text = _with_errors("sold_out: {sdk: {pyton: {exception: none}}}")
    assert _said(text, tmp_path) == ["errors.yaml:4:24 unknown-language"]


@pytest.mark.parametrize(
    ("status", "exception", "rules"),
    [
        ("[404, 404]", "", []),
        ("[404, 410]", "", ["parent-of-some-statuses"]),
        ("[410, 422]", "", []),
        ("[410, 500]", "", ["parent-of-some-statuses"]),
        ("[404, 500]", ", sdk: {python: {exception: none}}", []),
        ("[500, 503]", "", []),
        ("[]", "", []),
    ],
)
def test_a_class_is_below_the_parents_of_all_its_statuses(
    status: str, exception: str, rules: list[str], tmp_path: Path
) -> None:
    text = f"""apis:
  shop:
    sdk: {{python: {{parents: {{404: AbsentError, 4xx: RequestError}}}}}}
    errors:
      odd: {{status: {status}{exception}}}
"""
    found = [problem.partition(" ")[2] for problem in _said(text, tmp_path)]
    assert found == rules


def test_every_name_of_a_module_is_reserved(tmp_path: Path) -> None:
    text = (
        "apis: {a: {errors: {e: {}}, exit_codes: {0: {name: OK}},"
        ' envelopes: [{body: [{code: "{code}-{x}"}]}]}}'
    )
    file = tmp_path / "errors.yaml"
    file.write_text(text, encoding="utf-8")
    (module,) = render(load(file).catalog).values()
    used = {name for node in ast.walk(ast.parse(module)) for name in _bound(node)}
    ours = {"AError", "EError", "OK"}
    assert {name for name in used if not name.startswith("_")} - ours <= RESERVED_NAMES


def _bound(node: ast.AST) -> list[str]:
    """Return the names that ``node`` gives to something in its module."""
    if isinstance(node, ast.Module):
        return [name for one in node.body for name in _bound(one)]
    if isinstance(node, ast.If):
        return [name for one in node.body for name in _bound(one)]
    if isinstance(node, ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    return []


def test_every_member_of_the_base_class_is_reserved(tmp_path: Path) -> None:
    file = tmp_path / "errors.yaml"
    file.write_text("apis: {a: {}}", encoding="utf-8")
    (module,) = render(load(file).catalog).values()
    names: dict[str, type[Exception]] = {}
    exec(module, names)  # noqa: S102  # our own
    members = {*dir(names["AError"]), *vars(names["AError"]())}
    assert {name for name in members if not name.startswith("_")} == RESERVED_MEMBERS


codes = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20) | st.sampled_from(
    [
        "timeout",
        "none",
        "None",
        "a_b",
        "a-b",
        "'''",
        '"""',
        "\\",
        "x" * LONGEST_CODE,
        "0",
        "__init__",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(codes, max_size=6, unique=True))
def test_whatever_the_codes_are_they_are_refused_or_become_classes(written: list[str]) -> None:
    allowed = [code for code in written if code.isprintable() and code == code.strip()]
    errors = {code: {"status": 400} for code in allowed}
    envelopes = [{"body": {"code": "{code}"}}]
    document = {"apis": {"shop": {"errors": errors, "envelopes": envelopes}}}
    catalog = Catalog.model_validate_json(json.dumps(document))
    findings = list(outputs.problems(catalog))
    if findings:
        assert all(finding.path[-1] in errors for finding in findings)
        return
    names: dict[str, object] = {"__name__": "generated"}
    (module,) = render(catalog).values()
    exec(module, names)  # noqa: S102  # our own
    from_response = names["from_response"]
    assert callable(from_response)
    for code, error in catalog.apis["shop"].errors.items():
        raised = from_response(None, None, {"code": code})
        assert type(raised) is names[own_class(code, error) or ""]
        assert raised.code == code
