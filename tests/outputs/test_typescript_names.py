"""What things are called in TypeScript, and what is said when that does not work."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path

import pytest

from errorbook import outputs
from errorbook.catalog import Catalog, Detail, Error, Retry, load
from errorbook.outputs.typescript import render
from errorbook.outputs.typescript.global_names import GLOBAL_NAMES, WORDS
from errorbook.outputs.typescript.misnomers import RESERVED_NAMES
from errorbook.outputs.typescript.naming import RESERVED_MEMBERS, attribute, constant, own_class


@pytest.mark.parametrize(
    ("detail", "name"),
    [
        ("retry_after_seconds", "retryAfterSeconds"),
        ("retry-after", "retryAfter_"),
        ("max.size", "maxSize"),
        ("maxSize", "maxSize"),
        ("URL", "url"),
        ("HTTPStatus", "httpStatus"),
        ("Id", "id"),
        ("object_ID", "objectId"),
        ("v2_name", "v2Name"),
        ("from", "from"),
        ("class", "class"),
        ("status", "status_"),
        ("name", "name_"),
        ("cause", "cause_"),
        ("constructor", "constructor_"),
        ("to_json", "toJson"),
        ("docs_url", "docsUrl_"),
        ("_links", None),
        ("__proto__", None),
        ("2fa", None),
        ("größe", None),
        ("", None),
        ("...", None),
    ],
)
def test_a_detail_is_a_member_in_camel_case(detail: str, name: str | None) -> None:
    error = Error(details={detail: Detail(type="string")})
    assert attribute(error, detail) == name


def test_a_waiting_time_is_what_every_error_has() -> None:
    details = {"retry_after": Detail(type="integer")}
    retry = Retry.model_validate({"when": "as_is", "after": "retry_after"})
    error = Error(details=details, retry=retry)
    assert attribute(error, "retry_after") == "retryAfter"
    assert attribute(Error(details=details), "retry_after") == "retryAfter_"


def test_what_is_sensitive_has_no_member() -> None:
    error = Error(details={"card": Detail(type="string", sensitive=True)})
    assert attribute(error, "card") is None


def test_names_may_be_chosen_for_each_language() -> None:
    said = {"python": {"exception": "OneError"}, "typescript": {"exception": "OtherError"}}
    error = Error.model_validate({"sdk": {**said, "typescript": {"constant": "OTHER"}}})
    assert (own_class("a_b", error), constant("a_b", error)) == ("ABError", "OTHER")
    assert own_class("a_b", Error.model_validate({"sdk": said})) == "OtherError"
    assert constant("a_b", Error.model_validate({"sdk": said})) == "A_B"


def _text(*lines: str, sdk: str = "{}") -> str:
    return "\n".join(
        ["apis:", "  shop:", f"    sdk: {{typescript: {sdk}}}", "    errors:",
         *(f"      {line}" for line in lines)]
    )  # fmt: skip


def _said(text: str, folder: Path, wanted: Collection[tuple[str, str]] = ()) -> list[str]:
    file = folder / "errors.yaml"
    file.write_text(text, encoding="utf-8")
    loaded = load(file, name="errors.yaml")
    found = [one for one in outputs.problems(loaded.catalog, wanted) if "python" not in one.hint]
    return [f"{problem.place} {problem.rule}" for problem in loaded.place(found)]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("type", "builtin-class-name"),
        ("range", "builtin-class-name"),
        ("aggregate", "builtin-class-name"),
        ("größe", "bad-class-name"),
        ("'***'", "bad-class-name"),
        ("shop", "class-name-clash"),
    ],
)
def test_a_class_name_that_was_derived_must_work(tmp_path: Path, code: str, rule: str) -> None:
    assert f"errors.yaml:5:7 {rule}" in _said(_text(f"{code}: {{}}"), tmp_path)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("class", "bad-class-name"),
        ("enum", "bad-class-name"),
        ("9Lives", "bad-class-name"),
        ("'A {} //'", "bad-class-name"),
        ("Map", "builtin-class-name"),
        ("TypeError", "builtin-class-name"),
        ("Record", "builtin-class-name"),
        ("Facts", "reserved-class-name"),
        ("fromFetch", "reserved-class-name"),
        ("_Private", "reserved-class-name"),
        ("ShopErrors", "class-name-clash"),
        ("UnknownShopError", "class-name-clash"),
    ],
)
def test_a_class_name_that_was_chosen_must_work(tmp_path: Path, name: str, rule: str) -> None:
    text = _text("sold_out:", "  sdk:", f"    typescript: {{exception: {name}}}")
    assert _said(text, tmp_path) == [f"errors.yaml:7:35 {rule}"]


@pytest.mark.parametrize(
    ("sdk", "place"),
    [
        ("{package: ../evil}", "3:33 bad-package-name"),
        ("{base: Error}", "3:30 builtin-class-name"),
        ('{base: ":A"}', "3:30 bad-base-class"),
        ("{parents: {lost: LostError}}", "3:34 unknown-parent"),
        ("{parents: {4xx: Map}}", "3:39 builtin-class-name"),
        ("{aliases: {OldError: NoneError}}", "3:44 alias-without-class"),
    ],
)
def test_what_the_api_chooses_must_work(tmp_path: Path, sdk: str, place: str) -> None:
    assert _said(_text("sold_out: {}", sdk=sdk), tmp_path) == [f"errors.yaml:{place}"]


def test_two_details_must_not_be_one_member(tmp_path: Path) -> None:
    text = _text("a: {details: {max_size: {type: string}, maxSize: {type: string}}}")
    assert _said(text, tmp_path) == ["errors.yaml:5:47 attribute-name-clash"]


def test_names_count_where_typescript_is_asked_for_alone(tmp_path: Path) -> None:
    text = "apis: {shop: {errors: {range: {}}}}"
    assert _said(text, tmp_path) == []
    asked = "errors.yaml:1:24 builtin-class-name"
    assert _said(text, tmp_path, {("typescript", "shop")}) == [asked]
    assert _said(text, tmp_path, {("typescript", "cafe")}) == []


def test_a_package_may_have_a_scope(tmp_path: Path) -> None:
    text = _text("sold_out: {}", sdk='{package: "@acme/shop-sdk"}')
    assert _said(text, tmp_path) == []
    loaded = load(tmp_path / "errors.yaml")
    assert list(render(loaded.catalog)) == ["@acme/shop-sdk/errors.ts"]


@pytest.mark.browser
def test_every_name_that_node_has_is_known() -> None:
    program = "console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis)))"
    run = subprocess.run(
        [shutil.which("node") or "node", "-e", program], check=True, capture_output=True, timeout=60
    )
    errors = [name for name in json.loads(run.stdout) if name.endswith(("Error", "Exception"))]
    assert {*errors} <= GLOBAL_NAMES


def test_every_name_of_a_module_is_reserved() -> None:
    error = {"details": {"a": {"type": "object"}}, "status": 404}
    none = {"sdk": {"typescript": {"exception": "none"}}}
    api = {"errors": {"some": error, "other": none}, "exit_codes": {"1": {"name": "A"}}}
    envelopes = [{"body": {"a": ["{code}"], "b?": "{x}-{y}"}}]
    said = json.dumps({"apis": {"shop": {**api, "envelopes": envelopes}}})
    catalog = Catalog.model_validate_json(said)
    (text,) = render(catalog).values()
    words = ("const ", "class ", "interface ", "type ", "export const ", "export type ",
             "export class ", "export interface ", "let ")  # fmt: skip
    for line in text.splitlines():
        word = next((one for one in words if line.startswith(one)), None)
        name = line.removeprefix(word or "").split(" ")[0].split(":")[0].split("<")[0]
        if word and name[0].isupper() and "Shop" not in name and name != "SomeError":
            assert name in RESERVED_NAMES, line


def test_members_of_errors_are_reserved() -> None:
    (text,) = render(Catalog.model_validate({"apis": {"shop": {"errors": {}}}})).values()
    body = text.split("class ShopError extends Error {")[1].split("\n}\n")[0]
    for line in body.splitlines():
        words = line.strip().removeprefix("override ").removeprefix("readonly ")
        name = words.removeprefix("get ").split("(")[0].split(":")[0]
        is_member = line.startswith("  ") and line[2:3].isalpha()
        assert not is_member or name in RESERVED_MEMBERS, line
    assert {"class", "enum", "type"} <= WORDS
